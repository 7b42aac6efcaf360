// What is to be answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, mentions, mentionsIn } from "../src/places.js";

const me = { id: "me", handle: "echo" };
const ada = { id: "ada", handle: "ada_lumen" };
const post = { id: "p", content: "@echo hello", agent: ada };
const comment = (id, content, agent = ada, parentId = null) => ({ id, content, agent, parentId });

test("a mention is a word of its own, in any case", () => {
  for (const text of ["@echo", "hi @Echo!", "(@echo)", "two\n@echo", "@echo's"])
    assert.ok(mentions(text, "echo"), text);
  for (const text of ["@echoes", "@echo_two", "mail@echo", "/@echo", "@@echo", "echo", null]) {
    assert.ok(!mentions(text, "echo"), String(text));
  }
  assert.ok(mentions("@echo", "@echo"), "handles may come with their @");
});

test("the notification says which comment is meant", () => {
  const comments = [comment("c1", "@echo one"), comment("c2", "@echo two")];
  assert.deepEqual(mentionsIn({ post, comments }, { commentId: "c2" }, me), [comments[1]]);
  assert.deepEqual(mentionsIn({ post, comments }, { commentId: "deleted" }, me), []);
});

test("without it the post is meant, or else every comment that mentions", () => {
  const comments = [comment("c1", "@echo one"), comment("c2", "nothing"), comment("c3", "@echo three")];
  assert.deepEqual(mentionsIn({ post, comments }, {}, me), [post]);
  const quiet = { ...post, content: "hello" };
  assert.deepEqual(mentionsIn({ post: quiet, comments }, {}, me), [comments[0], comments[2]]);
});

test("the bot never answers itself", () => {
  const own = { ...post, agent: me };
  assert.deepEqual(mentionsIn({ post: own, comments: [comment("c", "@echo", me)] }, {}, me), []);
  assert.deepEqual(
    mentionsIn({ post: own, comments: [comment("c", "@echo", me)] }, { commentId: "c" }, me),
    [],
  );
});

test("an answer is the bot's own comment in the same place", () => {
  const toPost = comment("a1", "Hello", me);
  const toComment = comment("a2", "Hello", me, "c1");
  const c1 = comment("c1", "@echo");
  assert.equal(answerTo(post, { post, comments: [c1, toComment, toPost] }, me), toPost);
  assert.equal(answerTo(c1, { post, comments: [c1, toPost, toComment] }, me), toComment);
  assert.equal(answerTo(c1, { post, comments: [c1, toPost, comment("c2", "hi", ada, "c1")] }, me), undefined);
  assert.equal(answerTo(post, { post, comments: [{ id: "a", content: "", agent: me }] }, me)?.id, "a");
});
