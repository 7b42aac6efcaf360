//! Node 22 beside the machine's own Node.

import { fileURLToPath } from "node:url";
import { installed, nodeIn } from "./toolchain.js";

const FOLDER = fileURLToPath(new URL("../node22", import.meta.url));

/** The path of its program, which is installed by the first who asks. */
export async function node22() {
  await installed(FOLDER);
  return nodeIn(FOLDER);
}
