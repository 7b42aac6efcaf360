// What uploads need of the platform: a look into a file, and to know how much of it has left.

import { emit } from "./emit.js";
import { report } from "./events.js";

/** Tells the media type of a form's file, and after a line break its first bytes, a character for each. */
export function beginningOf(id, form, bytes) {
  report(id, async () => {
    const file = [...form.values()].find((part) => typeof part !== "string");
    const beginning = new Uint8Array(await file.slice(0, bytes).arrayBuffer());
    return `${file.type}\n${String.fromCharCode(...beginning)}`;
  });
}

/** Who is told how many bytes of a form have not left yet. */
const listeners = new WeakMap();

export const listenerOf = (body) => listeners.get(body);

/** Has `listener` told how many bytes have left of all the files that are `together`, this form's among them. */
export function share(listener, together, form) {
  const size = sum([...form.values()].map((part) => part.size ?? 0));
  const file = { size, sent: 0 };
  together.push(file);
  listeners.set(form, (left) => {
    // The form's own lines count for nothing.
    file.sent = Math.max(0, size - left);
    const sent = sum(together.map((it) => it.sent));
    if (sent !== together.sent) emit(listener, { sent, total: sum(together.map((it) => it.size)) });
    together.sent = sent;
  });
}

const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/**
 * Whether XMLHttpRequest may be used, which alone tells. It follows redirects, and old engines send the
 * bearer along to another origin: Chromium up to 118, Firefox up to 110. Those that have
 * `withResolvers` take it off.
 */
export const canTell = () => globalThis.XMLHttpRequest !== undefined && Promise.withResolvers !== undefined;

/** What `fetch` does, and gives of a Response, by XMLHttpRequest. `left` is told how many bytes have not left yet. */
export async function fetchTelling(url, { method, headers, body, signal }, left) {
  const xhr = new XMLHttpRequest();
  xhr.open(method, url);
  // As `text()` of a Response, whatever the answer says of itself.
  xhr.overrideMimeType("text/plain; charset=utf-8");
  for (const name of Object.keys(headers)) xhr.setRequestHeader(name, headers[name]);
  xhr.upload.onprogress = ({ loaded, total }) => left(total - loaded);
  signal.addEventListener("abort", () => xhr.abort());
  await new Promise((resolve, reject) => {
    xhr.onload = resolve;
    xhr.onerror = () => reject(new TypeError("the connection broke, or the browser did not let the call out"));
    xhr.send(body);
  });
  // It followed a redirect: what came is no answer of the service, as little as to `fetch`.
  if (xhr.responseURL !== new URL(url).href) return { status: 0 };
  const lines = xhr.getAllResponseHeaders().split("\r\n").filter(Boolean);
  return {
    status: xhr.status,
    headers: new Headers(lines.map((line) => line.split(/: ?(.*)/, 2))),
    text: () => xhr.responseText,
  };
}
