//! Where and when it was measured.

import { cpus, totalmem, type } from "node:os";
import { TOLD } from "./cpu.js";
import { versions } from "./parties.js";

/** `{ date, machine, told, versions }`. */
export async function surroundings() {
  const cores = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cores[0].model.trim()}, ${cores.length} cores, ${gigabytes} GB, ${type()}`,
    told: TOLD,
    versions: await versions(),
  };
}
