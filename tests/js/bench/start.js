//! How long it takes from nothing to the answer of the first call: in a fresh process of Node, in a fresh isolate of workerd.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";
import { COMPATIBILITY_DATE } from "../support/worker.js";
import { bundle, NODE, node24, WASM, WORKERD } from "./build.js";
import { spread } from "./numbers.js";
import { OURS, PARTIES } from "./parties.js";

const ROUNDS = 21;
const ISOLATE_ROUNDS = 11;
/** What does the same without a client; all others are measured above it. */
const BARE = "fetch and json() alone";

/**
 * `{ rounds, node: [{ name, ms, workedMs, rss }], wasm: { compile, instantiate }, isolateRounds, workerd: { parties } }`:
 * milliseconds and bytes, those of the parties above the bare start.
 */
export async function measureStarts(progress) {
  progress("starts in Node 24");
  const inNode = await startProcesses();
  progress("starts in workerd");
  const workerd = await startIsolates().catch((error) => ({ failed: error.message.split("\n")[0] }));
  return { rounds: ROUNDS, isolateRounds: ISOLATE_ROUNDS, ...inNode, workerd };
}

const open = (file) => `import { answer, list, open } from "./parties/${file}.js"; import { posts, stub } from "./work.js";`;
const CALL = "await list(await open(stub(answer(posts(20)))));";
const BARE_CALL = `import { posts, stub } from "./work.js"; const fetch = stub({ posts: posts(20) });`;

async function startProcesses() {
  const project = await consumer();
  try {
    const end = `import { done } from "./start.js";`;
    const scripts = { [BARE]: `${BARE_CALL} ${end} await (await fetch()).json(); done();` };
    for (const [name, file] of Object.entries(PARTIES)) scripts[name] = `${open(file)} ${end} ${CALL} done();`;
    for (const [name, script] of Object.entries(scripts)) {
      scripts[name] = join(project.folder, `${Object.keys(scripts).indexOf(name)}.mjs`);
      await writeFile(scripts[name], await bundle(script, NODE));
    }
    const wasm = join(project.folder, "wasm.mjs");
    await writeFile(wasm, WASM_ALONE);

    const rounds = [];
    const alone = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const times = {};
      for (const [name, script] of Object.entries(scripts)) times[name] = JSON.parse(await finish(node24(), [script]));
      rounds.push(times);
      alone.push(JSON.parse(await finish(node24(), [wasm])));
    }
    return {
      node: aboveBare(rounds, ["ms", "workedMs", "rss"]),
      wasm: { compile: spread(alone.map((it) => it.compile)), instantiate: spread(alone.map((it) => it.instantiate)) },
    };
  } finally {
    await project.remove();
  }
}

/** How long the wasm takes of that. */
const WASM_ALONE = `
import { readFileSync } from "node:fs";
import { initSync } from "imagineanything/init";
const bytes = readFileSync(new URL(import.meta.resolve("imagineanything/imagineanything.wasm")));
const started = performance.now();
const module = new WebAssembly.Module(bytes);
const compiled = performance.now();
initSync({ module });
console.log(JSON.stringify({ compile: compiled - started, instantiate: performance.now() - compiled }));
`;

/** A worker that loads another, each time into an isolate of its own. */
const LOADER = `
const kept = new Map();
let count = 0;
export default {
  async fetch(request, env) {
    const name = new URL(request.url).pathname;
    if (request.method === "POST") {
      const { script, wasm } = await request.json();
      const modules = { "main.js": script };
      if (wasm) modules["imagineanything.wasm"] = { wasm: Uint8Array.from(atob(wasm), (it) => it.charCodeAt(0)).buffer };
      kept.set(name, modules);
      return new Response("kept");
    }
    count += 1;
    const worker = env.LOADER.get(String(count), () => ({
      compatibilityDate: "${COMPATIBILITY_DATE}",
      mainModule: "main.js",
      modules: kept.get(name),
    }));
    return worker.getEntrypoint().fetch("http://worker/");
  },
};
`;

async function startIsolates() {
  const worker = (head, call) => bundle(`${head} export default { async fetch() { ${call} return new Response("done"); } };`, WORKERD);
  const workers = { [BARE]: { script: await worker(BARE_CALL, "await (await fetch()).json();") } };
  for (const [name, file] of Object.entries(PARTIES)) {
    workers[name] = { script: await worker(open(file), CALL) };
    if (name === OURS) workers[name].wasm = (await readFile(WASM)).toString("base64");
  }
  const rounds = [];
  for (let round = 0; round < ISOLATE_ROUNDS; round += 1) rounds.push(await loadAll(workers));
  return { parties: aboveBare(rounds, ["ms"]) };
}

async function loadAll(workers) {
  // A new one each round: it keeps the isolates that it loaded.
  const loader = new Miniflare({
    modules: true,
    script: LOADER,
    compatibilityDate: COMPATIBILITY_DATE,
    workerLoaders: { LOADER: {} },
    cf: false,
  });
  const load = async (name, init) => {
    const started = performance.now();
    const response = await loader.dispatchFetch(`http://worker/${encodeURIComponent(name)}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${name}: ${text}`);
    return { ms: performance.now() - started };
  };
  try {
    for (const [name, worker] of Object.entries(workers)) await load(name, { method: "POST", body: JSON.stringify(worker) });
    await load(BARE);
    const times = {};
    for (const name of Object.keys(workers)) times[name] = await load(name);
    return times;
  } finally {
    await loader.dispose();
  }
}

/** What each party takes above the bare start of its round. */
function aboveBare(rounds, keys) {
  return Object.keys(PARTIES).map((name) => {
    const above = keys.map((key) => [key, spread(rounds.map((times) => times[name][key] - times[BARE][key]))]);
    return { name, ...Object.fromEntries(above) };
  });
}
