//! What the measurements run: scripts bundled for a runtime, the wasm, and Node 24.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { nodeIn } from "../support/toolchain.js";
import { wasmBeside } from "../support/worker.js";
import { PEERS } from "./parties.js";

export const WASM = fileURLToPath(new URL("../../../pkg/dist/imagineanything.wasm", import.meta.url));

/** The path of Node 24, which is installed with the peers. */
export const node24 = () => nodeIn(PEERS);

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
    plugins: [wasmBeside()],
    ...options,
  });
  return outputFiles[0].text;
}
