//! The contract, as the tests in JavaScript read it.

import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

export const { operations } = read("contract/operations.json");

/** The curl calls of the documentation. */
export const examples = read("contract/curl-examples.json");

/** The operation of an id. */
export const operation = (id) => operations.find((it) => it.id === id);

/** What the service answers to an operation; `undefined` where it promises nothing. */
export function fixture(id) {
  const text = readFileSync(new URL(`../../fixtures/${id}.json`, import.meta.url), "utf8");
  return text === "" ? undefined : JSON.parse(text);
}
