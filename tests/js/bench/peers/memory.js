//! Prints what a party leaves in memory after many calls, for many clients, and while it walks over many items; bytes.

import { inUse, letPass } from "./heap.js";
import { crowd, HEADERS, posts, stub } from "./work.js";

const CALLS = 10_000;
const CLIENTS = 500;
const ITEMS = 100_000;
/** From here on the heap is watched. */
const WARM_CALLS = 2000;
const WARM_CLIENTS = 100;
const WARM_ITEMS = 10_000;
const PAGE = 100;
/** How much later each answer comes, by the clock. */
const LATER_MS = 100;

const party = await import(`./parties/${process.argv[2]}.js`);
console.log(JSON.stringify({ calls: await afterCalls(party), client: await ofClients(party), walk: await ofWalk(party) }));

async function afterCalls({ open, list, answer }) {
  const fetch = stub(answer(posts(20)));
  const client = await open((...args) => {
    letPass(LATER_MS);
    return fetch(...args);
  });
  await crowd(() => list(client), WARM_CALLS);
  const before = await inUse();
  await crowd(() => list(client), CALLS);
  return (await inUse()) - before;
}

/** What one more client takes that made a call. */
async function ofClients({ open, list, answer }) {
  const fetch = stub(answer(posts(1)));
  const make = async () => {
    const client = await open(fetch);
    await list(client);
    return client;
  };
  const clients = [];
  const fill = async (count) => {
    while (clients.length < count) clients.push(await make());
    return inUse();
  };
  const before = await fill(WARM_CLIENTS);
  return ((await fill(WARM_CLIENTS + CLIENTS)) - before) / CLIENTS;
}

/** What the last nine tenths of a walk add: a client should hold no more than the page it is in. */
async function ofWalk({ open, answer, walk }) {
  if (!walk) return null;
  let page = 0;
  const client = await open(async () => {
    page += 1;
    letPass(LATER_MS);
    const headers = { ...HEADERS, link: `<https://service.test/next?page=${page}>; rel="next"` };
    return new Response(JSON.stringify(answer(posts(PAGE), page)), { headers });
  });
  let seen = 0;
  let early;
  for await (const _ of walk(client)) {
    seen += 1;
    if (seen === WARM_ITEMS) early = await inUse();
    if (seen === ITEMS) return (await inUse()) - early;
  }
  throw new Error(`the walk ended after ${seen} items`);
}
