// Node and Bun: as entry/node.js.

import { readFileSync } from "node:fs";
import { initSync } from "../../dist/text.js";
import { bytesOf } from "../once.js";
import { loader } from "./functions.js";

export const loadText = loader(async () => {
  initSync({
    module: await bytesOf(
      () => readFileSync(new URL("../../dist/text.wasm", import.meta.url)),
      () => import("../../dist/text-inline.js"),
    ),
  });
});
