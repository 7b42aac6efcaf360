//! Prints how the client's time and memory grow with calls that are under way at once, and with the pages of a walk.

import { inUse, letPass, worked } from "./heap.js";
import * as party from "./parties/imagineanything.js";
import { HEADERS, posts, repeat } from "./work.js";

const CALLS = [1, 10, 100, 1000];
const PAGES = [1, 10, 100, 1000, 10_000];
const ROUNDS = 11;
/** How often it is looked at what is held. */
const LOOKS = 5;
/** How many calls or pages a size makes in a round at the least, repeated. */
const PIECES = 1000;
/** How much later each page comes, by the clock. */
const LATER_MS = 100;

const body = JSON.stringify(party.answer(posts(20)));
const response = () => new Response(body, { headers: HEADERS });
const waiting = [];
let expected;

const client = await party.open(gate);
const calls = await ofCalls(() => party.list(client));
const floor = await ofCalls(async () => (await gate()).json());
console.log(JSON.stringify({ pageBytes: body.length, calls, floor, pages: await ofPages() }));

/** `[{ count, times, held }]`: microseconds and bytes a call. */
async function ofCalls(call) {
  const all = (count) => Promise.all(Array.from({ length: count }, call));
  const atOnce = (count) => {
    expected = count;
    return all(count);
  };
  const sizes = await timesOf(CALLS, atOnce);
  expected = Infinity;
  return lookAt(sizes, async ({ count, held }) => {
    const before = await inUse();
    const calls = all(count);
    while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve));
    held.push(((await inUse()) - before) / count);
    release();
    await calls;
  });
}

/** A fetch that answers when so many have asked: that many calls are under way. */
function gate() {
  return new Promise((resolve) => {
    waiting.push(() => resolve(response()));
    if (waiting.length === expected) release();
  });
}

function release() {
  for (const go of waiting.splice(0)) go();
}

/** `[{ count, times, held }]`: microseconds a page, and bytes that the walk holds at its last page. */
async function ofPages() {
  let page = 0;
  const client = await party.open(async () => {
    page += 1;
    letPass(LATER_MS);
    return new Response(body.replace('"c1"', `"c${page}"`), { headers: HEADERS });
  });
  const walk = async (count, atEnd) => {
    let seen = 0;
    for await (const _ of client.posts.list({ limit: 20 }, { maxPages: count })) {
      seen += 1;
      if (seen === count * 20) await atEnd?.();
    }
    if (seen !== count * 20) throw new Error(`the walk ended after ${seen} items`);
  };
  const sizes = await timesOf(PAGES, walk);
  return lookAt(sizes, async ({ count, held }) => {
    const before = await inUse();
    await walk(count, async () => {
      held.push((await inUse()) - before);
    });
  });
}

/** Looks at what each size holds, some times in turn. */
async function lookAt(sizes, look) {
  for (let times = 0; times < LOOKS; times += 1) {
    for (const size of sizes) await look(size);
  }
  return sizes;
}

/** `[{ count, times, held: [] }]`: microseconds a piece in each round. The sizes take turns; the first round is to get warm. */
async function timesOf(counts, work) {
  const sizes = counts.map((count) => ({ count, times: [], held: [] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { count, times } of sizes) {
      const repetitions = Math.ceil(PIECES / count);
      const time = await worked(() => repeat(() => work(count), repetitions));
      if (round > 0) times.push(time / (repetitions * count));
    }
  }
  return sizes;
}
