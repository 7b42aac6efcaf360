// The edge runtime of Next and Vercel: what `?module` gives is the compiled module.

import module from "../../dist/text.wasm?module";
import init from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => init({ module_or_path: module }));
