// What uploads need of the platform: a look into a file, and to know how much of it has left.

import { emit } from "./emit.js";
import { report } from "./events.js";

/** Tells the media type of a form's file, and after a line break its first bytes, a character for each. */
export function beginningOf(id, form, bytes) {
  report(id, async () => {
    const { value: file } = form.find(({ value }) => typeof value !== "string");
    const beginning = await bytesOf(file.slice(0, bytes));
    return `${file.type}\n${String.fromCharCode(...beginning)}`;
  });
}

/** Who is told how many bytes of a form have not left yet. */
const listeners = new WeakMap();

export const listenerOf = (body) => listeners.get(body);

/** Has `listener` told how many bytes have left of all the files that are `together`, this form's among them. */
export function share(listener, together, form) {
  const size = sum(form.map(({ value }) => value.size ?? 0));
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

/** Whether a body is a form: what `formOf` (file.js) makes, a name and a text or a file each. */
export const isForm = (body) => Array.isArray(body);

/** The platform's FormData of a form; `undefined` where its fetch would not understand it. */
export function asFormData(form) {
  try {
    // In jsdom it is jsdom's, which Node's fetch sends as the text "[object FormData]".
    if (!new Response(new FormData()).headers.get("content-type").startsWith("multipart/")) return undefined;
    // And Node waits for ever for the bytes of jsdom's Blob.
    if (form.some(({ value }) => typeof value !== "string" && !value.stream)) return undefined;
    const data = new FormData();
    for (const { name, value, filename } of form) data.append(name, value, ...(filename === undefined ? [] : [filename]));
    return data;
  } catch {
    return undefined;
  }
}

/** The bytes of a form, and their media type. */
export async function multipart(form) {
  const boundary = `----imagineanything${Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join("")}`;
  const escaped = (text) => text.replace(/[\n\r"]/g, (c) => ({ "\n": "%0A", "\r": "%0D" })[c] ?? "%22");
  const encoder = new TextEncoder();
  const parts = [];
  for (const { name, value, filename } of form) {
    const isText = typeof value === "string";
    const file = isText ? "" : `; filename="${escaped(filename)}"\r\nContent-Type: ${value.type || "application/octet-stream"}`;
    parts.push(encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n\r\n`));
    parts.push(isText ? encoder.encode(value.replace(/\r?\n|\r/g, "\r\n")) : await bytesOf(value), encoder.encode("\r\n"));
  }
  parts.push(encoder.encode(`--${boundary}--\r\n`));
  const bytes = new Uint8Array(sum(parts.map((part) => part.length)));
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

/** The bytes of a Blob, of this realm or another: jsdom's can be read by its FileReader alone. */
async function bytesOf(blob) {
  if (blob.arrayBuffer) return new Uint8Array(await blob.arrayBuffer());
  if (blob.bytes) return blob.bytes();
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.onload = resolve;
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
  return new Uint8Array(reader.result);
}
