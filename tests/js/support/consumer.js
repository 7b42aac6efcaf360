//! A project that uses the package as npm would install it: from the packed tarball.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "./processes.js";

const PKG = fileURLToPath(new URL("../../../pkg", import.meta.url));
const SCENARIO = fileURLToPath(new URL("../scenario.js", import.meta.url));
const TEXT = fileURLToPath(new URL("../text.js", import.meta.url));
const CASES = new URL("../../../text/tests/cases.json", import.meta.url);

/** All that is checked of the package and of its text functions, if they are there; each consumer has it as everything.js. */
const EVERYTHING = `
import { cases } from "./cases.js";
import { scenario } from "./scenario.js";
import { checkText } from "./text.js";
export async function everything(api, text, baseUrl) {
  const checked = await scenario(api, { baseUrl });
  return { checked, texts: text && (await checkText(text, cases)) };
}
/** The same, an error told as a text. */
export const told = (...all) => everything(...all).catch((error) => ({ error: String(error.stack) }));
`;

/** Holds what `everything` gave, or what `told` tells, against what it must be. */
export function assertWhole({ checked, texts, error }, { textless = false } = {}) {
  assert.equal(error, undefined);
  assert.ok(checked.length > 20);
  if (!textless) assert.ok(texts > 80);
}

/** Packs the package; gives the tarball's path and what npm says of it. */
export async function pack(folder) {
  const [report] = JSON.parse(await finish("npm", ["pack", PKG, "--json", "--pack-destination", folder]));
  return { tarball: join(folder, report.filename), files: report.files.map((file) => file.path).sort() };
}

/** The cases of the text functions. */
export async function textCases() {
  return JSON.parse(await readFile(CASES, "utf8"));
}

/**
 * Makes a project with the package installed, the scenario, the checks of the text functions, and `files` by name; in the folder of
 * a toolchain if the project is to find that above it.
 */
export async function consumer(files = {}, above = tmpdir()) {
  const folder = await mkdtemp(join(above, "imagineanything-consumer-"));
  const { tarball } = await pack(folder);
  const manifest = { name: "consumer", private: true, type: "module" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await finish("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  await cp(SCENARIO, join(folder, "scenario.js"));
  await cp(TEXT, join(folder, "text.js"));
  await writeFile(join(folder, "everything.js"), EVERYTHING);
  await writeFile(join(folder, "cases.js"), `export const cases = ${JSON.stringify(await textCases())};\n`);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
