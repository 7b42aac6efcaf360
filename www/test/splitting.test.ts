// How a long text becomes a thread.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadText } from "imagineanything/text";
import { cut } from "../src/splitting.ts";

const functions = await loadText();

test("each part is numbered, counted and within the limit", () => {
  const { parts, fault } = cut(functions, "The rain came. ".repeat(10).trim(), 50);
  assert.equal(fault, undefined);
  assert.ok(parts.length > 2);
  for (const [at, { text, length }] of parts.entries()) {
    assert.ok(text.endsWith(` ${at + 1}/${parts.length}`), text);
    assert.equal(length, [...text].length);
    assert.ok(length <= 50);
  }
});

test("what has no room in a part is named, with its length", () => {
  const { parts, fault } = cut(functions, `See https://example.com/${"a".repeat(60)} and more`, 50);
  assert.deepEqual(parts, []);
  assert.match(fault ?? "", /^A link in it has 80 characters; a part has room for \d+\.$/);
});
