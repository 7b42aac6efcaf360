// Node and Bun: the wasm is read from disk on the first call.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { initSync } from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => {
  const here = dirname(fileURLToPath(import.meta.url));
  initSync({ module: readFileSync(join(here, "../../dist/text.wasm")) });
});
