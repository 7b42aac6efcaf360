// Node and Bun: the wasm is read from disk on the first call.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { initSync } from "../dist/imagineanything.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() => {
  const here = dirname(fileURLToPath(import.meta.url));
  initSync({ module: readFileSync(join(here, "../dist/imagineanything.wasm")) });
});
