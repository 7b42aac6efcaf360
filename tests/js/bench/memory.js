//! What clients leave in memory.

import { join } from "node:path";
import { finish } from "../support/processes.js";
import { node24 } from "./build.js";
import { PARTIES, PEERS } from "./parties.js";

/** `{ parties: [{ name, calls, client, walk }] }`: bytes; `walk` is null where a client has no iterator. */
export async function measureMemory(progress) {
  progress("memory");
  // Two at once: some clients mostly wait, and no time is measured.
  const waiting = Object.entries(PARTIES);
  const found = {};
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, file] = next;
      const printed = await finish(node24(), ["--expose-gc", join(PEERS, "memory.js"), file]);
      found[name] = { name, ...JSON.parse(printed) };
    }
  };
  await Promise.all([work(), work()]);
  return { parties: Object.keys(PARTIES).map((name) => found[name]) };
}
