// Browsers and their bundlers: the wasm streams in beside the script on the first call.

import init from "../dist/imagineanything.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() =>
  init({ module_or_path: new URL("../dist/imagineanything.wasm", import.meta.url) }),
);
