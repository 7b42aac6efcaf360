//! How the client grows with its work.

import { join } from "node:path";
import { finish } from "../support/processes.js";
import { node24 } from "./build.js";
import { spread } from "./numbers.js";
import { PEERS } from "./parties.js";

/** `{ pageBytes, calls, floor, pages }`, the last three `[{ count, time, held }]`: microseconds a call or a page; bytes a call, or in all. */
export async function measureGrowth(progress) {
  progress("growth");
  const printed = await finish(node24(), ["--expose-gc", join(PEERS, "growth.js")]);
  const { pageBytes, ...measured } = JSON.parse(printed);
  const withSpread = ({ count, times, held }) => ({ count, time: spread(times), held: spread(held).median });
  const sizes = Object.entries(measured).map(([name, sizes]) => [name, sizes.map(withSpread)]);
  return { pageBytes, ...Object.fromEntries(sizes) };
}
