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

/** What JSON has no word for, in words. */
export function describeOther(value) {
  return value === UNREADABLE ? "something that cannot be read" : `a ${typeof value}`;
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
