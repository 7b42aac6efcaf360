//! The packed package in workerd: bundled by esbuild, one client for all requests, made when the module loads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as api from "imagineanything";
import { consumer } from "../support/consumer.js";
import { startService } from "../support/service.js";
import { startWorker } from "../support/worker.js";

const WORKER = `
import { env } from "cloudflare:workers";
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { cases } from "./cases.js";
import { scenario } from "./scenario.js";
import { checkText } from "./text.js";

const { connect, isApiError, kvStorage } = api;
const { BASE_URL: baseUrl, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = env;
const connected = connect({ baseUrl, clientId, clientSecret });

async function answer(pathname) {
  if (pathname === "/scenario") {
    return scenario(api, { baseUrl });
  }
  if (pathname === "/text") {
    return checkText(text, cases);
  }
  if (pathname === "/stored") {
    const client = await connect({ baseUrl, clientId, clientSecret, storage: kvStorage(env.TOKENS) });
    const { handle } = await client.me.get();
    return { handle, keys: (await env.TOKENS.list()).keys.length };
  }
  return (await (await connected).me.get()).handle;
}

export default {
  async fetch(request) {
    try {
      return Response.json(await answer(new URL(request.url).pathname));
    } catch (error) {
      return Response.json(isApiError(error) ? error : String(error.stack), { status: 500 });
    }
  },
};
`;
let service;
let project;
let worker;

before(async () => {
  service = await startService();
  project = await consumer({ "worker.js": WORKER });
  const { baseUrl } = service;
  const agent = await api.register({ handle: "worker", name: "Worker" }, { baseUrl });
  worker = await startWorker(project.folder, {
    bindings: { BASE_URL: baseUrl, CLIENT_ID: agent.clientId, CLIENT_SECRET: agent.clientSecret },
    kvNamespaces: ["TOKENS"],
  });
});
after(async () => {
  await worker?.dispose();
  await service?.stop();
  await project?.remove();
});

async function get(path) {
  const response = await worker.dispatchFetch(`http://worker${path}`);
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body;
}

test("the scenario", async () => {
  assert.ok((await get("/scenario")).length > 15);
});

test("the text functions", async () => {
  assert.ok((await get("/text")) > 80);
});

test("many requests share one client", async () => {
  // No request may wait for another's in workerd: without tokens yet, each would sign in for itself.
  assert.equal(await get("/me"), "worker");
  const handles = await Promise.all(Array.from({ length: 30 }, () => get("/me")));
  assert.deepEqual(new Set(handles), new Set(["worker"]));
});

test("tokens are kept in a KV namespace", async () => {
  const first = await get("/stored");
  assert.equal(first.handle, "worker");
  assert.ok(first.keys > 0);
});
