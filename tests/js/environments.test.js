//! What callers hand over in real programs: objects of classes, files of other libraries, storages that parse, odd headers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "imagineanything";
import { BASE_URL, json, rejection, stubbed } from "./support/stub.js";

const bodyOf = (stub) => JSON.parse(stub.calls.at(-1).init.body);

for (const [name, make, sent] of [
  ["a getter of its class", () => Object.create({ get content() { return "from a getter"; } }), { content: "from a getter" }],
  ["an inherited field", () => Object.create({ content: "inherited" }), { content: "inherited" }],
  ["a field that is not enumerable", () => Object.defineProperty({}, "content", { value: "hidden" }), { content: "hidden" }],
  ["toJSON", () => Object.assign(Object.create({ toJSON: () => ({ content: 7 }) }), { content: "x" }), { content: "x" }],
  ["a list of a subclass", () => ({ content: "x", mediaIds: new (class extends Array {})("m1", "m2") }), { content: "x", mediaIds: ["m1", "m2"] }],
]) {
  test(`what was checked of a body is what is sent: ${name}`, async () => {
    const stub = await stubbed();
    await stub.client.posts.create(make());
    assert.deepEqual(bodyOf(stub), sent);
  });
}

test("a getter is asked once", async () => {
  const stub = await stubbed();
  let reads = 0;
  await stub.client.posts.create({ get content() { return "x".repeat(++reads); } });
  assert.deepEqual([bodyOf(stub), reads], [{ content: "x" }, 1]);
});

test("what cannot be read, is too large or has no end is refused at once", async () => {
  const stub = await stubbed();
  const circle = { content: "x" };
  circle.mediaIds = [circle];
  const vast = Object.assign([], { length: 2 ** 32 - 1 });
  const start = { provider: "OPENAI", generationType: "image", prompt: "x", content: "y" };
  for (const params of [{ list: circle }, { list: Array(4e9) }, { map: new Map() }, { bytes: new Uint8Array(2) }]) {
    assert.equal((await rejection(() => stub.client.generation.start({ ...start, params }))).kind, "invalid_argument");
  }
  for (const body of [new Uint8Array(50_000_000), new Map([["content", "x"]]), circle, { content: "x", mediaIds: vast }, { content: "x", mediaIds: Array(20_000).fill("m") }, new Date(0), new String("x")]) {
    assert.equal((await rejection(() => stub.client.posts.create(body))).kind, "invalid_argument");
  }
  assert.equal(stub.calls.length, 0);
});

test("later pages carry the query that the first was checked with", async () => {
  const stub = await stubbed();
  let page = 0;
  stub.answer = () => json({ agents: [{ id: `a${page}` }], nextCursor: page++ < 2 ? `c${page}` : null });
  const query = Object.create({ search: "ada" });
  const listing = stub.client.agents.list(query);
  Object.getPrototypeOf(query).search = "bob";
  for await (const agent of listing) assert.ok(agent.id);
  const sent = stub.calls.map(({ url }) => Object.fromEntries(new URL(url).searchParams));
  assert.deepEqual(sent, [{ search: "ada" }, { search: "ada", cursor: "c1" }, { search: "ada", cursor: "c2" }]);
});

for (const name of ["content-type", "Content-Length", "content-encoding", "transfer-encoding", "host", "connection", "expect", "te", "authorization"]) {
  test(`the header ${name} is the client's own`, async () => {
    const stub = await stubbed();
    const error = await rejection(() => stub.client.posts.create({ content: "x" }, { headers: { [name]: "x" } }));
    assert.equal(error.issues[0].path, `options.headers.${name.toLowerCase()}`);
    assert.equal(stub.calls.length, 0);
  });
}

test("an empty baseUrl is none, white space around one is removed", async () => {
  const url = async (baseUrl) => (await (await connect({ baseUrl, dryRun: true })).posts.get("1")).url;
  assert.equal(await url(""), "https://imagineanything.com/api/posts/1");
  assert.equal(await url(" https://x.test/\n"), "https://x.test/api/posts/1");
});

test("white space around credentials is removed", async () => {
  const stub = await stubbed({ token: "a-token\n" });
  await stub.client.posts.get("p1");
  assert.equal(stub.calls[0].init.headers.authorization, "Bearer a-token");
});

const answers = async (url) => json(url.endsWith("/token") ? { access_token: "iat_1", expires_in: 3600 } : { handle: "ada" });

test("a storage that gives objects back is as good as one that gives texts, anything else is a warning", async () => {
  for (const [parse, calls, warnings] of [[JSON.parse, 1, 0], [(text) => text, 1, 0], [() => 7, 3, 3], [() => [], 3, 3]]) {
    const [kept, seen] = [new Map(), []];
    const storage = { get: (key) => (kept.has(key) ? parse(kept.get(key)) : null), set: (key, text) => void kept.set(key, text), remove: () => {} };
    let tokens = 0;
    const fetch = (url) => ((tokens += url.endsWith("/token") ? 1 : 0), answers(url));
    for (let start = 0; start < 3; start += 1) {
      const client = await connect({ baseUrl: BASE_URL, clientId: "id", clientSecret: "hush", storage, fetch, onEvent: ({ type, code }) => type === "warning" && seen.push(code) });
      await client.me.get();
    }
    assert.equal(tokens, calls, String(parse));
    assert.ok(seen.length >= Math.min(warnings, 1) && seen.every((code) => code === "storage_failed"), String(seen));
  }
});

test("a storage that may not be had is no harm, and one that is not there is told", async () => {
  const { localStorage: before } = globalThis;
  for (const get of [() => { throw new DOMException("denied", "SecurityError"); }, () => null]) {
    Object.defineProperty(globalThis, "localStorage", { get, configurable: true });
    const warnings = [];
    const client = await connect({ baseUrl: BASE_URL, clientId: "id", clientSecret: "hush", storage: "local", fetch: answers, onEvent: ({ type, code }) => type === "warning" && warnings.push(code) });
    await client.me.get();
    await client.me.get();
    assert.deepEqual(warnings, ["storage_failed"]);
  }
  delete globalThis.localStorage;
  assert.equal("localStorage" in globalThis, before !== undefined);
  if (before === undefined) assert.equal((await rejection(() => connect({ storage: "local" }))).kind, "invalid_argument");
});

test("an upload by a fetch of one's own is bytes with a boundary", async () => {
  const stub = await stubbed();
  stub.answer = () => json({ id: "m1" }, 201);
  const data = Uint8Array.from(atob("R0lGODlhAQABAAAAACw="), (c) => c.charCodeAt(0));
  const foreign = { size: data.length, type: "image/gif", name: 'a"b\n.gif', slice: (from, to) => new Blob([data.slice(from, to)]), bytes: async () => data };
  for (const file of [{ data, name: 'a"b\n.gif', type: "image/gif" }, new File([data], 'a"b\n.gif', { type: "image/gif" }), foreign]) {
    await stub.client.media.uploadImage({ file, purpose: "post" });
    const { body, headers } = stub.calls.at(-1).init;
    assert.ok(body instanceof Uint8Array);
    const form = await new Response(body, { headers: { "content-type": headers["content-type"] } }).formData();
    const sent = form.get("file");
    assert.equal(form.get("purpose"), "post");
    assert.deepEqual([sent.type, new Uint8Array(await sent.arrayBuffer())], ["image/gif", data]);
  }
});

test("image/jpg is image/jpeg", async () => {
  const stub = await stubbed();
  stub.answer = () => json({ id: "m1" }, 201);
  const data = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);
  for (const file of [{ data, name: "a.jpg", type: "image/jpg" }, new Blob([data], { type: "IMAGE/JPG" })]) {
    await stub.client.media.uploadImage({ file });
    assert.ok(new TextDecoder().decode(stub.calls.at(-1).init.body).includes("Content-Type: image/jpeg"));
  }
});

const caused = (fields) => Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(fields.message ?? "it broke"), fields) });
const refused = (address) => Object.assign(new Error(`connect ETIMEDOUT ${address}`), { code: "ETIMEDOUT", syscall: "connect" });

for (const [name, cause, kind] of [
  ["Node: refused", caused({ code: "ECONNREFUSED" }), "network"],
  ["Node: no name", caused({ code: "EAI_FAIL" }), "network"],
  ["Node: all addresses timed out", caused({ errors: [refused("::1"), refused("127.0.0.1")], code: "ETIMEDOUT" }), "network"],
  ["Node: one of the addresses answered", caused({ errors: [refused("::1"), new Error("reset")] }), "ambiguous_write"],
  ["Node: a certificate of nobody", caused({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "network"],
  ["Node: a certificate that ended", caused({ code: "CERT_HAS_EXPIRED" }), "network"],
  ["Node: a certificate of another host", caused({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }), "network"],
  ["Node: no TLS at all", caused({ code: "ERR_SSL_WRONG_VERSION_NUMBER" }), "network"],
  ["Node: a port that is blocked", caused({ message: "bad port" }), "network"],
  ["Node: no permission", caused({ code: "ERR_ACCESS_DENIED" }), "network"],
  ["Bun: refused", Object.assign(new Error("Unable to connect"), { code: "ConnectionRefused" }), "network"],
  ["Deno: refused", new TypeError("error sending request for url (http://127.0.0.1:1/): client error (Connect): tcp connect error"), "network"],
  ["Deno: no permission", Object.assign(new Error('Requires net access to "x"'), { name: "NotCapable" }), "network"],
  ["Node: the route to a connection in use is gone", caused({ code: "EHOSTUNREACH", syscall: "read" }), "ambiguous_write"],
  ["Node: the network went down under a write", caused({ code: "ENETDOWN", syscall: "write" }), "ambiguous_write"],
  ["Node: reset while connecting", caused({ code: "ECONNRESET", syscall: "connect" }), "network"],
  ["Node: the connection broke", caused({ code: "ECONNRESET" }), "ambiguous_write"],
  ["Node: the other side closed", caused({ code: "UND_ERR_SOCKET" }), "ambiguous_write"],
  ["Node: it took too long later on", caused({ code: "ETIMEDOUT", syscall: "read" }), "ambiguous_write"],
  ["Deno: the connection broke", new TypeError("error sending request for url (http://x/): client error (SendRequest)"), "ambiguous_write"],
  ["Bun: the connection broke", Object.assign(new Error("closed"), { code: "ConnectionClosed" }), "ambiguous_write"],
  ["browsers", new TypeError("Failed to fetch"), "ambiguous_write"],
]) {
  test(`a write that surely did not leave is no ambiguous one: ${name}`, async () => {
    const stub = await stubbed();
    stub.answer = () => Promise.reject(cause);
    assert.equal((await rejection(() => stub.client.posts.create({ content: "x" }))).kind, kind);
  });
}

test("real connections that cannot be made are told as such", async () => {
  for (const baseUrl of ["http://localhost:1", "http://127.0.0.1:9", "https://no-such-host.invalid"]) {
    const client = await connect({ baseUrl, token: "a-token-of-mine", maxRetries: 0 });
    assert.equal((await rejection(() => client.posts.create({ content: "x" }))).kind, "network", baseUrl);
  }
});

test("a fetch that takes no signal of this realm is asked without one", async () => {
  const stub = await stubbed();
  stub.answer = (_, { signal }) => {
    if (signal) throw new TypeError('RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.');
    return json({ id: "p1" });
  };
  for (let call = 0; call < 2; call += 1) assert.equal((await stub.client.posts.get("p1")).id, "p1");
  assert.equal(stub.calls.length, 3, "the second call knows");
});

test("an answer of a stand-in that knows JSON alone is read", async () => {
  const stub = await stubbed();
  stub.answer = () => ({ status: 200, json: async () => ({ id: "p1" }) });
  assert.deepEqual(await stub.client.posts.get("p1"), { id: "p1" });
});

test("a signal whose listeners cannot be set ends nothing", async () => {
  const stub = await stubbed();
  const signal = { aborted: false, addEventListener() { throw new Error("no"); }, removeEventListener() {} };
  assert.equal((await stub.client.posts.get("p1", { signal })).id, "p1");
});

test("steps of the wall clock refuse no call and keep no deadline", async (context) => {
  const real = Date.now;
  context.after(() => (Date.now = real));
  for (const step of [-3_600_000, 3_600_000]) {
    const stub = await stubbed({ token: `iat_${step}`, onLimit: "wait", maxWaitMs: 0 });
    Date.now = real;
    await stub.client.posts.get("p1");
    Date.now = () => real() + step;
    await stub.client.posts.get("p1");
    stub.answer = () => new Promise(() => {});
    const began = performance.now();
    assert.equal((await rejection(() => stub.client.posts.get("p1", { timeoutMs: 100 }))).kind, "timeout");
    assert.ok(performance.now() - began < 1_000);
  }
});

test("free ends the pause of a watch", async () => {
  const stub = await stubbed();
  stub.answer = () => json({ notifications: [], nextCursor: null });
  const next = rejection(() => stub.client.notifications.watch().next());
  setTimeout(() => stub.client.free(), 50);
  assert.equal((await next).kind, "aborted");
});
