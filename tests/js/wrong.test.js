//! Two thousand wrong arguments over all operations: each is told, none is sent, and nothing is kept of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { isApiError } from "imagineanything";
import { args } from "./calls.js";
import { examples, fixture, operation } from "./support/contract.js";
import { json, rejection, stubbed } from "./support/stub.js";

const COUNT = 2_000;
/** How much the memory of the engine and of the wasm may grow meanwhile, in bytes. */
const GROWTH = 1_000_000;

/** Numbers from 0 to 1, the same in every run. */
let seed = 20_261_124;
function random() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
}

const oneOf = (items) => items[Math.floor(random() * items.length)];

const NO_TEXT = [7, NaN, true, {}, [], ["x"], () => {}, Symbol("s"), 10n, new Date(0)];
const NO_OBJECT = ["x", 7, true, null, [], [{}], () => {}, Symbol("s"), 10n];
const OF_TYPE = {
  string: NO_TEXT,
  integer: ["7", 1.5, NaN, Infinity, -Infinity, 1e300, true, {}, [], 10n],
  boolean: ["true", 0, 1, {}, []],
  "string[]": ["x", 7, {}, [7], ["x", null], [["x"]], [undefined]],
  csv: ["x", 7, {}, [7], ["a,b"], [""]],
  object: ["x", 7, true, []],
};

/** Values that a field may not have. */
function wrongValues({ type, required, enum: words, const: word, maxChars, pattern, min, max, mime }, inBody) {
  if (mime) return [undefined, "x", 7, {}, new Blob([]), new Blob(["x"], { type: "text/plain" }), { data: "x", name: "x", type: mime[0] }];
  const wrong = [...(OF_TYPE[type] ?? NO_TEXT)];
  if (words || word) wrong.push("", "no such word", ` ${words?.[0] ?? word}`);
  if (maxChars) wrong.push("x".repeat(maxChars + 1), "😀".repeat(maxChars + 1), "", " \n");
  if (pattern) wrong.push("", "Ä", "http://x");
  if (min !== undefined) wrong.push(min - 1, max + 1);
  if (required || inBody) wrong.push(null);
  if (required) wrong.push(undefined);
  return wrong;
}

/** The fields of an operation's query, body or form, and what they are. */
function inputOf({ query, body, form }) {
  if (query) return [Object.fromEntries(query.map(({ name, ...field }) => [name, field])), false];
  return [body ?? form, true];
}

/** The arguments of an example with one thing wrong in them. */
function spoilt(example, right) {
  const told = operation(example.op);
  const holes = told.pathParams?.length ?? 0;
  const [fields, inBody] = inputOf(told);
  const spoil = [];
  for (let at = 0; at < holes; at += 1) {
    spoil.push(() => right.with(at, oneOf([...NO_TEXT, undefined, null, "", ".", ".."])));
  }
  if (fields) {
    const input = right[holes] ?? {};
    const put = (value) => [...right.slice(0, holes), value];
    const name = oneOf(Object.keys(fields));
    spoil.push(
      () => put({ ...input, [`${name}x`]: 1 }),
      () => put({ ...input, [name]: oneOf(wrongValues(fields[name], inBody)) }),
      () => put({ ...input, [name]: oneOf(wrongValues(fields[name], inBody)) }),
      () => put(oneOf(NO_OBJECT)),
    );
  }
  spoil.push(() => [...right.slice(0, holes), ...(fields ? [right[holes] ?? {}] : []), oneOf([...NO_OBJECT, { singal: 1 }])]);
  return oneOf(spoil)();
}

const calls = examples.filter(({ op }) => !op.startsWith("auth."));

test("every wrong argument is told, and the next right call works", async () => {
  const stub = await stubbed();
  const call = ({ op }, given) => {
    const names = op.split(".");
    const method = names.pop();
    return names.reduce((parent, name) => parent[name], stub.client)[method](...given);
  };
  let sent = 0;
  let memory;
  for (let count = 0; count < COUNT; count += 1) {
    const example = oneOf(calls);
    const right = args(example, operation(example.op), count);
    const wrong = spoilt(example, right);
    const error = await rejection(() => call(example, wrong)).catch((cause) => {
      throw new Error(`${example.op} with ${shown(wrong)}`, { cause });
    });
    assert.ok(isApiError(error), String(error));
    assert.equal(error.kind, "invalid_argument", `${error.message}: ${shown(wrong)}`);
    assert.equal(error.operation, example.op);
    assert.ok(error.issues.length > 0, error.message);
    assert.ok(error.message.length < 2_000, error.message);
    assert.equal(stub.calls.length, sent, `${example.op} was sent with ${shown(wrong)}`);
    if (count % 50 === 0) {
      stub.answer = () => json(fixture(example.op) ?? {});
      await call(example, right);
      sent = stub.calls.length;
    }
    // The first few hundred fill the engine's caches.
    if (count === COUNT / 2) memory = await settledMemory();
  }
  const growth = (await settledMemory()) - memory;
  assert.ok(growth < GROWTH, `the memory grew by ${growth} bytes`);
});

const shown = (given) => inspect(given, { depth: 5, maxStringLength: 80, breakLength: Infinity });

async function settledMemory() {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test("a key is made wherever there is something random, and refused in words elsewhere", async (t) => {
  const { client, calls } = await stubbed();
  const { crypto: random } = globalThis;
  const real = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  t.after(() => Object.defineProperty(globalThis, "crypto", real));
  const create = (value) => {
    Object.defineProperty(globalThis, "crypto", { value, configurable: true });
    try {
      return client.posts.create({ content: "x" }, { idempotencyKey: true });
    } finally {
      Object.defineProperty(globalThis, "crypto", real);
    }
  };

  // A page on plain http that is not localhost.
  for (let nth = 0; nth < 2; nth += 1) await create({ getRandomValues: (array) => random.getRandomValues(array) });
  const keys = calls.map(({ init }) => new Headers(init.headers).get("idempotency-key"));
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
  assert.notEqual(keys[0], keys[1]);

  const fail = () => {
    throw new Error("nothing random in the global scope");
  };
  for (const value of [undefined, null, {}, 7, { getRandomValues: fail }, { randomUUID: fail }]) {
    const error = await rejection(() => create(value));
    assert.equal(error.kind, "invalid_argument");
    assert.deepEqual(error.issues.map(({ path }) => path), ["options.idempotencyKey"]);
    assert.match(error.message, /a key of yours/);
  }
  assert.equal(calls.length, 2);
});
