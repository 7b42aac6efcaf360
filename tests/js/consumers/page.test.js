//! The packed package in a page without any bundler: an import map and files served as they are.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { inPage } from "../support/page.js";
import { startService } from "../support/service.js";

const MAIN = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { cases } from "./cases.js";
import { scenario } from "./scenario.js";
import { checkText } from "./text.js";
export const run = async ({ service: baseUrl }) => ({
  checked: await scenario(api, { baseUrl }),
  texts: await checkText(text, cases),
});
`;

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({ "main.js": MAIN });
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
