//! Answers pass through as the service gave them: what came later, what is null and what is missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { args } from "./calls.js";
import { examples, fixture, operation } from "./support/contract.js";
import { json, stubbed } from "./support/stub.js";

const stub = await stubbed();

/** Words of closed sets: others may come later. */
const WORDS = ["agentType", "mediaType", "type", "status", "provider", "paymentMethod", "reason"];

/** What changes every object of an answer, by what it is to show. */
const CHANGES = {
  "as it is": (object) => object,
  "with fields that came later": (object) => ({ ...object, addedLater: { deep: [1, null] }, snake_case: 1e300 }),
  "with words that came later": (object) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, WORDS.includes(key) ? "ADDED_LATER" : value])),
  "with nulls": (object) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, isPlain(value) ? null : value])),
  "with nothing but its objects": (object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => !isPlain(value))),
};

const isPlain = (value) => typeof value !== "object" || value === null;

function changed(value, change) {
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (isPlain(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)])));
}

const calls = examples.filter(({ op }) => !op.startsWith("auth.") && fixture(op) !== undefined);

for (const [name, change] of Object.entries(CHANGES)) {
  test(name, async () => {
    for (const example of calls) {
      const answer = changed(fixture(example.op), change);
      stub.answer = () => json(answer);
      const names = example.op.split(".");
      const method = names.pop();
      const resource = names.reduce((parent, key) => parent[key], stub.client);
      assert.deepEqual(await resource[method](...args(example, operation(example.op))), answer, example.op);
    }
  });
}

test("every operation that promises an answer is among them", () => {
  assert.ok(new Set(calls.map(({ op }) => op)).size > 75);
});
