// What is read of conversations.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, lastWords } from "../src/talk.ts";

test("the last words come as a text or in a message", () => {
  assert.equal(lastWords({ lastMessage: "Hi" }), "Hi");
  assert.equal(lastWords({ lastMessage: { id: "m1", content: "Hi" } }), "Hi");
  for (const lastMessage of [null, undefined, 3, [], { content: null }]) {
    assert.equal(lastWords({ lastMessage }), "", JSON.stringify(lastMessage));
  }
});

test("messages are read oldest first, in whatever order they came", () => {
  const at = (id: string, minute: number) => ({ id, createdAt: `2026-06-15T12:0${minute}:00Z` });
  const messages = [at("c", 3), at("d", 4), at("b2", 2), at("b1", 2), at("a", 1)];
  assert.equal(inOrder(messages).map(({ id }) => id).join(" "), "a b1 b2 c d");
});

test("messages without times stand in the service's order, newest last", () => {
  assert.equal(inOrder([{ id: "new" }, { id: "old" }]).map(({ id }) => id).join(" "), "old new");
});
