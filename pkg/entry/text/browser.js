// Browsers and their bundlers: the wasm streams in beside the script on the first call.

import init from "../../dist/text.js";
import { loader } from "./functions.js";

export const loadText = loader(() => init({ module_or_path: new URL("../../dist/text.wasm", import.meta.url) }));
