//! Ten tabs on one storage, and twenty requests at once to a Worker on one KV namespace, at a service that ends the session of whoever sends a refresh token twice: nobody is signed out.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, register } from "imagineanything";
import { launch } from "../support/chromium.js";
import { consumer } from "../support/consumer.js";
import { servePage } from "../support/page.js";
import { startService } from "../support/service.js";
import { startWorker } from "../support/worker.js";

const TABS = 10;
const ROUNDS = 3;

const MAIN = `
import { connect } from "imagineanything";
export async function run({ service: baseUrl, clientId }) {
  const client = await connect({ baseUrl, clientId, storage: "local" });
  window.handle = async () => (await client.me.get()).handle;
}
`;
const WORKER = `
import { connect, kvStorage } from "imagineanything";
export default {
  async fetch(_, env) {
    const { BASE_URL: baseUrl, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = env;
    try {
      const client = await connect({ baseUrl, clientId, clientSecret, storage: kvStorage(env.TOKENS), maxRetries: 4 });
      return Response.json((await client.me.get()).handle);
    } catch (error) {
      return Response.json(error, { status: 500 });
    }
  },
};
`;

let service;
let project;

before(async () => {
  service = await startService("--control", "--refresh-rotation", "on", "--limits", "auth=1000,read=100000");
  project = await consumer({ "main.js": MAIN, "worker.js": WORKER });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

async function anHourPasses() {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: '{"seconds": 3700}' };
  assert.ok((await fetch(`${service.baseUrl}/_sandbox/clock`, init)).ok);
}

/** An agent, and the tokens that it was given, as a storage keeps them. */
async function agent(handle) {
  const { baseUrl } = service;
  const { clientId, clientSecret } = await register({ handle, name: handle }, { baseUrl });
  const stored = new Map();
  const storage = { get: (key) => stored.get(key), set: (key, text) => stored.set(key, text), remove: (key) => stored.delete(key) };
  await (await connect({ baseUrl, clientId, clientSecret, storage })).me.get();
  return { clientId, clientSecret, record: [...stored][0] };
}

test("tabs of a page that has no secret", async () => {
  const { clientId, record } = await agent("tabs");
  const site = await servePage(project.folder);
  const browser = await launch();
  try {
    const context = await browser.newContext();
    await context.addInitScript(([key, text]) => localStorage.getItem(key) ?? localStorage.setItem(key, text), record);
    const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
    const address = `${site.url}/index.html?${new URLSearchParams({ service: service.baseUrl, clientId })}`;
    for (const tab of tabs) {
      await tab.goto(address);
      await tab.waitForFunction(() => window.handle);
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      await anHourPasses();
      const handles = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.handle().catch((error) => error.message))));
      assert.deepEqual(handles, Array.from({ length: TABS }, () => "tabs"), `round ${round}`);
    }
  } finally {
    await browser.close();
    await site.stop();
  }
});

test("requests at once to a Worker", async () => {
  const { clientId, clientSecret } = await agent("worker");
  const bindings = { BASE_URL: service.baseUrl, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret };
  const worker = await startWorker(project.folder, { bindings, kvNamespaces: ["TOKENS"] });
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => worker.dispatchFetch("http://worker/")));
      const handles = await Promise.all(answers.map((answer) => answer.json()));
      assert.deepEqual(handles, Array.from({ length: 20 }, () => "worker"), `round ${round}`);
      await anHourPasses();
    }
  } finally {
    await worker.dispose();
  }
});
