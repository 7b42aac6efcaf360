//! Uploads from the packed package: how they leave a page by XMLHttpRequest, which must be as by fetch, and posts with files from each runtime.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { resultOf } from "../support/chromium.js";
import { inPage } from "../support/page.js";
import { finish } from "../support/processes.js";
import { startService } from "../support/service.js";
import { serve } from "../support/static.js";
import { startUploads } from "../support/uploads.js";
import { startWorker } from "../support/worker.js";

/** Uploads a file in the way that `run` is told, and tells all that a caller sees of it. */
const UPLOAD = `
export async function upload({ connect }, { url, behaviour, megabytes = 0, way = "xhr", abortAt, timeoutMs }) {
  const options = { baseUrl: [url, behaviour, way].join("/"), token: "iat_1", onLimit: "ignore", maxRetries: 1 };
  if (way === "fetch") options.fetch = (...args) => fetch(...args);
  const client = await connect(options);
  const gif = new Uint8Array(Number(megabytes) * 1024 * 1024 + 16);
  gif.set(new TextEncoder().encode("GIF89a"));
  const controller = new AbortController();
  const progress = [];
  let abortedAt;
  const onProgress = ({ sent, total }) => {
    progress.push([sent, total]);
    if (sent > 0 && abortAt && abortedAt === undefined) {
      abortedAt = performance.now();
      controller.abort();
    }
  };
  const more = timeoutMs ? { timeoutMs: Number(timeoutMs) } : {};
  const file = new Blob([gif], { type: "image/gif" });
  const call = client.media.uploadImage({ file }, { onProgress, signal: controller.signal, headers: { "x-trace": "7" }, ...more });
  const told = { progress };
  try {
    const { data, status, headers, requestId, rateLimit } = await call.withResponse();
    Object.assign(told, { data, status, requestId, rateLimit, type: headers.get("content-type") });
  } catch (error) {
    const { cause, ...rest } = error.toJSON();
    Object.assign(told, { error: rest, endedIn: performance.now() - abortedAt });
  }
  told.by = performance.getEntriesByType("resource").findLast(({ name }) => name.startsWith(options.baseUrl))?.initiatorType;
  return told;
}
`;
const MAIN = `
import * as api from "imagineanything";
import { upload } from "./upload.js";
import { posts } from "./posts.js";
export async function run(params) {
  if (params.service) return posts(api, params.service);
  if (params.cases) return Promise.all(JSON.parse(params.cases).map((it) => upload(api, { ...params, ...it })));
  if (params.way !== "worker") return upload(api, params);
  const worker = new Worker("./worker-of-page.js", { type: "module" });
  worker.postMessage(params);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
  });
}
`;
const WORKER_OF_PAGE = `
import * as api from "./node_modules/imagineanything/entry/browser.js";
import { upload } from "./upload.js";
self.onmessage = async ({ data }) => self.postMessage(await upload(api, data));
`;

/** Posts two images, then fails in ways of which the first image's id must be told. */
const POSTS = `
const image = (name) => new TextEncoder().encode("GIF89a of " + name);
const gif = (name) => ({ data: image(name), name, type: "image/gif" });

async function fault(baseUrl, rule) {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(rule) };
  const made = await fetch(baseUrl + "/_sandbox/faults", init);
  if (!made.ok) throw new Error(await made.text());
}

export async function posts({ connect, register }, baseUrl) {
  const handle = "poster_" + Math.random().toString(36).slice(2, 8);
  const { clientId, clientSecret } = await register({ handle, name: "Poster" }, { baseUrl });
  const client = await connect({ baseUrl, clientId, clientSecret, maxRetries: 0, allowSecretInPage: true });
  const progress = [];
  const media = [gif("one.gif"), new File([image("two.gif")], "two.gif", { type: "image/gif" })];
  const onProgress = ({ sent, total }) => progress.push([sent, total]);
  const posted = await client.posts.create({ content: "Two", media }, { onProgress });
  const { mediaUrls, mediaType } = await client.posts.get(posted.id);
  const shown = await Promise.all(mediaUrls.map(async (url) => (await fetch(url)).status));

  const before = (await client.media.list()).media.length;
  await fault(baseUrl, { kind: "status", status: 500, method: "POST", path: "/api/posts", times: 1 });
  const unposted = await client.posts.create({ content: "Unposted", media: [gif("three.gif")] }).catch((error) => error.toJSON());
  const again = await client.posts.create({ content: "Again", mediaIds: unposted.uploadedIds });
  const [failing, other] = [gif("four.gif"), gif("five.gif")];
  await fault(baseUrl, { kind: "status", status: 507, method: "POST", path: "/api/upload", times: 1 });
  const failed = await client.posts.create({ content: "Failed", media: [failing, other] }).catch((error) => error.toJSON());
  const kept = await client.media.list();
  await Promise.all(failed.uploadedIds.map((id) => client.media.delete({ id })));

  const sent = client.limits();
  const html = new Blob(["<!DOCTYPE html><p>no picture"], { type: "image/png" });
  const wrong = await client.posts.create({ content: "Wrong", media: [gif("six.gif"), html] }).catch((error) => error.toJSON());
  const unsent = JSON.stringify(client.limits()) === JSON.stringify(sent);
  const left = await client.media.list();
  return {
    mediaType, shown, progress, before, unsent,
    unposted, again: again.mediaUrls.length, failed, wrong,
    kept: kept.media.map(({ id }) => id), left: left.media.length,
  };
}
`;
const NODE = `
import * as api from "imagineanything";
import { posts } from "./posts.js";
console.log(JSON.stringify(await posts(api, process.argv[2])));
`;
const WORKER = `
import * as api from "imagineanything";
import { posts } from "./posts.js";
export default {
  async fetch(request) {
    try {
      return Response.json(await posts(api, new URL(request.url).searchParams.get("service")));
    } catch (error) {
      return Response.json(String(error.stack), { status: 500 });
    }
  },
};
`;

let service;
let pagePort;
let elsewhere;
let server;
let project;

before(async () => {
  // The service obeys the page for its controls, whose origin must be known before.
  const site = await serve(".");
  pagePort = Number(new URL(site.url).port);
  await site.stop();
  service = await startService("--control", "--allow-origin", site.url);
  elsewhere = await startUploads();
  server = await startUploads(elsewhere.url + "/ok");
  const files = { "main.js": MAIN, "node.js": NODE, "worker.js": WORKER, "upload.js": UPLOAD, "posts.js": POSTS };
  project = await consumer({ ...files, "worker-of-page.js": WORKER_OF_PAGE });
});
after(async () => {
  await service?.stop();
  await server?.stop();
  await elsewhere?.stop();
  await project?.remove();
});
beforeEach(() => {
  server.seen.splice(0);
  elsewhere.seen.splice(0);
});

/** How fast a page may upload, in bytes a second: so that there are steps to be told. */
const UPLOAD_THROUGHPUT = 8e6;

/** What comes of an upload of 8 MB. */
function upload(more) {
  const slowly = (url) => resultOf(url, UPLOAD_THROUGHPUT);
  return inPage(project.folder, { url: server.url, behaviour: "ok", megabytes: 8, ...more }, slowly);
}

for (const way of ["xhr", "worker"]) {
  test(`a large file is told step by step: ${way}`, async () => {
    const { progress, data, by } = await upload({ way });
    const total = 8 * 1024 * 1024 + 16;
    assert.deepEqual(data, { id: "m1" });
    assert.equal(by, "xmlhttprequest");
    assert.deepEqual(progress[0], [0, total]);
    assert.deepEqual(progress.at(-1), [total, total]);
    assert.ok(progress.length >= 10, `${progress.length} steps`);
    assert.ok(progress.every(([sent], at) => at === 0 || sent > progress[at - 1][0]), "it only grows");
    assert.equal(server.seen[0].authorization, "Bearer iat_1");
    assert.equal(server.seen[0].trace, "7");
  });
}

test("a call that is ended in the middle ends at once, and the service sees it", async () => {
  const { error, endedIn, progress } = await upload({ abortAt: "middle" });
  assert.equal(error.kind, "aborted");
  assert.ok(endedIn < 50, `${endedIn} ms`);
  const [sent, total] = progress.at(-1);
  assert.ok(sent < total);
  assert.equal(await server.seen[0].end, "aborted");
});

/** What comes of each of these at once, by XMLHttpRequest and by fetch. */
async function bothWays(behaviours, more) {
  const cases = behaviours.flatMap((behaviour) => [{ behaviour, way: "xhr" }, { behaviour, way: "fetch" }]);
  const told = await inPage(project.folder, { url: server.url, cases: JSON.stringify(cases), ...more });
  return cases.map((it, at) => ({ ...it, told: told[at], seen: server.seen.filter(({ url }) => url.startsWith(`/${it.behaviour}/${it.way}/`)) }));
}

test("a redirect takes no bearer along, and is no answer", async () => {
  for (const { behaviour, way, told } of await bothWays(["away", "aside", "get"])) {
    assert.equal(told.error?.kind, "ambiguous_write", `${way} ${behaviour}`);
    assert.match(told.error.message, /redirect: check baseUrl/);
  }
  // XMLHttpRequest follows by itself: the bearer stays behind when it leaves the origin.
  assert.ok(elsewhere.seen.length > 0);
  assert.ok(elsewhere.seen.every(({ authorization }) => authorization === undefined));
});

const OUTCOMES = {
  ok: { data: { id: "m1" }, status: 201, requestId: "r1", type: "application/json" },
  empty: { status: 204 },
  html: { kind: "decode" },
  limited: { kind: "rate_limited", status: 429, retryAfterMs: 7000 },
  busy: { data: { id: "m2" }, status: 201 },
  broken: { kind: "ambiguous_write", attempts: 1 },
  silent: { kind: "timeout" },
};

test("XMLHttpRequest tells what fetch tells", async () => {
  const before = {};
  for (const { behaviour, way, told, seen } of await bothWays(Object.keys(OUTCOMES), { timeoutMs: 1_000 })) {
    const about = `${way} ${behaviour}`;
    const { progress, by, error, ...rest } = told;
    delete rest.endedIn;
    // An answer that never comes, or not whole, is in no list of the browser's.
    if (by) assert.equal(by, way === "xhr" ? "xmlhttprequest" : "fetch", about);
    const starts = progress.filter(([sent]) => sent === 0).length;
    // A browser sends again by itself what a connection that it kept did not take.
    if (behaviour !== "broken") assert.equal(starts, seen.length, `${about}: each attempt begins at 0`);
    // What the platform says of a broken connection is its own, and each has its base URL.
    if (error) error.message = error.message.replace(/no answer from .*?(\. It|$)/, "$1");
    for (const [key, value] of Object.entries(OUTCOMES[behaviour])) assert.deepEqual({ ...rest, ...error }[key], value, `${about}: ${key}`);
    if (way === "xhr") before[behaviour] = { ...rest, error };
    else assert.deepEqual({ ...rest, error }, before[behaviour], behaviour);
  }
});

function assertPosted(it) {
  assert.equal(it.mediaType, "IMAGE");
  assert.deepEqual(it.shown, [200, 200]);
  assert.deepEqual(it.progress.at(-1), [it.progress[0][1], it.progress[0][1]]);
  assert.equal(it.before, 2);
  assert.deepEqual([it.unposted.operation, it.unposted.kind, it.unposted.uploadedIds.length], ["posts.create", "ambiguous_write", 1]);
  assert.equal(it.again, 1);
  assert.deepEqual([it.failed.operation, it.failed.status, it.failed.uploadedIds.length], ["media.uploadImage", 507, 1]);
  assert.ok(it.kept.includes(it.failed.uploadedIds[0]));
  assert.equal(it.left, 3);
  assert.equal(it.wrong.kind, "invalid_argument");
  assert.deepEqual(it.wrong.issues, [{ path: "media[1]", expected: "content of its type image/png", got: "content of text/html" }]);
  assert.ok(it.unsent, "nothing is sent");
}

test("posts with files from Node", async () => {
  assertPosted(JSON.parse(await finish(process.execPath, ["node.js", service.baseUrl], { cwd: project.folder })));
});

test("posts with files from workerd", async () => {
  const worker = await startWorker(project.folder);
  try {
    const response = await worker.dispatchFetch(`http://worker/?service=${service.baseUrl}`);
    const body = await response.json();
    assert.equal(response.status, 200, JSON.stringify(body));
    assertPosted(body);
  } finally {
    await worker.dispose();
  }
});

test("posts with files from a page", async () => {
  assertPosted(await inPage(project.folder, { service: service.baseUrl }, resultOf, pagePort));
});
