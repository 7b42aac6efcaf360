//! `cargo xtask bench`: measures everything and writes BENCHMARKS.md and its charts; or measures one part and prints its tables.

import { mkdir, writeFile } from "node:fs/promises";
import { argv, stderr } from "node:process";
import { fileURLToPath } from "node:url";
import { installed } from "../support/toolchain.js";
import { measureCalls } from "./call.js";
import { measureGrowth } from "./growth.js";
import { measureMemory } from "./memory.js";
import { PEERS } from "./parties.js";
import { report, section } from "./report.js";
import { measureSizes } from "./size.js";
import { measureStarts } from "./start.js";
import { surroundings } from "./surroundings.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CHARTS = "docs/benchmarks";
const WIDTH = 56;

const PARTS = {
  size: measureSizes,
  call: measureCalls,
  start: measureStarts,
  memory: measureMemory,
  growth: measureGrowth,
};

const [asked] = argv.slice(2);
progress("install what is measured");
await installed(PEERS);
if (asked) {
  const measured = await PARTS[asked](progress);
  progress();
  console.log(section(asked, measured).text);
} else {
  await writeAll();
}

async function writeAll() {
  const results = {};
  for (const [part, measure] of Object.entries(PARTS)) {
    results[part] = await measure(progress).catch((error) => ({ failed: error.message.split("\n")[0] }));
  }
  progress();
  const { text, charts } = report(results, await surroundings(), CHARTS);
  await mkdir(`${ROOT}/${CHARTS}`, { recursive: true });
  for (const [name, svg] of Object.entries(charts)) await writeFile(`${ROOT}/${CHARTS}/${name}.svg`, svg);
  await writeFile(`${ROOT}/BENCHMARKS.md`, text);
  for (const failure of text.match(/^Not measured.*$/gm) ?? []) console.log(failure);
  console.log(`BENCHMARKS.md and ${Object.keys(charts).length} charts in ${CHARTS}/ are written`);
}

/** Ends the line of what was being measured with its time, and begins the next one. */
function progress(name) {
  const now = performance.now();
  if (progress.since) stderr.write(`${((now - progress.since) / 1000).toFixed(1).padStart(7)} s\n`);
  progress.since = name && now;
  if (name) stderr.write(name.padEnd(WIDTH));
}
