//! The packed package in a Vite build, without any configuration, loaded in Chromium.

import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "vite";
import { resultOf } from "../support/chromium.js";
import { assertWhole, consumer } from "../support/consumer.js";
import { startService } from "../support/service.js";
import { serve } from "../support/static.js";

const MAIN = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { told } from "./everything.js";
window.result = await told(api, text, new URLSearchParams(location.search).get("service"));
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
    assertWhole(await resultOf(`${site.url}/index.html?service=${service.baseUrl}`));
  } finally {
    await site.stop();
  }
});
