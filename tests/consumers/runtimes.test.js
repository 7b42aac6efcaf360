//! The packed package in Node 24, Deno and Bun.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertWhole, consumer } from "../js/support/consumer.js";
import { finish } from "../js/support/processes.js";
import { startService } from "../js/support/service.js";
import { nodeIn, programIn, toolchain } from "../js/support/toolchain.js";

const ESM = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { argv } from "node:process";
import { everything } from "./everything.js";
console.log(JSON.stringify(await everything(api, text, argv[2])));
`;
const INLINE = ESM.replace('imagineanything"', 'imagineanything/inline"').replace('/text"', '/text/inline"');
const CJS = `
const api = require("imagineanything");
const text = require("imagineanything/text");
import("./everything.js")
  .then(({ everything }) => everything(api, text, process.argv[2]))
  .then((result) => console.log(JSON.stringify(result)));
`;
const deno = (folder) => programIn(folder, ["deno/deno", "deno/deno.exe"]);
const bun = (folder) => programIn(folder, ["bun/bin/bun.exe"]);
/** Deno may do nothing but what is named here: the wasm must not need to be read. */
const ASKED_NOTHING = ["run", "--no-prompt", "--allow-net=127.0.0.1"];

const ROWS = [
  { name: "Node 24", program: nodeIn, version: /^v24/, args: ["main.js"] },
  { name: "Node 24, require", program: nodeIn, version: /^v24/, args: ["main.cjs"] },
  { name: "Node 24, inline", program: nodeIn, version: /^v24/, args: ["inline.js"] },
  { name: "Deno 2, with no permission but the network", program: deno, version: /^deno 2/, args: [...ASKED_NOTHING, "main.js"] },
  { name: "Deno 2, inline", program: deno, version: /^deno 2/, args: [...ASKED_NOTHING, "inline.js"] },
  { name: "Bun 1", program: bun, version: /^1/, args: ["main.js"] },
  { name: "Bun 1, require", program: bun, version: /^1/, args: ["main.cjs"] },
  { name: "Bun 1, inline", program: bun, version: /^1/, args: ["inline.js"] },
];

let folder;
let service;
let project;

before(async () => {
  folder = await toolchain("runtimes");
  service = await startService("--limits", "off");
  project = await consumer({ "main.js": ESM, "inline.js": INLINE, "main.cjs": CJS });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

for (const { name, program, version, args } of ROWS) {
  test(name, async () => {
    const path = program(folder);
    assert.match(await finish(path, ["--version"]), version);
    const printed = await finish(path, [...args, service.baseUrl], { cwd: project.folder });
    assertWhole(JSON.parse(printed));
  });
}
