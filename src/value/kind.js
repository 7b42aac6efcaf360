/** The kind of a value, as the order of `Kind` in Rust has it. A revoked proxy counts as an object. */
export function kindOf(value) {
  if (value === null) return 0;
  switch (typeof value) {
    case "boolean":
      return 1;
    case "number":
      return 2;
    case "string":
      return 3;
    case "object":
      try {
        return Array.isArray(value) ? 4 : 5;
      } catch {
        return 5;
      }
    default:
      return 6;
  }
}

/** What stands for a value whose reading throws. */
const UNREADABLE = Symbol("unreadable");

/** What is in an object under `key`. Nothing is in what is no object. */
export function fieldOf(object, key) {
  if (typeof object !== "object" || object === null) return undefined;
  try {
    return object[key];
  } catch {
    return UNREADABLE;
  }
}

/** What stands for an array, or an object, of more than an argument holds. */
const TOO_LARGE = Symbol("too large");

/** What JSON has no word for, in words. */
export function describeOther(value) {
  if (value === TOO_LARGE) return `more than ${MOST_VALUES} values`;
  return value === UNREADABLE ? "something that cannot be read" : `a ${typeof value}`;
}

/** How many values an argument may hold. */
const MOST_VALUES = 10_000;

/**
 * A plain copy of an argument. Each property is read once, so that what is checked is what is sent:
 * getters and inherited properties count as what they are at that moment, `toJSON` is not asked. Files
 * and their bytes stay themselves. What has no end, or no place in JSON, makes the whole argument
 * unreadable, so that nothing is sent in its place.
 */
export function snapshot(argument) {
  let values = 0;
  const above = new Set();
  const copy = (value, key) => {
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.slice === "function" && typeof value.size === "number") return value;
    const isBytes = ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
    if (isBytes && key === "data") return value;
    if (isBytes || value instanceof Map || value instanceof Set || above.has(value)) throw UNREADABLE;
    const isList = Array.isArray(value);
    const names = isList ? value : namesOf(value);
    values += names.length;
    if (values > MOST_VALUES) throw TOO_LARGE;
    above.add(value);
    const copied = isList ? Array.from(value, (item) => copy(item)) : {};
    if (!isList) for (const name of names) define(copied, name, copy(value[name], name));
    above.delete(value);
    return copied;
  };
  try {
    return copy(argument);
  } catch (reason) {
    return reason === TOO_LARGE ? TOO_LARGE : UNREADABLE;
  }
}

/** A copy of options, read once: what they become later changes nothing. */
export function copyOf(options) {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return options;
  try {
    const copied = {};
    for (const name of namesOf(options)) define(copied, name, options[name]);
    return copied;
  } catch {
    return UNREADABLE;
  }
}

/** As `copied[name] = value`, also for `__proto__`. What is undefined is absent. */
function define(copied, name, value) {
  if (value !== undefined) Object.defineProperty(copied, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The names of an object's properties: its own, what is inherited, and the getters of its classes. */
function namesOf(object) {
  const names = Object.getOwnPropertyNames(object);
  let holder = Object.getPrototypeOf(object);
  if (holder === Object.prototype || holder === null) return names;
  const all = new Set(names);
  for (; holder !== null && Object.getPrototypeOf(holder) !== null; holder = Object.getPrototypeOf(holder)) {
    for (const [name, { get, value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      if (get || (enumerable && typeof value !== "function")) all.add(name);
    }
  }
  return [...all];
}

/** How many keys of its own an object has; none when they cannot be read. */
export function sizeOf(object) {
  try {
    return Object.keys(object).length;
  } catch {
    return 0;
  }
}

/**
 * Gives `value`, or each of its items under the key `items`, the name that is handed on for what it
 * calls `from`: a key, or keys with dots between them. `value` is what `JSON.parse` made.
 */
export function alias(value, items, name, from) {
  const keys = from.split(".");
  for (const object of items === undefined ? [value] : listOf(value?.[items])) {
    if (typeof object !== "object" || object === null || (object[name] ?? undefined) !== undefined) continue;
    const found = keys.reduce((inner, key) => inner?.[key], object);
    if (found !== undefined) object[name] = found;
  }
}

const listOf = (value) => (Array.isArray(value) ? value : []);

/** The object under `key`, with what stands beside it and is not in it. */
export function flattened(value, key) {
  const { [key]: inner, ...beside } = value;
  return { ...beside, ...inner };
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", "#x2F": "/", nbsp: " " };

/** Whether two texts are the same but for the form in which a service may keep them. */
export const isSameText = (one, other) => normalForm(one) === normalForm(other);

function normalForm(text) {
  return text
    .normalize("NFC")
    .replace(/(^|\s)https?:\/\/\S+/g, "$1\uFFFC")
    .replace(/&(amp|lt|gt|quot|#39|#x27|#x2F|nbsp);/g, (_, name) => ENTITIES[name])
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
}
