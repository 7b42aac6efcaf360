//! How long processes have worked: not how long they waited, nor what other processes did.

import { readdir, readFile } from "node:fs/promises";

/** Whether the system tells; where it does not, the clock stands in. */
export const TOLD = process.platform === "linux";

/** The microseconds that these processes have worked, all threads together. */
export async function worked(pids) {
  if (!TOLD) return performance.now() * 1000;
  const times = await Promise.all(pids.map(workedOne));
  return times.reduce((sum, it) => sum + it, 0);
}

async function workedOne(pid) {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = threads.map(async (thread) => {
    const line = await readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8").catch(() => "0");
    return Number(line.split(" ")[0]) / 1000;
  });
  return (await Promise.all(times)).reduce((sum, it) => sum + it, 0);
}

/** The processes that this one has started. */
export async function children() {
  if (!TOLD) return [];
  const threads = await readdir("/proc/self/task");
  const lists = threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, "utf8").catch(() => ""));
  return (await Promise.all(lists)).join(" ").split(/\s+/).filter(Boolean).map(Number);
}
