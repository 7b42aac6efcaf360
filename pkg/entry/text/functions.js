// What every entry of `imagineanything/text` exports. The wasm gives numbers; what they stand for is cut out of the text
// here, so that lone surrogates, which the wasm cannot hold, stay what they are.

import { count, find, split } from "../../dist/text.js";
import { once } from "../once.js";

/** The units, in the order in which the wasm knows them, and what they are called. */
const UNITS = {
  "code-points": "characters",
  "utf-16": "UTF-16 code units",
  "utf-8": "bytes",
  graphemes: "graphemes",
};

/** What the wasm calls 0 to 3, and the name of its value. */
const KINDS = ["mention", "hashtag", "link", "grapheme"];
const VALUES = { mention: "handle", hashtag: "tag", link: "url" };

const LIMIT = 500;
/** More than any text has: the wasm's numbers end here. */
const MOST = 0xffffffff;

/** Loads the wasm on its first call: importing does nothing. */
export function loader(load) {
  const loaded = once(load, (message, cause) => new Error(`loadText: ${message}`, { cause }));
  return async () => {
    await loaded();
    return { countText, entities, splitThread };
  };
}

function countText(text, unit = "code-points") {
  isText("countText", text);
  return count(text, placeOf("countText", unit));
}

function entities(text) {
  isText("entities", text);
  const numbers = find(text);
  return Array.from({ length: numbers.length / 5 }, (_, at) => entity(text, numbers.subarray(at * 5)));
}

function entity(whole, [place, start, end, startByte, endByte]) {
  const kind = KINDS[place];
  const text = whole.slice(start, end);
  const value = kind === "link" ? text : text.slice(1).toLowerCase();
  return { kind, text, [VALUES[kind]]: value, start, end, bytes: { start: startByte, end: endByte } };
}

function splitThread(text, options = {}) {
  isText("splitThread", text);
  const { limit, unit, numbering } = threadOptions(options);
  const [failed, ...numbers] = split(text, Math.min(limit, MOST), placeOf("splitThread", unit), numbering);
  if (failed) throw tooLong(text, numbers, { limit, unit });
  const count = numbers.length / 2;
  return Array.from({ length: count }, (_, at) => {
    const part = text.slice(numbers[at * 2], numbers[at * 2 + 1]);
    return numbering && count > 1 ? `${part} ${at + 1}/${count}` : part;
  });
}

function threadOptions(options) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`splitThread: options: expected an object, got ${shown(options)}`);
  }
  const { limit = LIMIT, unit = "code-points", numbering = false, ...others } = options;
  for (const name of Object.keys(others)) {
    throw new TypeError(`splitThread: ${name}: expected only limit, unit and numbering, got an unknown key`);
  }
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`splitThread: limit: expected an integer of at least 1, got ${shown(limit)}`);
  }
  if (typeof numbering !== "boolean" && numbering !== "1/n") {
    throw new TypeError(`splitThread: numbering: expected true, false or "1/n", got ${shown(numbering)}`);
  }
  return { limit, unit, numbering: Boolean(numbering) };
}

/** What `splitThread` throws when something that it never cuts is longer than a part. */
function tooLong(whole, [place, start, end, length, room], { limit, unit }) {
  const kind = KINDS[place];
  const text = whole.slice(start, end);
  const left = room === limit ? `the limit is ${limit}` : `its part has room for ${room}, the limit is ${limit}`;
  const error = new RangeError(`splitThread: the ${kind} ${shown(text)} has ${length} ${UNITS[unit]}; ${left}`);
  return Object.assign(error, { kind, text, start, end, length, room, limit, unit });
}

function isText(name, text) {
  if (typeof text !== "string") {
    throw new TypeError(`${name}: text: expected a string, got ${shown(text)}`);
  }
}

function placeOf(name, unit) {
  const place = Object.keys(UNITS).indexOf(unit);
  if (place < 0) {
    throw new RangeError(`${name}: unit: expected one of ${Object.keys(UNITS).join(", ")}, got ${shown(unit)}`);
  }
  return place;
}

/** A value in a message: short, and never a throw of its own. */
function shown(value) {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  const isPlain = value === null || ["undefined", "boolean", "number"].includes(typeof value);
  return isPlain ? String(value) : `something else (${typeof value})`;
}
