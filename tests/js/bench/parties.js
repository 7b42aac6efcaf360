//! Who is measured, and in which versions.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Packages, ours first, and the script in peers/parties that uses each. */
export const PARTIES = {
  imagineanything: "imagineanything",
  octokit: "octokit",
  "@octokit/rest": "octokit-rest",
  openai: "openai",
  "@anthropic-ai/sdk": "anthropic",
  "@atproto/api": "atproto",
  stripe: "stripe",
  "@supabase/supabase-js": "supabase",
  masto: "masto",
  ky: "ky",
  "openapi-fetch": "openapi-fetch",
};
export const OURS = "imagineanything";
export const PEERS = fileURLToPath(new URL("peers", import.meta.url));
const PKG = fileURLToPath(new URL("../../../pkg", import.meta.url));

/** The version of each party. */
export async function versions() {
  const found = Object.keys(PARTIES).map(async (name) => {
    const folder = name === OURS ? PKG : `${PEERS}/node_modules/${name}`;
    return [name, JSON.parse(await readFile(`${folder}/package.json`, "utf8")).version];
  });
  return Object.fromEntries(await Promise.all(found));
}

/** A script that has all parties by name, for a runtime to import. */
export function allParties() {
  const names = Object.entries(PARTIES);
  const imports = names.map(([, file], at) => `import * as party${at} from "./parties/${file}.js";\n`);
  const entries = names.map(([name], at) => `${JSON.stringify(name)}: party${at}`);
  return `${imports.join("")}export const PARTIES = { ${entries.join(", ")} };\n`;
}
