//! Long work in Node and in workerd, from the packed package, against the local service.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { consumer } from "./support/consumer.js";
import { startService } from "./support/service.js";
import { startWorker } from "./support/worker.js";

const WORKER = `
import { env } from "cloudflare:workers";
import { flows } from "./flows.js";

export default {
  async fetch(request) {
    try {
      await flows[decodeURIComponent(new URL(request.url).pathname.slice(1))](env.BASE_URL);
      return new Response();
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
`;
const source = await readFile(new URL("flows.js", import.meta.url), "utf8");
const names = [...source.matchAll(/^ {2}async "(.*)"\(/gm)].map(([, name]) => name);

let service;
let project;
let worker;
let flows;

before(async () => {
  service = await startService("--control", "--generation", "60", "--limits", "auth=1000");
  project = await consumer({ "worker.js": WORKER, "flows.js": source });
  ({ flows } = await import(pathToFileURL(join(project.folder, "flows.js"))));
  worker = await startWorker(project.folder, { bindings: { BASE_URL: service.baseUrl } });
});
after(async () => {
  await worker?.dispose();
  await service?.stop();
  await project?.remove();
});

test("all flows are run", () => assert.deepEqual(Object.keys(flows), names));

for (const name of names) {
  test(`in Node: ${name}`, () => flows[name](service.baseUrl));
  test(`in workerd: ${name}`, async () => {
    const response = await worker.dispatchFetch(`http://worker/${encodeURIComponent(name)}`);
    assert.equal(response.status, 200, await response.text());
  });
}
