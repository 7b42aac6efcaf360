//! The declarations of the packed package, under the strictest settings and every way of resolving.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";
import { FILES, RESOLUTIONS } from "../support/types.js";

const TSC = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));
let project;

before(async () => {
  project = await consumer(FILES);
});
after(() => project?.remove());

for (const [resolution, how] of Object.entries(RESOLUTIONS)) {
  test(`moduleResolution ${resolution}`, () => finish(TSC, how, { cwd: project.folder }));
}

for (const file of ["imagineanything.d.ts", "text.d.ts"]) {
  const packed = () => readFile(join(project.folder, "node_modules/imagineanything/dist", file), "utf8");

  test(`the declarations are the expected ones: ${file}`, async () => {
    const golden = new URL(`../golden/${file}`, import.meta.url);
    const [expected, declared] = [await readFile(golden, "utf8"), await packed()];
    // Said in a line: the difference of two long texts takes the test runner minutes.
    const how = `declared otherwise: \`cp pkg/dist/${file} tests/js/golden/\`, if it is meant, and \`git diff\``;
    assert.ok(declared === expected, how);
  });

  test(`nothing is of any type: ${file}`, async () => {
    const code = (await packed()).replaceAll(/\/\*[^]*?\*\//g, "");
    assert.doesNotMatch(code, /\bany\b/);
  });
}
