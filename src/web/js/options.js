/** The pairs of anything that a `Headers` can be made of; throws for anything else. */
export function readHeaders(headers) {
  return [...new Headers(headers)];
}
