//! The toolchains of tests/consumers: each a folder with its own package.json and lock, installed by the first who asks.

import { existsSync } from "node:fs";
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

/** The program of the Node that a folder names among its packages: npm has it as one for each platform. */
export function nodeIn(folder) {
  const { platform, arch } = process;
  const packages = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`];
  return programIn(folder, packages.map((name) => `${name}/bin/node`));
}

/** The first of these programs that a folder's packages have. */
export function programIn(folder, names) {
  const program = names.map((name) => join(folder, "node_modules", name)).find((path) => existsSync(path));
  if (!program) throw new Error(`npm installed none of ${names.join(", ")}`);
  return program;
}

/** When a file was last changed; long ago, if there is none. */
async function changed(path) {
  const file = await stat(path).catch(() => undefined);
  return file?.mtimeMs ?? 0;
}
