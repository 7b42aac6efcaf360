//! The packed package in Node: ES modules, `require`, and the Node after the oldest.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { node22 } from "../support/node22.js";
import { finish } from "../support/processes.js";
import { startService } from "../support/service.js";

const ESM = `
import * as api from "imagineanything";
import { scenario } from "./scenario.js";
console.log(JSON.stringify(await scenario(api, { baseUrl: process.argv[2] })));
`;
const INLINE = ESM.replace('"imagineanything"', '"imagineanything/inline"');
const CJS = `
const api = require("imagineanything");
import("./scenario.js")
  .then(({ scenario }) => scenario(api, { baseUrl: process.argv[2] }))
  .then((checked) => console.log(JSON.stringify(checked)));
`;
const TEXT = `
import * as text from "imagineanything/text";
import { cases } from "./cases.js";
import { checkText } from "./text.js";
console.log(await checkText(text, cases));
`;
const TEXT_INLINE = TEXT.replace("/text", "/text/inline");
const TEXT_CJS = `
const text = require("imagineanything/text");
Promise.all([import("./cases.js"), import("./text.js")])
  .then(([{ cases }, { checkText }]) => checkText(text, cases))
  .then(console.log);
`;

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({
    "esm.js": ESM,
    "inline.js": INLINE,
    "cjs.cjs": CJS,
    "text-esm.js": TEXT,
    "text-inline.js": TEXT_INLINE,
    "text-cjs.cjs": TEXT_CJS,
  });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

async function run(node, file) {
  const printed = await finish(node, [file, service.baseUrl], { cwd: project.folder });
  assert.ok(JSON.parse(printed).length > 15);
}

async function runText(node, file) {
  const printed = await finish(node, [file], { cwd: project.folder });
  assert.ok(Number(printed) > 80, printed);
}

test("an ES module", () => run(process.execPath, "esm.js"));
test("an ES module with the wasm inline", () => run(process.execPath, "inline.js"));
test("require", () => run(process.execPath, "cjs.cjs"));
test("an ES module in Node 22", async () => run(await node22(), "esm.js"));
test("require in Node 22", async () => run(await node22(), "cjs.cjs"));
test("the text functions in an ES module", () => runText(process.execPath, "text-esm.js"));
test("the text functions with the wasm inline", () => runText(process.execPath, "text-inline.js"));
test("the text functions by require", () => runText(process.execPath, "text-cjs.cjs"));
test("the text functions in Node 22", async () => runText(await node22(), "text-esm.js"));
