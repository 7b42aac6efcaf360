// The edge runtime of Next and Vercel: what `?module` gives is the compiled module.

import module from "../dist/imagineanything.wasm?module";
import init from "../dist/imagineanything.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() => init({ module_or_path: module }));
