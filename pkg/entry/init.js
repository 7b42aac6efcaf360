// For those who bring the wasm themselves: call `init` or `initSync` before anything else.

import { entry } from "./package.js";

export { default as init, initSync } from "../dist/imagineanything.js";
export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() => {});
