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

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({ "esm.js": ESM, "inline.js": INLINE, "cjs.cjs": CJS });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

async function run(node, file) {
  const printed = await finish(node, [file, service.baseUrl], { cwd: project.folder });
  assert.ok(JSON.parse(printed).length > 15);
}

test("an ES module", () => run(process.execPath, "esm.js"));
test("an ES module with the wasm inline", () => run(process.execPath, "inline.js"));
test("require", () => run(process.execPath, "cjs.cjs"));
test("an ES module in Node 22", async () => run(await node22(), "esm.js"));
test("require in Node 22", async () => run(await node22(), "cjs.cjs"));
