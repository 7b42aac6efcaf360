// For bundlers that drop assets: the wasm travels inside the script, a third larger.

import { wasm } from "../../dist/text-inline.js";
import { initSync } from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => {
  initSync({ module: Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)) });
});
