//! Makes the calls of the documentation's examples through the package. Plain JavaScript: it is copied into each consumer.

/** What stands in every file that is uploaded. */
const BYTES = [0, 127, 128, 255];

/** Makes every call, one after the other. */
export async function callAll(api, { baseUrl, examples, operations }) {
  for (const [index, example] of examples.entries()) {
    const operation = operations.find((it) => it.id === example.op);
    await call(api, baseUrl, example, operation, index);
  }
  return examples.length;
}

async function call(api, baseUrl, example, operation, index) {
  if (example.op === "auth.register") return api.register(example.json, { baseUrl });
  // More writes than a minute allows.
  const client = await api.connect({ baseUrl, onLimit: "ignore", ...credentials(example) });
  if (example.op === "auth.refresh") await client.auth.token();
  const names = example.op.split(".");
  const method = names.pop();
  const resource = names.reduce((parent, name) => parent[name], client);
  return resource[method](...args(example, operation, index));
}

function credentials({ op, bearer }) {
  if (!op.startsWith("auth.")) return bearer ? { token: "iat_1" } : {};
  return { clientId: "$IMAGINEANYTHING_CLIENT_ID", clientSecret: "$IMAGINEANYTHING_CLIENT_SECRET" };
}

/** The arguments of an example: what stands in the holes of the path, then query, body or form. */
export function args({ op, path, query, json, form }, operation, index = 0) {
  if (op.startsWith("auth.")) return [];
  const filled = path.split("/");
  const holes = operation.path.split("/").flatMap((part, at) => (part.startsWith("{") ? [filled[at]] : []));
  if (form) return [...holes, Object.fromEntries(Object.entries(form).map(([name, part]) => [name, input(part, index)]))];
  if (json) return [...holes, json];
  if (query) return [...holes, Object.fromEntries(Object.entries(query).map(([name, text]) => [name, typed(name, text, operation)]))];
  return holes;
}

/** A value of the query, whose values are all texts in a URL. */
function typed(name, text, operation) {
  const { type } = operation.query.find((field) => field.name === name);
  return type === "integer" || type === "boolean" ? JSON.parse(text) : text;
}

/** A part of a form: a text, or a file in one of the ways in which callers have it. */
function input(part, index) {
  if (typeof part === "string") return part;
  const [name, type, data] = [part.file, mime(part.file), new Uint8Array(bytes(part.file))];
  return index % 2 === 0 ? new File([data], name, { type }) : { data, name, type };
}

/** What is in a file: it begins as those of its type do. */
export function bytes(file) {
  const beginning = file.endsWith(".mp4") ? "\0\0\0\x18ftypisom" : "\xff\xd8\xff\xe0";
  return [...[...beginning].map((c) => c.charCodeAt(0)), ...BYTES];
}

export function mime(file) {
  return file.endsWith(".mp4") ? "video/mp4" : "image/jpeg";
}
