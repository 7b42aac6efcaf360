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

/** How many keys of its own an object has; none when they cannot be read. */
export function sizeOf(object) {
  try {
    return Object.keys(object).length;
  } catch {
    return 0;
  }
}
