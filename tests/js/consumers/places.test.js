//! The packed package in the places that a browser has for scripts: under a policy, in a worker, in a service worker.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { resultOf } from "../support/chromium.js";
import { assertWhole, consumer } from "../support/consumer.js";
import { startService } from "../support/service.js";
import { serve } from "../support/static.js";

// Workers know no import maps, and the policy forbids a script in the page: the files are named by their paths.
const RUN = `
import * as api from "./node_modules/imagineanything/entry/browser.js";
import * as text from "./node_modules/imagineanything/entry/text/browser.js";
import { told } from "./everything.js";
export const run = (baseUrl) => told(api, text, baseUrl);
`;
const HERE = `const baseUrl = new URLSearchParams(location.search).get("service");`;
const IN_PAGE = `
import { run } from "./run.js";
${HERE}
window.result = await run(baseUrl);
`;
const IN_WORKER = `
${HERE}
const worker = new Worker("./worker.js", { type: "module" });
worker.onmessage = ({ data }) => { window.result = data; };
worker.onerror = ({ message }) => { window.result = { error: message }; };
worker.postMessage(baseUrl);
`;
const IN_SERVICE_WORKER = `
${HERE}
await navigator.serviceWorker.register("./service-worker.js", { type: "module" });
const { active } = await navigator.serviceWorker.ready;
navigator.serviceWorker.onmessage = ({ data }) => { window.result = data; };
active.postMessage(baseUrl);
`;
const WORKER = `
import { run } from "./run.js";
onmessage = async ({ data }) => postMessage(await run(data));
`;
const SERVICE_WORKER = `
import { run } from "./run.js";
onmessage = (event) => event.waitUntil(run(event.data).then((result) => event.source.postMessage(result)));
`;
const page = (script) => `<!doctype html><title>consumer</title><script type="module" src="./${script}"></script>`;
const policy = (...sources) => ({ "content-security-policy": `script-src ${sources.join(" ")}` });

const ROWS = [
  { name: "a page under a content security policy", page: "page", headers: policy("'self'", "'wasm-unsafe-eval'") },
  { name: "a web worker", page: "worker-page" },
  { name: "a web worker under the policy", page: "worker-page", headers: policy("'self'", "'wasm-unsafe-eval'") },
  { name: "a service worker", page: "service-worker-page" },
];

let service;
let project;

before(async () => {
  service = await startService("--limits", "off");
  project = await consumer({
    "run.js": RUN,
    "page.html": page("page.js"),
    "page.js": IN_PAGE,
    "worker-page.html": page("worker-page.js"),
    "worker-page.js": IN_WORKER,
    "worker.js": WORKER,
    "service-worker-page.html": page("service-worker-page.js"),
    "service-worker-page.js": IN_SERVICE_WORKER,
    "service-worker.js": SERVICE_WORKER,
  });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

async function inPage(name, headers) {
  const site = await serve(project.folder, headers);
  try {
    return await resultOf(`${site.url}/${name}.html?service=${service.baseUrl}`);
  } finally {
    await site.stop();
  }
}

for (const { name, page, headers } of ROWS) {
  test(name, async () => {
    assertWhole(await inPage(page, headers));
  });
}

test("a policy that forbids wasm is told of", async () => {
  const { error } = await inPage("page", policy("'self'"));
  assert.match(error, /Content Security Policy|unsafe-eval/);
});
