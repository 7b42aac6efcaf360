//! The toolchains of tests/consumers: each a folder with its own package.json and lock, installed by the first who asks.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "./processes.js";

const CONSUMERS = fileURLToPath(new URL("../../consumers", import.meta.url));

/** The folder of a toolchain, installed as its lock says. */
export async function toolchain(name) {
  const folder = join(CONSUMERS, name);
  await installed(folder);
  return folder;
}

/** Installs what a folder's own package.json and lock name, if it is not there. */
export async function installed(folder) {
  const [locked, present] = await Promise.all([
    changed(join(folder, "package-lock.json")),
    changed(join(folder, "node_modules/.package-lock.json")),
  ]);
  if (present < locked) {
    // Not `ci`: it refuses a lock without what other platforms need, which not every registry has.
    await finish("npm", ["install", "--no-save", "--no-audit", "--no-fund"], { cwd: folder });
  }
}

/** When a file was last changed; long ago, if there is none. */
async function changed(path) {
  const file = await stat(path).catch(() => undefined);
  return file?.mtimeMs ?? 0;
}
