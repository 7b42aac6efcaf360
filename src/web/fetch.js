import { endBy, report, tell } from "./events.js";
import { asFormData, canTell, fetchTelling, isForm, listenerOf, multipart } from "./upload.js";

/** The longest wait that a timer can be set to. */
const LONGEST_MS = 2 ** 31 - 1;

/** The codes of requests that never left, by the runtimes that give them. */
const UNSENT = [
  // Node: no connection, no name, no permission, no handle, no URL.
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM|EMFILE|ENFILE)$/,
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_ACCESS_DENIED|ERR_INVALID_URL|ERR_SOCKET_BAD_PORT)$/,
  // Node and Bun: certificates and handshakes.
  /^(CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH)(_|$)/,
  /^ERR_SSL_(WRONG_VERSION|UNSUPPORTED_PROTOCOL|NO_|PACKET_LENGTH|HTTP_REQUEST|TLSV1_ALERT_(PROTOCOL|INTERNAL)|\w*HANDSHAKE)/,
  // Bun: no connection.
  /^(ConnectionRefused|FailedToOpenSocket|UnableToConnect|DNSResolutionFailed)$/,
];

/** What the same say that have no code. */
const UNSENT_TEXT = [
  // Node: ports that fetch blocks, connections that end in the handshake, proxies that refuse.
  /^bad port$|before secure TLS connection|EPROTO.*(wrong version|handshake|protocol)|HTTP Tunneling/i,
  // Deno: by the stage that failed, and for want of a permission.
  /client error \(Connect\)|error trying to connect|Requires net access/,
];

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
  let stop = () => {};
  const settle = (outcome) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    stop();
    endBy(id);
    tell(id, outcome);
  };
  const end = (failure, reason, cause) => {
    settle({ failure, reason, cause });
    controller.abort(cause);
  };
  const abort = () => end(describe(reasonOf(signal)), "aborted", reasonOf(signal));
  const timer = setTimeout(end, Math.min(timeoutMs, LONGEST_MS), "it took too long", "timeout");
  if (isAborted(signal)) return abort();
  stop = onAbort(signal, abort) ?? stop;
  endBy(id, () => end("nobody waits for it", "aborted"));
  ask(fetch, start, headers, body, controller.signal, excerpt).then(settle);
}

async function ask(fetch, start, lines, body, signal, excerpt) {
  try {
    const end = start.indexOf("\n");
    const [method, url] = [start.slice(0, end), start.slice(end + 1)];
    // A redirect would take the token elsewhere; not every runtime takes it off on the way.
    const init = { method, headers: headersFrom(lines), redirect: "manual", signal };
    if (body !== undefined) init.body = body;
    if (isForm(body)) await place(body, init, !fetch || fetch === globalThis.fetch);
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
    return { failure: describe(cause), reason: isUnsent(cause) ? "unsent" : "network", cause };
  }
}

/** Makes a form the body of a request: the platform's own FormData for its own fetch, bytes for any other. */
async function place(form, init, isPlatform) {
  init.body = isPlatform ? asFormData(form) : undefined;
  if (init.body) return;
  const { type, bytes } = await multipart(form);
  init.headers["content-type"] = type;
  init.body = bytes;
}

/** Each fetch that takes no signal of this realm: jsdom has an AbortController of its own beside Node's fetch. */
const unsignalled = new WeakSet();

async function send(fetch, url, init, left) {
  if (!fetch && left && canTell()) return fetchTelling(url, init, left);
  const holder = typeof fetch === "function" ? { fetch: (...args) => fetch(...args) } : (fetch ?? globalThis);
  const key = typeof fetch === "function" ? fetch : holder.fetch;
  if (unsignalled.has(key)) return holder.fetch(url, { ...init, signal: undefined });
  try {
    return await holder.fetch(url, init);
  } catch (cause) {
    if (init.signal.aborted || !isOfSignal(cause)) throw cause;
    // Nothing was sent. The client ends calls by itself, whether or not the fetch does.
    unsignalled.add(key);
    return holder.fetch(url, { ...init, signal: undefined });
  }
}

/** Whether a fetch refused a request for its signal. */
function isOfSignal(cause) {
  try {
    return cause.name === "TypeError" && !cause.cause && /AbortSignal/.test(cause.message);
  } catch {
    return false;
  }
}

const decoder = new TextDecoder();

/** Workers that stand in for Node name the version of its fetch, too, but as an empty text. */
const IN_NODE = Boolean(globalThis.process?.versions?.undici);

/** In Node `text()` goes through more promises than a body has chunks; elsewhere it is the shortest way. */
function textOf(response) {
  const reader = IN_NODE && response.body?.getReader?.();
  if (reader) return drained(reader);
  // Stand-ins may know JSON alone.
  return response.text ? response.text() : response.json().then((value) => JSON.stringify(value));
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

/** Whether a fetch that failed like this surely sent nothing. Runtimes put what they know some causes deep. */
function isUnsent(cause, depth = 0) {
  try {
    if (typeof cause !== "object" || cause === null || depth > 5) return false;
    // All addresses of a host were tried.
    if (cause.errors?.length > 0) return [...cause.errors].every((one) => isUnsent(one, depth + 1));
    const { code, name, syscall, message } = cause;
    if (name === "NotCapable" || name === "PermissionDenied" || syscall === "connect" || syscall === "getaddrinfo") return true;
    // A connection that is in use may lose its route.
    if (syscall === "read" || (syscall === "write" && code !== "EPROTO")) return false;
    if (UNSENT.some((codes) => codes.test(code)) || UNSENT_TEXT.some((texts) => texts.test(message))) return true;
    return isUnsent(cause.cause, depth + 1);
  } catch {
    return false;
  }
}

/** Whether a call may await what another began: in Cloudflare Workers that hangs. They alone have pairs of sockets. */
export function sharesPromises() {
  return globalThis.WebSocketPair === undefined && globalThis.navigator?.userAgent !== "Cloudflare-Workers";
}

/** What is called when a signal aborts, by the signal. */
const listening = new WeakMap();

/**
 * Calls `hear` when the signal aborts. What it returns ends that. All share one listener, since Node
 * warns of more than ten. A signal that cannot be listened to ends nothing.
 */
export function onAbort(signal, hear) {
  if (!signal) return undefined;
  let all = listening.get(signal);
  if (!all) {
    all = new Set();
    const fire = () => [...all].forEach((it) => it());
    all.stop = () => signal.removeEventListener("abort", fire);
    try {
      signal.addEventListener("abort", fire);
    } catch {
      return undefined;
    }
    listening.set(signal, all);
  }
  all.add(hear);
  return () => {
    all.delete(hear);
    if (all.size > 0 || listening.get(signal) !== all) return;
    listening.delete(signal);
    try {
      all.stop();
    } catch {
      // It hears nobody any more.
    }
  };
}

function isAborted(signal) {
  try {
    return signal?.aborted === true;
  } catch {
    return false;
  }
}

function reasonOf(signal) {
  try {
    return signal.reason;
  } catch {
    return undefined;
  }
}

/** Whether anybody can read what a client holds. */
export function isPage() {
  return globalThis.document !== undefined;
}

/** Waits, and tells whether the signal ended it. What it gives ends it without a word. */
export function startPause(id, ms, signal) {
  const cancel = () => {
    clearTimeout(timer);
    stop?.();
  };
  const end = () => {
    cancel();
    tell(id, { value: isAborted(signal) });
  };
  const timer = setTimeout(end, isAborted(signal) ? 0 : Math.min(ms, LONGEST_MS));
  const stop = onAbort(signal, end);
  return { cancel };
}

/** Tells what a caller's function gives for a token. */
export function tokenOf(id, source) {
  report(id, async () => source());
}
