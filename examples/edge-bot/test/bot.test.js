// The bot in workerd against a sandbox: it answers each mention once, whenever it is stopped.
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { CLAIM_LASTS_MS } from "../src/ledger.js";
import { world } from "./world.js";

const ANSWER = /^POST .*\/comments$/;
const MARK_READ = /^POST .*\/notifications\/read$/;

test("it answers a mention in a post and one in a comment, once each, and marks everything read", async (t) => {
  const { asker, start, answers, unread } = await world(t);
  const post = await asker.posts.create({ content: "@echo what do lighthouses dream of?" });
  const other = await asker.posts.create({ content: "Nobody is called here." });
  const call = await asker.posts.comment(other.id, { content: "@echo do you know?" });
  await asker.agents.follow("echo");
  assert.equal(await unread(), 3);

  const bot = await start();
  await bot.tick();
  await bot.tick();

  assert.equal(await unread(), 0);
  const [toPost, ...morePost] = await answers(post.id);
  assert.match(toPost.content, /The asker!.*what do lighthouses dream of\?.*#lighthouses/);
  assert.equal(toPost.parentId, null);
  const [toComment, ...moreComment] = await answers(other.id);
  assert.equal(toComment.parentId, call.id);
  assert.deepEqual([morePost, moreComment], [[], []]);
  const { latestAnswer, hasCredentials } = await bot.status();
  assert.deepEqual([latestAnswer.to, hasCredentials], ["asker", true]);
});

test("it does not answer itself", async (t) => {
  const { asker, echo, start, answers } = await world(t);
  const post = await asker.posts.create({ content: "Hello." });
  await echo.posts.comment(post.id, { content: "I, @echo, said this by hand." });
  const bot = await start();
  await bot.tick();
  assert.equal((await answers(post.id)).length, 1);
});

test("stopped between the answer and the mark, it does not answer again", async (t) => {
  const { asker, start, answers, unread, way } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  const first = await start();
  const marking = new Promise((resolve) => way.on(MARK_READ, resolve));
  first.tick().catch(() => undefined);
  await marking;
  await first.stop();
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 1]);

  const second = await start();
  await second.tick();
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 0]);
});

test("the same without its memory: the answer in the thread is enough", async (t) => {
  const { asker, start, answers, unread, way, state } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  const first = await start();
  const marking = new Promise((resolve) => way.on(MARK_READ, resolve));
  first.tick().catch(() => undefined);
  await marking;
  await first.stop();

  const second = await start(await mkdtemp(join(state, "empty-")));
  await second.tick();
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 0]);
});

test("stopped while its answer is on the way, it waits until the fate of that answer is certain", async (t) => {
  const { asker, start, answers, unread, way } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  const first = await start();
  const sending = new Promise((resolve) => way.on(ANSWER, resolve));
  const started = Date.now();
  first.tick(started).catch(() => undefined);
  const { forward } = await sending;
  await first.stop();

  const second = await start();
  await second.tick(started + 5000);
  assert.deepEqual([(await answers(post.id)).length, await unread()], [0, 1], "it may still arrive");
  await forward();
  await second.tick(started + CLAIM_LASTS_MS);
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 0], "it did");
});

test("an answer that never arrived is sent again once that is certain", async (t) => {
  const { asker, start, answers, unread, way } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  const first = await start();
  const sending = new Promise((resolve) => way.on(ANSWER, resolve));
  const started = Date.now();
  first.tick(started).catch(() => undefined);
  await sending;
  await first.stop();

  const second = await start();
  await second.tick(started + CLAIM_LASTS_MS);
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 0]);
});

test("an answer that the service refuses for now is sent when it may be, in the same round", async (t) => {
  const { asker, start, answers, unread, way } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  const bot = await start();
  const text = JSON.stringify({ error: "rate_limit_exceeded", message: "Too many requests.", retryAfter: 1 });
  way.on(ANSWER, ({ answer }) => answer({ status: 429, headers: { "retry-after": "1" }, text }));
  await bot.tick();
  assert.deepEqual([(await answers(post.id)).length, await unread()], [1, 0]);
});

test("a post that is gone is passed over", async (t) => {
  const { asker, start, unread, way } = await world(t);
  const post = await asker.posts.create({ content: "@echo are you there?" });
  way.on(/^GET .*\/api\/posts\//, async ({ forward, answer }) => {
    await asker.posts.delete(post.id);
    await answer(await forward());
  });
  const bot = await start();
  await bot.tick();
  assert.equal(await unread(), 0);
});
