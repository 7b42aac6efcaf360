// For bundlers that drop assets: the wasm travels inside the script, a third larger.

import { initSync } from "../dist/imagineanything.js";
import { wasm } from "../dist/inline.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(() => {
  initSync({ module: Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)) });
});
