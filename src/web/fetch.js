/**
 * Sends a request and reads the whole answer. `fetch` is a function, an object with a method of
 * that name, or nothing for the global one, which is looked up for each call. Never rejects:
 * whatever a fetch throws, or gives that is no answer, is told in `failure`.
 */
export async function exchange(fetch, url, init) {
  try {
    init.signal?.throwIfAborted();
    const response = await (typeof fetch === "function"
      ? fetch(url, init)
      : (fetch ?? globalThis).fetch(url, init));
    const status = response?.status;
    if (!Number.isInteger(status)) throw new TypeError("fetch gave no Response");
    const body = await response.text();
    if (typeof body !== "string") throw new TypeError("the text of the answer is no string");
    return { status, body, header: (name) => readHeader(response, name) };
  } catch (cause) {
    return { failure: describe(cause), aborted: init.signal?.aborted === true, cause };
  }
}

function readHeader(response, name) {
  try {
    return response.headers.get(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What a rejection says. Node puts the reason of its "fetch failed" one cause deeper. */
function describe(cause) {
  try {
    if (typeof cause === "string") return cause;
    const message = String(cause?.message ?? "fetch gave no reason");
    return cause?.cause?.message ? `${message}: ${cause.cause.message}` : message;
  } catch {
    return "fetch gave no reason";
  }
}
