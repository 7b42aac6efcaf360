//! What the measurements run: scripts bundled for a runtime, the wasm, and Node 24.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PEERS } from "./parties.js";

const { platform, arch } = process;
export const WASM = fileURLToPath(new URL("../../../pkg/dist/imagineanything.wasm", import.meta.url));

/** The path of Node 24, which is installed with the peers. */
export function node24() {
  const packages = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`];
  const programs = packages.map((name) => join(PEERS, "node_modules", name, "bin/node"));
  const program = programs.find((path) => existsSync(path));
  if (!program) throw new Error(`npm installed none of ${packages.join(", ")}`);
  return program;
}

/** A wasm stays a file beside the script. */
const wasmBeside = {
  name: "wasm-beside",
  setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, () => ({ path: "./imagineanything.wasm", external: true })),
};

/** How esbuild bundles for a runtime. */
export const BROWSER = { platform: "browser" };
export const NODE = {
  platform: "node",
  external: ["imagineanything"],
  // For what of it is CommonJS.
  banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
};
export const WORKERD = { platform: "browser", conditions: ["workerd", "worker", "browser"] };

/** A script of the peers' folder and all that it imports, as one. */
export async function bundle(contents, options) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: PEERS },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
    plugins: [wasmBeside],
    ...options,
  });
  return outputFiles[0].text;
}
