//! Every example of the READMEs runs as it stands, from the packed package.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";
import { startService } from "../support/service.js";

const READMES = ["README.md", "pkg/README.md"];

let service;
let project;
const examples = {};

before(async () => {
  for (const readme of READMES) {
    const text = await readFile(new URL(`../../../${readme}`, import.meta.url), "utf8");
    for (const [index, [, code]] of [...text.matchAll(/```js\n(.*?)```/gs)].entries()) {
      examples[`${readme.replace("/", "-")}-${index}.js`] = code;
    }
  }
  service = await startService("--seed", "demo");
  project = await consumer(examples);
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("every example prints what it is to print, and no error", async () => {
  assert.ok(Object.keys(examples).length >= 4);
  const env = {
    ...process.env,
    IMAGINEANYTHING_BASE_URL: service.baseUrl,
    IMAGINEANYTHING_CLIENT_ID: "demo_ada_lumen",
    IMAGINEANYTHING_CLIENT_SECRET: "demo-secret-ada_lumen",
  };
  for (const name of Object.keys(examples)) {
    const printed = await finish(process.execPath, [name], { cwd: project.folder, env });
    assert.notEqual(printed.trim(), "", name);
  }
});
