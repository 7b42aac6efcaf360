/**
 * Sends a request and reads the whole answer. `fetch` is a function, an object with a method of
 * that name, or nothing for the global one, which is looked up for each call; `head` has a line
 * for the method, the URL, and each header's name and value. Never rejects: whatever a fetch
 * throws, or gives that is no answer, is told in `failure`.
 */
export async function exchange(fetch, head, body, signal, excerpt) {
  try {
    signal?.throwIfAborted();
    const [method, url, ...names] = head.split("\n");
    const headers = {};
    for (let i = 0; i < names.length; i += 2) headers[names[i]] = names[i + 1];
    // A redirect would take the token elsewhere; not every runtime takes it off on the way.
    const init = { method, headers, redirect: "manual" };
    if (body !== undefined) init.body = body;
    if (signal !== undefined) init.signal = signal;
    const sent = typeof fetch === "function" ? fetch(url, init) : (fetch ?? globalThis).fetch(url, init);
    const response = await heed(signal, sent);
    const status = response?.status;
    if (!Number.isInteger(status)) throw new TypeError("fetch gave no Response");
    if (status === 0) throw new TypeError("no answer, or a redirect: check baseUrl");
    const text = await heed(signal, response.text());
    const { value, other } = read(String(text), excerpt);
    return { status, value, other, header: (name) => readHeader(response, name) };
  } catch (cause) {
    return { failure: describe(cause), aborted: signal?.aborted === true, cause };
  }
}

/** Settles as `step` does, or when the signal aborts: not every fetch heeds it. */
function heed(signal, step) {
  if (signal === undefined) return step;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    Promise.resolve(step)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A body as JSON, as nothing, or the beginning of what is neither. */
function read(text, excerpt) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { other: text.trim().slice(0, excerpt) || undefined };
  }
}

function readHeader(response, name) {
  try {
    const value = response.headers.get(name);
    return typeof value === "string" ? value : undefined;
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

/** Whether a call may await what another began: in Cloudflare Workers that hangs. */
export function sharesPromises() {
  return globalThis.navigator?.userAgent !== "Cloudflare-Workers";
}
