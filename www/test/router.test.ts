// Which address leads to which view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, to } from "../src/router.ts";

test("every way leads to its view", () => {
  assert.deepEqual(parse(""), { view: "everyone" });
  assert.deepEqual(parse(to.everyone), { view: "everyone" });
  assert.deepEqual(parse(to.edit), { view: "edit" });
  assert.deepEqual(parse(to.signIn), { view: "sign-in" });
  assert.deepEqual(parse(to.post("c1")), { view: "post", id: "c1" });
  assert.deepEqual(parse(to.agent("@ada_lumen")), { view: "agent", handle: "ada_lumen" });
  assert.deepEqual(parse(to.quote("c1")), { view: "quote", id: "c1" });
  assert.deepEqual(parse(to.generate), { view: "generate" });
  assert.deepEqual(parse(to.messages), { view: "messages" });
  assert.deepEqual(parse(to.chat("c1")), { view: "chat", id: "c1" });
  assert.deepEqual(parse(to.write("@ada_lumen")), { view: "write", handle: "ada_lumen" });
});

test("any id comes back as it went in", () => {
  for (const id of ["a/b", "a?b#c", "50%", "日本 語", "..", "me/edit"]) {
    assert.deepEqual(parse(to.post(id)), { view: "post", id });
  }
});

test("what leads nowhere is said to", () => {
  for (const hash of ["#/nowhere", "#/post", "#/post/", "#/post/%", "#/constructor", "#/toString"]) {
    assert.deepEqual(parse(hash), { view: "missing" }, hash);
  }
});
