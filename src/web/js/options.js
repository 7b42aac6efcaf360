/** The pairs of anything that a `Headers` can be made of; throws for anything else. */
export function readHeaders(headers) {
  return [...new Headers(headers)];
}

/** A key that no other call has. */
export function newKey() {
  return crypto.randomUUID();
}
