//! Node 22 beside the machine's own Node: npm has it as a package for each platform.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "./processes.js";

const FOLDER = fileURLToPath(new URL("../node22", import.meta.url));
const { platform, arch } = process;
const PACKAGES = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`];

/** The path of its program, which is installed by the first who asks. */
export async function node22() {
  if (!find()) {
    await finish("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER });
  }
  const program = find();
  if (!program) {
    throw new Error(`npm installed none of ${PACKAGES.join(", ")}`);
  }
  return program;
}

function find() {
  const programs = PACKAGES.map((name) => join(FOLDER, "node_modules", name, "bin/node"));
  return programs.find((program) => existsSync(program));
}
