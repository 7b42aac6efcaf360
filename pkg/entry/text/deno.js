// Deno: the wasm is imported as source, which needs no permission to read.

import source module from "../../dist/text.wasm";
import { initSync } from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => initSync({ module }));
