//! How much memory is in use, once what nobody holds is gone: the engine's heap, and what lies outside it.

export async function inUse() {
  // Finalisers run between two collections.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The microseconds that this process works for something. */
export async function worked(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const { now } = Date;
let passed = 0;
Date.now = () => now() + passed;
const monotonic = performance.now.bind(performance);
performance.now = () => monotonic() + passed;

/** Sets the clocks ahead. Clients that keep to a service's limit remember the calls of the last minute: it must not hold all of them. */
export function letPass(milliseconds) {
  passed += milliseconds;
}
