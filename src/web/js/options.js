/** The pairs of anything that a `Headers` can be made of; throws for anything else. */
export function readHeaders(headers) {
  return [...new Headers(headers)];
}

/** A key that no other call has. */
export function newKey() {
  // It is there in secure contexts alone.
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
