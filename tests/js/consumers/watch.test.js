//! Watching for notifications with the packed package, in Node and in workerd with a KV namespace; and whether to answer.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { isApiError, shouldReply } from "imagineanything";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";
import { startService } from "../support/service.js";
import { startWorker } from "../support/worker.js";

/** Two agents, of whom one mentions the other, which watches, stops, is away, and begins anew. */
const SCENARIO = `
export async function watched({ connect, register }, baseUrl, store) {
  const name = Math.random().toString(36).slice(2, 10);
  const handles = ["bot_" + name, "ada_" + name];
  const agents = await Promise.all(handles.map((handle) => register({ handle, name: handle }, { baseUrl })));
  const signedIn = (at, more) => connect({ baseUrl, clientId: agents[at].clientId, clientSecret: agents[at].clientSecret, ...more });
  const ada = await signedIn(1);
  const mention = (text) => ada.posts.create({ content: "@" + handles[0] + " " + text });

  let looked;
  const hasLooked = new Promise((resolve) => (looked = resolve));
  const onEvent = (event) => event.type === "response" && event.operation === "notifications.list" && looked();
  const watch = async (more) => {
    const bot = await signedIn(0, more);
    return bot.notifications.watch({ store, types: ["MENTION"], intervalMs: 1_000 });
  };
  const take = async (watching, count) => {
    const given = [];
    for (; given.length < count; ) given.push((await watching.next()).value.post.content.split(" ")[1]);
    return given;
  };

  await mention("before");
  const first = await watch({ onEvent });
  const waiting = take(first, 1);
  await hasLooked;
  const { id } = await mention("one");
  await ada.posts.like(id);
  for (const text of ["two", "three"]) await mention(text);
  const given = [await waiting, await take(first, 1)];
  await first.return();

  for (const text of ["four", "five"]) await mention(text);
  const second = await watch();
  given.push(await take(second, 4));
  const next = second.next();
  const left = [await second.return(), await next].map(({ done }) => done);
  return { given, left };
}
`;
const GIVEN = { given: [["one"], ["two"], ["two", "three", "four", "five"]], left: [true, true] };

const NODE = `
import * as api from "imagineanything";
import { watched } from "./watched.js";

const kept = new Map();
const store = { get: (key) => kept.get(key), set: (key, value) => kept.set(key, value) };
console.log(JSON.stringify({ ...(await watched(api, process.argv[2], store)), kept: [...kept.keys()].length }));
`;

/** Waits for what never comes, in three ways, each of which ends at once. */
const LEAVING = `
import { connect, register } from "imagineanything";

const baseUrl = process.argv[2];
const { clientId, clientSecret } = await register({ handle: "nobody_calls", name: "Nobody" }, { baseUrl });
const client = await connect({ clientId, clientSecret, baseUrl });
const leaving = new AbortController();
const left = client.notifications.watch({ intervalMs: 600_000 });
const aborted = client.notifications.watch({ intervalMs: 600_000, signal: leaving.signal });
const waiting = [left.next(), aborted.next().catch((error) => error.kind)];
await new Promise((resolve) => setTimeout(resolve, 500));
await left.return();
leaving.abort();
const wrong = await client.notifications.watch({ intervalMs: 999, types: ["MENTIONS"], store: {} }).next().catch((error) => error);
console.log(JSON.stringify({ ended: await Promise.all(waiting), wrong }));
`;

const WORKER = `
import { env } from "cloudflare:workers";
import * as api from "imagineanything";
import { watched } from "./watched.js";

export default {
  async fetch() {
    try {
      return Response.json(await watched(api, env.BASE_URL, api.kvStorage(env.PLACES)));
    } catch (error) {
      return Response.json(String(error.stack), { status: 500 });
    }
  },
};
`;

let service;
let project;

before(async () => {
  service = await startService("--limits", "auth=1000,read=1000,write=1000,upload=1000");
  project = await consumer({ "watched.js": SCENARIO, "node.js": NODE, "leaving.js": LEAVING, "worker.js": WORKER });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

const run = async (file) =>
  JSON.parse(await finish(process.execPath, [file, service.baseUrl], { cwd: project.folder, timeout: 20_000 }));

test("Node: nothing old comes, nothing is lost, what was in hand comes again", async () => {
  assert.deepEqual(await run("node.js"), { ...GIVEN, kept: 1 });
});

test("workerd: the same, with the position in KV", async () => {
  const worker = await startWorker(project.folder, {
    bindings: { BASE_URL: service.baseUrl },
    kvNamespaces: ["PLACES"],
  });
  try {
    const response = await worker.dispatchFetch("http://worker/");
    assert.deepEqual(await response.json(), GIVEN);
  } finally {
    await worker.dispose();
  }
});

test("a watch that is left, or whose signal aborts, leaves nothing that keeps the program running", async () => {
  const { ended, wrong } = await run("leaving.js");
  assert.deepEqual(ended, [{ done: true }, "aborted"]);
  assert.equal(wrong.kind, "invalid_argument");
  const paths = wrong.issues.map(({ path }) => path);
  assert.deepEqual(paths.sort(), ["options.intervalMs", "options.store", "options.types[0]"]);
});

test("whether to answer: the table of cases that holds for Rust, too", async () => {
  const table = JSON.parse(await readFile(new URL("../../replies.json", import.meta.url), "utf8"));
  let state;
  for (const { about, now, notification, reason } of table.cases) {
    const { actor } = notification;
    const given = { ...notification, actor: actor && { id: actor, handle: actor, name: actor, avatarUrl: null } };
    const verdict = shouldReply(given, state, { ...table.rules, now });
    assert.deepEqual([verdict.reason, verdict.reply], [reason, reason === "reply"], about);
    state = JSON.parse(JSON.stringify(verdict.state));
  }
  assert.deepEqual(state.replies, table.replies);
});

test("whether to answer: the last five hundred answers are kept, and options are checked", () => {
  let state = null;
  for (let at = 0; at <= 500; at += 1) {
    const actor = { id: `a${at}`, handle: `a${at}` };
    ({ state } = shouldReply({ id: "n", type: "MENTION", actor, postId: `p${at}` }, state, { now: at }));
  }
  assert.deepEqual([state.replies.length, state.replies[0].place], [500, "p1"]);
  const wrong = { m: "x", me: 7, maxPerThread: 0, maxPerHour: 1.5, now: NaN };
  assert.throws(
    () => shouldReply({ id: "n" }, state, wrong),
    (error) => isApiError(error) && error.kind === "invalid_argument" && error.issues.length === 5,
  );
});

test("whether to answer: what is no known type of something to answer is not answered", () => {
  const mention = { id: "n", type: "MENTION", actor: { id: "a", handle: "ada" }, postId: "p" };
  for (const type of ["AMPLIFY", "SYSTEM", "like", "follow", "mention", " MENTION", "", "toString", undefined, null]) {
    const { reply, reason } = shouldReply({ ...mention, type });
    assert.deepEqual([reply, reason], [false, "nothing_to_answer"], type);
  }
  for (const missing of ["type", "actor", "postId"]) {
    const { [missing]: _, ...rest } = mention;
    assert.equal(shouldReply(rest).reason, "nothing_to_answer", missing);
  }
});

test("whether to answer: wrong arguments are told, and never a TypeError", () => {
  const mention = { id: "n", type: "MENTION", actor: { id: "a", handle: "ada" }, postId: "p", commentId: null };
  const entry = { place: "p", thread: "p", agent: "a", at: 0 };
  const fail = () => {
    throw new Error("not readable");
  };
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const withGetter = (object, key) => Object.defineProperty({ ...object }, key, { get: fail, enumerable: true });
  const noObjects = [7, "x", true, 1n, Symbol("s"), () => {}, [], revoked(), new Proxy({}, { get: fail, has: fail, ownKeys: fail })];
  const { state } = shouldReply(mention, null, { now: 0 });
  const wrong = [
    ...[null, undefined, ...noObjects].map((given) => ["notification", [given]]),
    ...Object.keys(mention).map((key) => [`notification.${key}`, [withGetter(mention, key)]]),
    ...Object.keys(mention).map((key) => [`notification.${key}`, [{ ...mention, [key]: 7 }]]),
    ["notification.id", [{ ...mention, id: undefined }]],
    ["notification.actor", [{ ...mention, actor: "ada" }]],
    ["notification.actor", [{ ...mention, actor: revoked() }]],
    ["notification.actor.id", [{ ...mention, actor: { handle: "ada" } }]],
    ["notification.actor.id", [{ ...mention, actor: withGetter({}, "id") }]],
    ["notification.actor.handle", [{ ...mention, actor: { id: "a", handle: 7 } }]],
    ["state", [mention, JSON.stringify(state)]],
    ["state", [mention, ""]],
    ...noObjects.map((given) => ["state", [mention, given]]),
    ["state.replies", [mention, {}]],
    ["state.replies", [mention, { reply: true, reason: "reply", state }]],
    ["state.replies", [mention, Promise.resolve(state)]],
    ["state.replies", [mention, withGetter({}, "replies")]],
    ...[null, {}, "[]", revoked(), { length: 1, 0: entry }, new Proxy([], { get: fail })].map((replies) => ["state.replies", [mention, { replies }]]),
    ...[null, undefined, 7, "x", [], revoked()].map((item) => ["state.replies[1]", [mention, { replies: [entry, item] }]]),
    ["state.replies[0]", [mention, { replies: new Array(1) }]],
    ...Object.keys(entry).flatMap((key) =>
      [undefined, null, {}, NaN].map((value) => [`state.replies[1].${key}`, [mention, { replies: [entry, { ...entry, [key]: value }] }]]),
    ),
    ["state.replies[0].at", [mention, { replies: [withGetter(entry, "at")] }]],
    ["options", [mention, state, null]],
    ...noObjects.map((given) => ["options", [mention, state, given]]),
    ...["me", "now"].map((key) => [`options.${key}`, [mention, state, withGetter({}, key)]]),
    ...["x", "toString", "constructor", "__proto__"].map((key) => [`options.${key}`, [mention, state, JSON.parse(`{"${key}": 1}`)]]),
    ["options.me", [mention, state, Object.create({ me: 7 })]],
  ];
  for (const [path, given] of wrong) {
    assert.throws(
      () => shouldReply(...given),
      (error) => {
        assert.ok(isApiError(error), `${path}: ${error.stack}`);
        assert.deepEqual([error.kind, error.operation], ["invalid_argument", "shouldReply"]);
        assert.ok(error.issues.length > 0 && error.issues.every((issue) => issue.path.startsWith(path)), error.message);
        assert.ok(!error.message.includes("not readable"));
        return true;
      },
      path,
    );
  }
  assert.throws(() => shouldReply(mention, JSON.stringify(state)), /parse/);
  assert.throws(
    () => shouldReply(mention, { replies: new Array(4_000_000_000) }),
    (error) => error.kind === "invalid_argument" && error.message.length < 2_000,
  );
  assert.throws(
    () => shouldReply({ id: 7, type: 7 }, "", { me: 7 }),
    (error) => error.issues.length === 4,
  );
  assert.deepEqual(shouldReply(Object.create(mention), null, Object.create({ now: 0 })).state, state, "what is inherited counts");
});
