//! The packed package in Node 24, Deno and Bun.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { consumer } from "../js/support/consumer.js";
import { finish } from "../js/support/processes.js";
import { startService } from "../js/support/service.js";
import { toolchain } from "../js/support/toolchain.js";

const { platform, arch } = process;
const ESM = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { argv } from "node:process";
import { cases } from "./cases.js";
import { scenario } from "./scenario.js";
import { checkText } from "./text.js";
console.log(JSON.stringify([await scenario(api, { baseUrl: argv[2] }), await checkText(text, cases)]));
`;
const INLINE = ESM.replace('imagineanything"', 'imagineanything/inline"').replace('/text"', '/text/inline"');
const CJS = `
const api = require("imagineanything");
const text = require("imagineanything/text");
Promise.all([import("./cases.js"), import("./scenario.js"), import("./text.js")])
  .then(([{ cases }, { scenario }, { checkText }]) =>
    Promise.all([scenario(api, { baseUrl: process.argv[2] }), checkText(text, cases)]))
  .then((result) => console.log(JSON.stringify(result)));
`;
const NODE = [`node-${platform}-${arch}/bin/node`, `node-bin-${platform}-${arch}/bin/node`];
const DENO = ["deno/deno", "deno/deno.exe"];
const BUN = ["bun/bin/bun.exe"];
/** Deno may do nothing but what is named here: the wasm must not need to be read. */
const ASKED_NOTHING = ["run", "--no-prompt", "--allow-net=127.0.0.1"];

const ROWS = [
  { name: "Node 24", programs: NODE, version: /^v24/, args: ["main.js"] },
  { name: "Node 24, require", programs: NODE, version: /^v24/, args: ["main.cjs"] },
  { name: "Node 24, inline", programs: NODE, version: /^v24/, args: ["inline.js"] },
  { name: "Deno 2, with no permission but the network", programs: DENO, version: /^deno 2/, args: [...ASKED_NOTHING, "main.js"] },
  { name: "Deno 2, inline", programs: DENO, version: /^deno 2/, args: [...ASKED_NOTHING, "inline.js"] },
  { name: "Bun 1", programs: BUN, version: /^1/, args: ["main.js"] },
  { name: "Bun 1, require", programs: BUN, version: /^1/, args: ["main.cjs"] },
  { name: "Bun 1, inline", programs: BUN, version: /^1/, args: ["inline.js"] },
];

let modules;
let service;
let project;

before(async () => {
  modules = join(await toolchain("runtimes"), "node_modules");
  service = await startService("--limits", "off");
  project = await consumer({ "main.js": ESM, "inline.js": INLINE, "main.cjs": CJS });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

for (const { name, programs, version, args } of ROWS) {
  test(name, async () => {
    const program = programs.map((path) => join(modules, path)).find((path) => existsSync(path));
    assert.ok(program, `npm installed none of ${programs.join(", ")}`);
    assert.match(await finish(program, ["--version"]), version);
    const printed = await finish(program, [...args, service.baseUrl], { cwd: project.folder });
    const [checked, texts] = JSON.parse(printed);
    assert.ok(checked.length > 20);
    assert.ok(texts > 80);
  });
}
