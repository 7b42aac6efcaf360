/** The longest wait that a timer can be set to. */
const LONGEST_MS = 2 ** 31 - 1;

/** What connections that were never made are told as, where a runtime tells. */
const UNSENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

/**
 * Sends a request and reads the whole answer, which must be there in `timeoutMs`. `fetch` is a
 * function, an object with a method of that name, or nothing for the global one, which is looked up
 * for each call; `head` has a line for the method, the URL, and each header's name and value. Never
 * rejects: whatever a fetch throws, or gives that is no answer, is told in `failure`. Settles when
 * the time is over or the signal aborts, whether or not the fetch heeds it.
 */
export function exchange(fetch, head, body, signal, timeoutMs, excerpt) {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const settle = (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve(outcome);
    };
    const end = (failure, reason, cause) => {
      settle({ failure, reason, cause });
      controller.abort(cause);
    };
    const abort = () => end(describe(signal.reason), "aborted", signal.reason);
    const timer = setTimeout(end, Math.min(timeoutMs, LONGEST_MS), "it took too long", "timeout");
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    ask(fetch, head, body, controller.signal, excerpt).then(settle);
  });
}

async function ask(fetch, head, body, signal, excerpt) {
  try {
    const [method, url, ...names] = head.split("\n");
    const headers = {};
    for (let i = 0; i < names.length; i += 2) headers[names[i]] = names[i + 1];
    // A redirect would take the token elsewhere; not every runtime takes it off on the way.
    const init = { method, headers, redirect: "manual", signal };
    if (body !== undefined) init.body = body;
    const response = await (typeof fetch === "function" ? fetch(url, init) : (fetch ?? globalThis).fetch(url, init));
    const status = response?.status;
    if (!Number.isInteger(status)) throw new TypeError("fetch gave no Response");
    if (status === 0) throw new TypeError("no answer, or a redirect: check baseUrl");
    const { value, other } = read(String(await response.text()), excerpt);
    return { status, value, other, headers: headersOf(response) };
  } catch (cause) {
    return { failure: describe(cause), reason: UNSENT.includes(codeOf(cause)) ? "unsent" : "network", cause };
  }
}

/** A body as JSON, as nothing, or the beginning of what is neither. */
function read(text, excerpt) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { other: text.trim().slice(0, excerpt) || undefined };
  }
}

/** The headers alone: whoever keeps a Response keeps its body, too, and the engine's work with it. */
function headersOf(response) {
  try {
    return response.headers;
  } catch {
    return undefined;
  }
}

/** A header of an answer. */
export function headerOf({ headers }, name) {
  try {
    const value = headers.get(name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Gives an outcome the value that is handed on. */
export function give(outcome, value) {
  outcome.value = value;
  return outcome;
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

function codeOf(cause) {
  try {
    return cause?.cause?.code ?? cause?.code;
  } catch {
    return undefined;
  }
}

/** Whether a call may await what another began: in Cloudflare Workers that hangs. */
export function sharesPromises() {
  return globalThis.navigator?.userAgent !== "Cloudflare-Workers";
}

/** Whether anybody can read what a client holds. */
export function isPage() {
  return globalThis.document !== undefined;
}

/** A wait that can be ended: `done` resolves with whether the signal ended it. */
export function startPause(ms, signal) {
  const pause = { cancel: () => {} };
  pause.done = new Promise((resolve) => {
    const end = () => {
      pause.cancel();
      resolve(signal?.aborted === true);
    };
    if (signal?.aborted) return resolve(true);
    const timer = setTimeout(end, Math.min(ms, LONGEST_MS));
    signal?.addEventListener("abort", end);
    pause.cancel = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    };
  });
  return pause;
}

/** Tells a listener, whose own faults are none of the call's. */
export function emit(listener, event) {
  try {
    Promise.resolve(listener(event)).catch(() => {});
  } catch {}
}

/** What a caller's function gives for a token. */
export async function tokenOf(source) {
  return source();
}
