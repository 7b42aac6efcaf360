// Node and Bun: the wasm is read from disk on the first call. Bundlers that know the form of its URL take
// it along; where it is missing all the same, the script that holds it is loaded.

import { readFileSync } from "node:fs";
import { initSync } from "../dist/imagineanything.js";
import { bytesOf } from "./once.js";
import { entry } from "./package.js";

export { ApiError, isApiError, isDryRun, kvStorage, shouldReply } from "./package.js";

export const { connect, register } = entry(async () => {
  initSync({
    module: await bytesOf(
      () => readFileSync(new URL("../dist/imagineanything.wasm", import.meta.url)),
      () => import("../dist/inline.js"),
    ),
  });
});
