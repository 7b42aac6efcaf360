/** The pairs of anything that a `Headers` can be made of; throws for anything else. */
export function readHeaders(headers) {
  return [...new Headers(headers)];
}

/** A key that no other call has; an empty one where nothing random is to be had. A page that is no secure context lacks `randomUUID`. */
export function newKey() {
  try {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return "";
  }
}
