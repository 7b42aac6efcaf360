//! The packed package in a page without any bundler: an import map and files served as they are.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { inPage, SCENARIO } from "../support/page.js";
import { startService } from "../support/service.js";

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({ "main.js": SCENARIO });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("a plain page in Chromium", async () => {
  const { checked, texts } = await inPage(project.folder, { service: service.baseUrl });
  assert.ok(checked.length > 15);
  assert.ok(texts > 80);
});
