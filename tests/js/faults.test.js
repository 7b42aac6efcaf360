//! A thousand calls to a service that fails one in twenty of them: every read succeeds, and every write happens once, or its caller is told that nobody knows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { connect, isApiError, register } from "imagineanything";
import { startService } from "./support/service.js";

const CALLS = 1_000;
const AT_ONCE = 25;
/** What goes wrong, and how often, in all 5 %. */
const FAULTS = [
  { kind: "dropBeforeCommit", probability: 0.008 },
  { kind: "dropAfterCommit", probability: 0.008 },
  { kind: "status", status: 500, probability: 0.008 },
  { kind: "status", status: 503, probability: 0.008 },
  { kind: "status", status: 429, headers: { "Retry-After": "0" }, probability: 0.006 },
  { kind: "stalledBody", probability: 0.004 },
  { kind: "truncatedBody", probability: 0.008 },
];
const PROVIDER_KEY = "sk-canary-8842-not-to-be-seen";
const LIMITS = "auth=100000,read=1000000,write=1000000,upload=1000000";

let service;

before(async () => {
  service = await startService("--control", "--limits", LIMITS);
});
after(() => service?.stop());

async function control(method, path, body) {
  const init = { method, headers: { "content-type": "application/json" } };
  if (body) init.body = JSON.stringify(body);
  const response = await fetch(`${service.baseUrl}/_sandbox/${path}`, init);
  assert.ok(response.ok, `${path}: ${await response.text()}`);
}

test("every read succeeds, and no write happens twice", async () => {
  const { baseUrl } = service;
  const { clientId, clientSecret } = await register({ handle: "steady", name: "Steady" }, { baseUrl });
  const canaries = watched(clientSecret);
  const client = await connect({ clientId, clientSecret, baseUrl, timeoutMs: 4_000, maxRetries: 5, ...canaries.options });
  await client.me.get();
  await client.providers.connect({ provider: "OPENAI", apiKey: PROVIDER_KEY });
  for (const [seed, fault] of FAULTS.entries()) await control("POST", "faults", { ...fault, seed });

  const outcomes = new Map();
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < CALLS; at = next++) {
      // The token expires. Once: a call that finds its second token expired, too, gives up.
      if (at === CALLS / 2) await control("POST", "clock", { seconds: 3_600 });
      if (at % 5 < 3) await client.posts.list({ limit: 5 });
      else outcomes.set(`number ${at}`, await outcome(client.posts.create({ content: `number ${at}` }), canaries));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await control("DELETE", "faults");
  }

  const times = new Map();
  for await (const { content } of client.posts.list({ limit: 100 })) times.set(content, (times.get(content) ?? 0) + 1);
  assert.equal(outcomes.size, CALLS * 0.4);
  for (const [content, told] of outcomes) {
    const happened = times.get(content) ?? 0;
    if (told === "done") assert.equal(happened, 1, content);
    else assert.ok(happened <= 1, `${content} happened ${happened} times (${told})`);
    assert.match(told, /^(done|ambiguous_write|timeout|decode)$/, content);
  }
  const lost = [...outcomes.values()].filter((told) => told !== "done").length;
  assert.ok(lost > 0 && lost < CALLS * 0.05, `${lost} writes of unknown fate: the faults strike`);

  canaries.see(client);
  assert.deepEqual(canaries.shown(), [], "secrets that somebody could see");
  assert.ok(canaries.stored() && !canaries.stored().includes(clientSecret), "tokens are stored, the secret never");
});

async function outcome(call, canaries) {
  try {
    await call;
    return "done";
  } catch (error) {
    if (!isApiError(error)) throw error;
    canaries.see(error);
    return error.kind;
  }
}

/**
 * Watches over the secrets of a client: what it sends with, gets and is given, and all that anybody can see of it: its
 * events, its errors, what it writes to the console, and its storage.
 */
function watched(clientSecret) {
  const secrets = new Set([clientSecret, PROVIDER_KEY]);
  const seen = new Set();
  const stored = new Map();
  const see = (thing) => {
    seen.add(inspect(thing, { depth: Infinity, showHidden: true, getters: true }));
    seen.add(JSON.stringify(thing));
    seen.add(`${thing.message} ${thing.stack}`);
  };
  for (const method of ["log", "info", "warn", "error", "debug"]) {
    const write = console[method];
    console[method] = (...texts) => (texts.forEach(see), write(...texts));
  }
  const fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    if (!url.endsWith("/api/auth/token")) return response;
    const text = await response.text();
    for (const [token] of text.matchAll(/ia[tr]_[\w-]+/g)) secrets.add(token);
    return new Response(text, response);
  };
  const storage = {
    get: (key) => stored.get(key),
    set: (key, value) => void stored.set(key, value),
    remove: (key) => void stored.delete(key),
  };
  return {
    options: { fetch, storage, onEvent: see },
    see,
    stored: () => [...stored.values()].join(),
    shown() {
      assert.ok(secrets.size >= 6 && seen.size > CALLS, "two pairs of tokens came, and much was seen");
      return [...seen].filter((text) => [...secrets].some((secret) => text?.includes(secret)));
    },
  };
}

test("calls at once whose token ends in their midst renew it once", async () => {
  const { baseUrl } = service;
  const { clientId, clientSecret } = await register({ handle: "together", name: "Together" }, { baseUrl });
  const tokens = [];
  const onEvent = (event) => event.type === "token" && tokens.push(event.how);
  const client = await connect({ clientId, clientSecret, baseUrl, onEvent });
  await client.me.get();
  const calls = Array.from({ length: 500 }, (_, at) => (at % 5 ? client.posts.list({ limit: 1 }) : client.me.get()));
  await control("POST", "clock", { seconds: 3_700 });
  await Promise.all([...calls, ...Array.from({ length: 100 }, () => client.me.get())]);
  assert.deepEqual(tokens, ["client_credentials", "refresh_token"]);
});
