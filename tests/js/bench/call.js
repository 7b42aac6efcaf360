// What a call costs over bare `fetch` + `json()`, in Node and in workerd: medians of interleaved rounds; and what many calls
// leave in the heap.

import { readFile } from "node:fs/promises";
import { connect } from "imagineanything";
import { consumer } from "../support/consumer.js";
import { startWorker } from "../support/worker.js";
import { repeat, ways } from "./work.js";

const ROUNDS = 9;

/** How many posts an answer holds, how many calls a round makes, and how much more than bare they may take. */
const CASES = [
  { posts: 1, calls: 10_000 },
  { posts: 20, calls: 5000, bound: 1.25 },
  { posts: 100, calls: 2000, bound: 1.05 },
];

/** How many calls the heap is watched for, and how much it may grow by, in bytes. */
const WATCHED = 10_000;
const GROWTH = 1024 * 1024;

// Time stands still in workerd while it works: it is taken here, with a request around each round.
const WORKER = `
import { connect } from "imagineanything";
import { repeat, ways } from "./work.js";

const made = new Map();

export default {
  async fetch(request) {
    const [, way, posts, calls] = new URL(request.url).pathname.split("/");
    if (!made.has(posts)) made.set(posts, await ways(connect, Number(posts)));
    await repeat(made.get(posts)[way], Number(calls), Number(posts));
    return new Response("done");
  },
};
`;

async function inNode() {
  const made = new Map();
  for (const { posts } of CASES) made.set(posts, await ways(connect, posts));
  return { name: `Node ${process.version}`, run: (way, posts, calls) => repeat(made.get(posts)[way], calls, posts) };
}

async function inWorkerd() {
  const work = await readFile(new URL("work.js", import.meta.url), "utf8");
  const project = await consumer({ "worker.js": WORKER, "work.js": work });
  const worker = await startWorker(project.folder);
  const run = async (way, posts, calls) => {
    const response = await worker.dispatchFetch(`http://worker/${way}/${posts}/${calls}`);
    if (!response.ok) throw new Error(await response.text());
  };
  const stop = async () => {
    await worker.dispose();
    await project.remove();
  };
  return { name: "workerd", run, stop };
}

/** Microseconds a call, of the two ways, and the ratio. Neighbours in time are compared: what else the machine does changes. */
async function measure(runtime, { posts, calls }) {
  const time = async (way) => {
    const started = performance.now();
    await runtime.run(way, posts, calls);
    return ((performance.now() - started) * 1000) / calls;
  };
  const times = { bare: [], ours: [], ratio: [] };
  await time("bare");
  await time("ours");
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await time("bare"));
    times.ours.push(await time("ours"));
    times.ratio.push(times.ours.at(-1) / times.bare.at(-1));
  }
  return Object.fromEntries(Object.entries(times).map(([name, numbers]) => [name, median(numbers)]));
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** By how many bytes the heap grows in many calls, once those before have had their effect. */
async function growth() {
  const { ours } = await ways(connect, 20);
  const heap = async (calls) => {
    await repeat(ours, calls, 20);
    // Finalisers run between two collections.
    for (let times = 0; times < 2; times += 1) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve));
    }
    return process.memoryUsage().heapUsed;
  };
  const before = await heap(1000);
  return (await heap(WATCHED)) - before;
}

console.log(`${"us a call".padEnd(16)}${["posts", "fetch + json()", "posts.list()", "ratio", "at most"].map((it) => it.padStart(16)).join("")}`);
for (const start of [inNode, inWorkerd]) {
  const runtime = await start();
  try {
    for (const each of CASES) {
      const { bare, ours, ratio } = await measure(runtime, each);
      const cells = [each.posts, bare.toFixed(1), ours.toFixed(1), ratio.toFixed(2), each.bound ?? ""];
      console.log(runtime.name.padEnd(16) + cells.map((it) => String(it).padStart(16)).join(""));
    }
  } finally {
    await runtime.stop?.();
  }
}
const grown = `${Math.round((await growth()) / 1024)} kB`;
console.log(`\n${WATCHED} calls of 20 posts leave the heap ${grown} larger, at most ${GROWTH / 1024} kB`);
