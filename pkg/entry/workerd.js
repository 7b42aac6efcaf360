// Cloudflare Workers: the wasm is imported as a compiled module.

import module from "../dist/imagineanything.wasm";
import { initSync } from "../dist/imagineanything.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() => initSync({ module }));
