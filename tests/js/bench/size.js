//! How large a client is over the wire, with one call of it, and how many operations it has.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { finish } from "../support/processes.js";
import { BROWSER, bundle, node24, WASM } from "./build.js";
import { OURS, PARTIES, PEERS } from "./parties.js";

/** `{ parties: [{ name, script, wasm, brotli, operations }] }`: bytes; `operations` is null where a client has none of its own. */
export async function measureSizes(progress) {
  progress("sizes");
  const operations = await count();
  const parties = [];
  for (const [name, file] of Object.entries(PARTIES)) {
    const call = `import { list, open } from "./parties/${file}.js"; export const call = async () => list(await open(fetch));`;
    const script = brotli(await bundle(call, { ...BROWSER, minify: true }));
    const wasm = name === OURS ? brotli(await readFile(WASM)) : 0;
    parties.push({ name, script, wasm, brotli: script + wasm, operations: operations[name] });
  }
  return { parties };
}

const brotli = (content) => brotliCompressSync(content).length;

async function count() {
  return JSON.parse(await finish(node24(), [join(PEERS, "operations.js"), JSON.stringify(PARTIES)]));
}
