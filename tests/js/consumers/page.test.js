//! The packed package in a page without any bundler: an import map and files served as they are.

import { after, before, test } from "node:test";
import { assertWhole, consumer } from "../support/consumer.js";
import { CHECK_EVERYTHING, inPage } from "../support/page.js";
import { startService } from "../support/service.js";

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({ "main.js": CHECK_EVERYTHING });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("a plain page in Chromium", async () => {
  assertWhole(await inPage(project.folder, { service: service.baseUrl }));
});
