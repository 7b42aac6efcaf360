// Cloudflare Workers: the wasm is imported as a compiled module.

import module from "../../dist/text.wasm";
import { initSync } from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => initSync({ module }));
