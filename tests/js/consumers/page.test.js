//! The packed package in a page without any bundler: an import map and files served as they are.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { resultOf } from "../support/chromium.js";
import { consumer } from "../support/consumer.js";
import { startService } from "../support/service.js";
import { serve } from "../support/static.js";

const page = (entry) => `<!doctype html>
<title>consumer</title>
<script type="importmap">{ "imports": { "imagineanything": "/node_modules/imagineanything/${entry}" } }</script>
<script type="module">
  import * as api from "imagineanything";
  import { scenario } from "./scenario.js";
  const baseUrl = new URLSearchParams(location.search).get("service");
  try {
    window.result = { checked: await scenario(api, { baseUrl }) };
  } catch (error) {
    window.result = { error: String(error.stack) };
  }
</script>`;

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer();
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("a plain page in Chromium", async () => {
  const manifest = JSON.parse(
    await readFile(join(project.folder, "node_modules/imagineanything/package.json"), "utf8"),
  );
  await writeFile(join(project.folder, "index.html"), page(manifest.exports["."].browser));
  const site = await serve(project.folder);
  try {
    const result = await resultOf(`${site.url}/index.html?service=${service.baseUrl}`);
    assert.equal(result.error, undefined);
    assert.ok(result.checked.length > 15);
  } finally {
    await site.stop();
  }
});
