//! The local service, for one test file: in memory, on a port of its own.

import { fileURLToPath } from "node:url";
import { start } from "./processes.js";

const BINARY = process.env.SANDBOX_BIN ?? fileURLToPath(new URL("../../../target/debug/sandbox", import.meta.url));

export async function startService(...options) {
  const args = ["--port", "0", "--db", ":memory:", ...options];
  const service = await start(BINARY, args, { ready: /listening on (http:\/\/\S+)\n/ });
  return { baseUrl: service.match[1], output: service.output, stop: service.stop };
}
