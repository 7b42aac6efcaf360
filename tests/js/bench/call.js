//! What a call costs above the floor, of all parties, in three runtimes.

import { worked } from "./cpu.js";
import { spread } from "./numbers.js";
import { PARTIES } from "./parties.js";
import { inChromium, inNode, inWorkerd } from "./runtimes.js";

const POSTS = [1, 20, 100];
const ROUNDS = 15;
/** How long calls are made before any is measured, so many at once: engines compile what they run often. */
const WARM_MS = 300;
const WARM = 100;
/** How long a party may work in a round, and how many calls it makes at the most, and at the least. */
const ROUND_MS = 40;
const MOST = 2000;
const LEAST = 10;

/** `{ runtimes: [{ name, failed?, cases: [{ posts, parties: [{ name, floor, call, ratio }] }] }] }`; times are in microseconds. */
export async function measureCalls(progress) {
  const runtimes = [];
  for (const [name, start] of Object.entries({ "Node 24": inNode, workerd: inWorkerd, Chromium: inChromium })) {
    progress(`calls in ${name}`);
    try {
      runtimes.push(await inRuntime(start));
    } catch (error) {
      runtimes.push({ name, failed: error.message.split("\n")[0] });
    }
  }
  return { rounds: ROUNDS, runtimes };
}

async function inRuntime(start) {
  const runtime = await start();
  try {
    const cases = [];
    for (const posts of POSTS) cases.push({ posts, parties: await contest(runtime, posts) });
    return { name: runtime.name, cases };
  } finally {
    await runtime.stop();
  }
}

async function contest(runtime, posts) {
  const parties = [];
  for (const name of Object.keys(PARTIES)) parties.push(await prepare(runtime, name, posts));
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each round begins with another, so that nobody always follows the same one.
    parties.push(parties.shift());
    for (const party of parties) {
      const floor = await time(runtime, party.floor);
      const call = await time(runtime, party.call);
      party.times.push({ floor, call, ratio: call / floor, over: call - floor });
    }
  }
  return parties.map(({ name, times }) => {
    const of = (key) => spread(times.map((it) => it[key]));
    return { name, floor: of("floor"), call: of("call"), over: of("over"), ratio: of("ratio") };
  });
}

/** The calls of a round, once the engine knows them: as many as fit. */
async function prepare(runtime, party, count) {
  const prepared = { name: party, times: [] };
  for (const [key, way] of Object.entries({ floor: "floor", call: "party" })) {
    const task = { party, count, way };
    const warm = performance.now() + WARM_MS;
    do {
      await runtime.run({ ...task, calls: WARM, how: "crowd" });
    } while (performance.now() < warm);
    let calls = LEAST;
    // Twice: the first few may be slower than the rest.
    for (let times = 0; times < 2; times += 1) {
      const started = performance.now();
      await runtime.run({ ...task, calls, how: "repeat" });
      const each = (performance.now() - started) / calls;
      calls = Math.round(Math.min(MOST, Math.max(LEAST, ROUND_MS / each)));
    }
    prepared[key] = { ...task, calls, how: "repeat" };
  }
  return prepared;
}

/** The microseconds that the runtime works for a call. */
async function time(runtime, task) {
  const before = await worked(runtime.processes);
  await runtime.run(task);
  return ((await worked(runtime.processes)) - before) / task.calls;
}
