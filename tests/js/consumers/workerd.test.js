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
  if (pathname === "/own") {
    const client = await connect({ baseUrl, clientId, clientSecret });
    return (await client.me.get()).handle;
  }
  if (pathname === "/bound") {
    return scenario(api, { baseUrl, fetch: env.API });
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
/** Workers forbid time, chance, timers and I/O while a module loads: this one imports, and only answers. */
const INERT = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
export default { fetch: () => Response.json([typeof api.connect, typeof text.loadText]) };
`;
const TOGETHER = 200;
/** Room for them: the client keeps the service's limits, which it learns from the first answers. */
const ROOMY = "auth=1000,read=1000,write=1000,upload=1000";

let service;
let project;
let worker;
let boundRequests = 0;

before(async () => {
  service = await startService("--limits", ROOMY);
  project = await consumer({ "worker.js": WORKER, "inert.js": INERT });
  const { baseUrl } = service;
  const agent = await api.register({ handle: "worker", name: "Worker" }, { baseUrl });
  worker = await startWorker(project.folder, {
    bindings: { BASE_URL: baseUrl, CLIENT_ID: agent.clientId, CLIENT_SECRET: agent.clientSecret },
    kvNamespaces: ["TOKENS"],
    serviceBindings: { API: toService },
  });
});
after(async () => {
  await worker?.dispose();
  await service?.stop();
  await project?.remove();
});

/** A Worker that stands for the service: it is there for the binding alone. */
async function toService(request) {
  boundRequests += 1;
  const { pathname, search } = new URL(request.url);
  return fetch(service.baseUrl + pathname + search, request);
}

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

/** As many requests at once as a busy isolate has, after one alone. */
async function together(path) {
  assert.equal(await get(path), "worker");
  const handles = await Promise.all(Array.from({ length: TOGETHER }, () => get(path)));
  assert.deepEqual(new Set(handles), new Set(["worker"]));
}

// No request may wait for another's in workerd: without tokens yet, each signs in for itself.
test("many requests share one client", () => together("/me"));
test("many requests have a client each", () => together("/own"));

test("a service binding is what fetches", async () => {
  assert.ok((await get("/bound")).length > 20);
  assert.ok(boundRequests > 20);
});

test("importing does nothing", async (t) => {
  const inert = await startWorker(project.folder, {}, "inert.js");
  t.after(() => inert.dispose());
  const response = await inert.dispatchFetch("http://worker/");
  assert.deepEqual(await response.json(), ["function", "function"]);
});

test("tokens are kept in a KV namespace", async () => {
  const first = await get("/stored");
  assert.equal(first.handle, "worker");
  assert.ok(first.keys > 0);
});
