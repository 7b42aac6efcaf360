//! A worker in workerd: bundled by esbuild as Workers are, each wasm a compiled module beside it.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

/** The newest date that the pinned workerd knows. */
export const COMPATIBILITY_DATE = "2026-04-26";

/** For esbuild: a wasm stays a file beside the script; `found` is told the path of each. */
export const wasmBeside = (found = () => {}) => ({
  name: "wasm-beside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
      found(join(resolveDir, path));
      return { path: `./${basename(path)}`, external: true };
    }),
});

/** Starts a script of a folder; `options` are miniflare's. */
export async function startWorker(folder, options = {}, script = "worker.js") {
  return new Miniflare({
    modules: await modules(folder, script),
    modulesRoot: folder,
    compatibilityDate: COMPATIBILITY_DATE,
    cf: false,
    ...options,
  });
}

/** The bundle, and beside it each wasm as the compiled module that Workers want. */
async function modules(folder, script) {
  const wasms = new Set();
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [script],
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    external: ["cloudflare:workers"],
    plugins: [wasmBeside((path) => wasms.add(path))],
    write: false,
  });
  const compiled = async (wasm) => ({
    type: "CompiledWasm",
    path: join(folder, basename(wasm)),
    contents: await readFile(wasm),
  });
  return [
    { type: "ESModule", path: join(folder, "bundle.js"), contents: outputFiles[0].text },
    ...(await Promise.all([...wasms].map(compiled))),
  ];
}
