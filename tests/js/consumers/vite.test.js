//! The packed package in a Vite build, without any configuration, loaded in Chromium.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "vite";
import { resultOf } from "../support/chromium.js";
import { consumer } from "../support/consumer.js";
import { startService } from "../support/service.js";
import { serve } from "../support/static.js";

const MAIN = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { cases } from "./cases.js";
import { scenario } from "./scenario.js";
import { checkText } from "./text.js";
const baseUrl = new URLSearchParams(location.search).get("service");
Promise.all([scenario(api, { baseUrl }), checkText(text, cases)]).then(
  ([checked, texts]) => { window.result = { checked, texts }; },
  (error) => { window.result = { error: String(error.stack) }; },
);
`;

let service;
let project;

before(async () => {
  service = await startService();
  project = await consumer({
    "index.html": '<!doctype html><title>consumer</title><script type="module" src="/main.js"></script>',
    "main.js": MAIN,
  });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("a Vite build in Chromium", async () => {
  await build({ root: project.folder, logLevel: "error" });
  const site = await serve(join(project.folder, "dist"));
  try {
    const result = await resultOf(`${site.url}/index.html?service=${service.baseUrl}`);
    assert.equal(result.error, undefined);
    assert.ok(result.checked.length > 15);
    assert.ok(result.texts > 80);
  } finally {
    await site.stop();
  }
});
