import { report, tell } from "./events.js";
import { canTell, fetchTelling, listenerOf } from "./upload.js";

/** The longest wait that a timer can be set to. */
const LONGEST_MS = 2 ** 31 - 1;

/** What connections that were never made are told as, where a runtime tells. */
const UNSENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];

/**
 * Sends a request, reads the whole answer, which must be there in `timeoutMs`, and tells it. `fetch` is a
 * function, an object with a method of that name, or nothing for the global one, which is looked up
 * for each call; `start` has a line for the method and the URL, `headers` one for
 * each header's name and value.
 * Whatever a fetch throws, or gives that is no answer, is told in `failure`; so is the end of the
 * time, or the signal's, whether or not the fetch heeds it.
 */
export function exchange(id, fetch, start, headers, body, signal, timeoutMs, excerpt) {
  const controller = new AbortController();
  let over = false;
  const settle = (outcome) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    tell(id, outcome);
  };
  const end = (failure, reason, cause) => {
    settle({ failure, reason, cause });
    controller.abort(cause);
  };
  const abort = () => end(describe(signal.reason), "aborted", signal.reason);
  const timer = setTimeout(end, Math.min(timeoutMs, LONGEST_MS), "it took too long", "timeout");
  if (signal?.aborted) return abort();
  signal?.addEventListener("abort", abort);
  ask(fetch, start, headers, body, controller.signal, excerpt).then(settle);
}

async function ask(fetch, start, lines, body, signal, excerpt) {
  try {
    const end = start.indexOf("\n");
    const [method, url] = [start.slice(0, end), start.slice(end + 1)];
    // A redirect would take the token elsewhere; not every runtime takes it off on the way.
    const init = { method, headers: headersFrom(lines), redirect: "manual", signal };
    if (body !== undefined) init.body = body;
    const left = listenerOf(body);
    left?.(Infinity);
    const response = await send(fetch, url, init, left);
    if (!signal.aborted) left?.(0);
    const status = response?.status;
    if (!Number.isInteger(status)) throw new TypeError("fetch gave no Response");
    if (status === 0) throw new TypeError("no answer, or a redirect: check baseUrl");
    const { value, other } = read(String(await textOf(response)), excerpt);
    return { status, value, other, headers: headersOf(response) };
  } catch (cause) {
    return { failure: describe(cause), reason: UNSENT.includes(codeOf(cause)) ? "unsent" : "network", cause };
  }
}

function send(fetch, url, init, left) {
  if (typeof fetch === "function") return fetch(url, init);
  if (!fetch && left && canTell()) return fetchTelling(url, init, left);
  return (fetch ?? globalThis).fetch(url, init);
}

const decoder = new TextDecoder();

/** Workers that stand in for Node name the version of its fetch, too, but as an empty text. */
const IN_NODE = Boolean(globalThis.process?.versions?.undici);

/** In Node `text()` goes through more promises than a body has chunks; elsewhere it is the shortest way. */
function textOf(response) {
  const reader = IN_NODE && response.body?.getReader?.();
  return reader ? drained(reader) : response.text();
}

async function drained(reader) {
  const chunks = [];
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) chunks.push(chunk.value);
  if (chunks.length === 1) return decoder.decode(chunks[0]);
  const streaming = new TextDecoder();
  return chunks.map((chunk) => streaming.decode(chunk, { stream: true })).join("") + streaming.decode();
}

/** The headers of the last request, and the lines that they were made from. */
let last = {};

/** A copy of the headers: a fetch may change them. */
function headersFrom(lines) {
  if (lines !== last.lines) {
    const texts = lines.split("\n");
    const headers = {};
    for (let i = 0; i + 1 < texts.length; i += 2) headers[texts[i]] = texts[i + 1];
    last = { lines, headers };
  }
  return { ...last.headers };
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

/** What the headers tell of the limit: numbers, and the class of the call, if that is told. */
export function rateOf({ headers }) {
  try {
    const text = (name) => headers.get(`x-ratelimit-${name}`) || undefined;
    // Proxies may have told them twice: "30, 30".
    const figure = (name, choose) => choose(...(text(name)?.split(",").map(Number) ?? [NaN]));
    const [limit, remaining] = [figure("limit", Math.max), figure("remaining", Math.min)];
    if (!(limit >= 0 && remaining >= 0)) return undefined;
    return { limit, remaining, reset: figure("reset", Math.max), class: text("endpoint-type") };
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

/** Waits, and tells whether the signal ended it. What it gives ends it without a word. */
export function startPause(id, ms, signal) {
  const cancel = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  };
  const end = () => {
    cancel();
    tell(id, { value: signal?.aborted === true });
  };
  const timer = setTimeout(end, signal?.aborted ? 0 : Math.min(ms, LONGEST_MS));
  signal?.addEventListener("abort", end);
  return { cancel };
}

/** Tells what a caller's function gives for a token. */
export function tokenOf(id, source) {
  report(id, async () => source());
}
