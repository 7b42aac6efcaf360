// Listings as JavaScript walks them.

import { POST, connected, equal, items, json, lines, rejection, run, trap } from "./support.js";

/** The pages of three posts. */
const PAGES = {
  first: { posts: [{ id: "p1" }, { id: "p2" }], nextCursor: "a b" },
  "a b": { posts: [], nextCursor: "c" },
  c: { posts: [{ id: "p3" }], nextCursor: null },
};

function paged(path) {
  const cursor = new URL(path, "https://service.example").searchParams.get("cursor");
  return json(PAGES[cursor ?? "first"]);
}

const ids = (posts) => posts.map((post) => post.id);

/** The number of the page that a path asks for, of a service whose cursors are numbers. */
const pageOf = (path) => Number(new URL(path, "https://service.example").searchParams.get("cursor") ?? 1);

/** A service whose pages have two posts each and never end, but for what `pages` says of some. */
function endless(pages = {}) {
  return (path, init) => {
    const page = pageOf(path);
    const posts = [{ id: `${page}a` }, { id: `${page}b` }];
    return pages[page]?.(init) ?? json({ posts, nextCursor: String(page + 1) });
  };
}

/** An answer that never comes, unless its call is aborted. */
const pending = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** A signal that knows who listens to it. */
function heard() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set();
  signal.addEventListener = (type, listener) => {
    listeners.add(listener);
    EventTarget.prototype.addEventListener.call(signal, type, listener);
  };
  signal.removeEventListener = (type, listener) => {
    listeners.delete(listener);
    EventTarget.prototype.removeEventListener.call(signal, type, listener);
  };
  return { signal, listeners, abort: () => controller.abort("enough") };
}

/** Lets everything go on that waits for nothing but its turn. */
const turns = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What a loop got before it ended, and what it rejected with. */
async function until(listing) {
  const got = [];
  try {
    for await (const post of listing) got.push(post.id);
    return { got };
  } catch (error) {
    return { got, kind: error.kind };
  }
}

const tests = {
  async "awaited, it is the answer with its first page, asked for once"(connect) {
    const { client, calls } = await connected(connect, paged);
    const listing = client.posts.list();
    equal(await listing, PAGES.first);
    await listing;
    equal(lines(calls), ["GET /api/posts"]);
  },

  async "iterated, it is every item of every page, an empty one between them"(connect) {
    const { client, calls } = await connected(connect, paged);
    const listing = client.posts.list({ limit: 2 });
    const expected = ["GET /api/posts?limit=2", "GET /api/posts?limit=2&cursor=a%20b", "GET /api/posts?limit=2&cursor=c"];
    equal(ids(await items(listing)), ["p1", "p2", "p3"]);
    equal(lines(calls), expected);
    equal(ids(await items(listing)), ["p1", "p2", "p3"], "iterated again");
  },

  async "it goes on from the cursor that it was given"(connect) {
    const { client } = await connected(connect, paged);
    equal(ids(await items(client.posts.list({ cursor: "c" }))), ["p3"]);
  },

  async "pages gives the answers"(connect) {
    const { client } = await connected(connect, paged);
    const pages = await items(client.posts.list().pages());
    equal(pages, Object.values(PAGES));
  },

  async "maxPages is the most that is asked for"(connect) {
    for (const [maxPages, asked] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [2 ** 32, 3],
    ]) {
      const { client, calls } = await connected(connect, paged);
      await items(client.posts.list({}, { maxPages }));
      equal(calls.length, asked, `maxPages ${maxPages}: calls`);
    }
  },

  async "leaving the loop asks for no more"(connect) {
    const { client, calls } = await connected(connect, paged);
    for await (const post of client.posts.list()) {
      equal(post.id, "p1");
      break;
    }
    equal(calls.length, 1);
  },

  async "maxItems is the most that is given, and nothing is asked for beyond"(connect) {
    for (const [options, expected, asked] of [
      [{ maxItems: 1 }, ["1a"], 1],
      [{ maxItems: 2, prefetch: true }, ["1a", "1b"], 1],
      [{ maxItems: 3 }, ["1a", "1b", "2a"], 2],
      [{ maxItems: 3, maxPages: 1 }, ["1a", "1b"], 1],
    ]) {
      const { client, calls } = await connected(connect, endless());
      equal(ids(await items(client.posts.list({}, options))), expected, JSON.stringify(options));
      equal(calls.length, asked, `${JSON.stringify(options)}: calls`);
    }
    const { client } = await connected(connect, endless());
    const pages = await items(client.posts.list({}, { maxItems: 3 }).pages());
    equal(pages.map(({ posts }) => posts.length), [2, 2], "pages are whole");
  },

  async "a listing tells where it stands, and can be resumed there"(connect) {
    const { client } = await connected(connect, paged);
    const listing = client.posts.list();
    const stands = [];
    for await (const post of listing) stands.push([post.id, listing.cursor ?? "first"]);
    equal(stands, [["p1", "first"], ["p2", "first"], ["p3", "c"]]);
    equal(ids(await items(client.posts.list({ cursor: listing.cursor }))), ["p3"]);
    const resumed = client.posts.list({ cursor: "a b" });
    for await (const page of resumed.pages()) {
      equal([resumed.cursor, page.nextCursor], ["a b", "c"]);
      break;
    }
  },

  async "leaving the loop aborts the page that is on its way, and nobody listens any more"(connect) {
    for (const pages of [false, true]) {
      const { signal, listeners } = heard();
      const { client, calls } = await connected(connect, endless({ 2: pending }));
      const listing = client.posts.list({}, { signal });
      const iterator = pages ? listing.pages() : listing[Symbol.asyncIterator]();
      await iterator.next();
      if (!pages) await iterator.next();
      const next = iterator.next();
      await turns();
      equal([calls.length, calls[1][2].signal.aborted, listeners.size], [2, false, 1]);
      equal(await iterator.return("left"), { value: "left", done: true });
      equal(await next, { done: true });
      equal([calls[1][2].signal.aborted, listeners.size], [true, 0]);
    }
  },

  async "a signal ends a walk in its middle, and nobody listens any more"(connect) {
    for (const prefetch of [false, true]) {
      const { signal, listeners, abort } = heard();
      const { client, calls } = await connected(connect, endless({ 3: pending }));
      const walk = until(client.posts.list({}, { signal, prefetch }));
      for (let turn = 0; calls.length < 3; turn += 1) {
        if (turn > 1000) throw new Error("the third page is not asked for");
        await turns();
      }
      await turns();
      equal(listeners.size, 1, "who waits listens");
      abort();
      equal(await walk, { got: ["1a", "1b", "2a", "2b"], kind: "aborted" });
      equal([calls[2][2].signal.aborted, listeners.size], [true, 0]);
    }
    const { signal, listeners } = heard();
    const { client } = await connected(connect, paged);
    await items(client.posts.list({}, { signal, prefetch: true }));
    equal(listeners.size, 0, "after the end");
  },

  async "prefetch asks for one page ahead, and no more"(connect) {
    const { client, calls } = await connected(connect, endless());
    const asked = [];
    for await (const post of client.posts.list({}, { prefetch: true, maxPages: 3 })) {
      await turns();
      asked.push([post.id, calls.length]);
    }
    equal(asked, [["1a", 2], ["1b", 2], ["2a", 3], ["2b", 3], ["3a", 3], ["3b", 3]]);
  },

  async "what is wrong with a page that was prefetched is told in its turn, or never"(connect) {
    const unhandled = [];
    const listen = (event) => unhandled.push(String(event.reason));
    addEventListener("unhandledrejection", listen);
    try {
      const { client } = await connected(connect, endless({ 2: () => json({}, 500) }));
      const listing = client.posts.list({}, { prefetch: true });
      const got = [];
      for await (const post of listing) {
        await turns();
        got.push(post.id);
        if (got.length === 1) break;
      }
      equal(await until(client.posts.list({}, { prefetch: true })), { got: ["1a", "1b"], kind: "server" });
      await turns();
      equal(unhandled, []);
    } finally {
      removeEventListener("unhandledrejection", listen);
    }
  },

  async "leaving the loop aborts what was prefetched"(connect) {
    const { client, calls } = await connected(connect, endless({ 2: pending }));
    for await (const post of client.posts.list({}, { prefetch: true })) {
      equal(post.id, "1a");
      break;
    }
    equal([calls.length, calls[1][2].signal.aborted], [2, true]);
  },

  async "an error in the middle comes after what was before it"(connect) {
    const { client } = await connected(connect, endless({ 3: () => json({}, 500) }));
    equal(await until(client.posts.list()), { got: ["1a", "1b", "2a", "2b"], kind: "server" });
  },

  async "an empty cursor ends a walk"(connect) {
    const { client, calls } = await connected(connect, () => json({ posts: [POST], nextCursor: "" }));
    equal([(await items(client.posts.list())).length, calls.length], [1, 1]);
  },

  async "what the service lists twice is given twice"(connect) {
    const twice = { posts: [{ id: "1b" }, { id: "2b" }], nextCursor: null };
    const { client } = await connected(connect, endless({ 2: () => json(twice) }));
    equal(ids(await items(client.posts.list())), ["1a", "1b", "1b", "2b"]);
  },

  async "a listing can be iterated by several at once"(connect) {
    const { client, calls } = await connected(connect, paged);
    const listing = client.posts.list();
    const both = await Promise.all([items(listing), items(listing)]);
    equal(both.map(ids), [["p1", "p2", "p3"], ["p1", "p2", "p3"]]);
    equal(calls.length, 5, "they share the first page");
  },

  async "a cursor that never changes is an error, not a loop"(connect) {
    const { client, calls } = await connected(connect, () => json({ posts: [{ id: "p1" }], nextCursor: "same" }));
    const error = await rejection(() => items(client.posts.list()), "decode");
    equal([error.operation, calls.length], ["posts.list", 2]);
    await rejection(() => items(client.posts.list({ cursor: "same" })), "decode");
    equal(calls.length, 3, "a first page that leads to itself");
  },

  async "an answer without its list is an error where it is walked"(connect) {
    for (const body of [{}, null, "x", 7, { posts: 7 }, { posts: null }, { posts: {} }]) {
      const { client } = await connected(connect, () => json(body));
      await rejection(() => items(client.posts.list()), "decode", JSON.stringify(body));
    }
  },

  async "a list that comes bare is handed on under its key"(connect) {
    const { client } = await connected(connect, () => json([POST]));
    equal(await client.posts.list(), { posts: [POST] });
    equal(await items(client.posts.list()), [POST]);
  },

  async "catch and finally are those of a promise"(connect) {
    const { client } = await connected(connect, () => json({}, 500));
    equal(await client.posts.list().catch((error) => error.kind), "server");
    let settled = 0;
    await rejection(() => client.posts.list().finally(() => settled++), "server");
    equal(settled, 1);
  },

  async "wrong arguments are refused, awaited as well as iterated"(connect) {
    const { client, calls } = await connected(connect, paged);
    const queries = [7, "x", trap, { limit: 0 }, { limit: NaN }, { limit: 5n }, { cursor: 5 }, { crusor: "c" }];
    const wrong = [
      ...queries.map((query) => [query]),
      ...[7, trap, { maxPages: 0 }, { maxPages: 1.5 }, { maxPages: "2" }, { maxPages: 5n }].map((it) => [{}, it]),
      [{}, { maxPages: Symbol("s") }],
      ...[{ maxItems: 0 }, { maxItems: "2" }, { prefetch: 1 }].map((it) => [{}, it]),
      [{}, { signal: "now" }],
    ];
    for (const [index, args] of wrong.entries()) {
      await rejection(() => client.posts.list(...args).then(), "invalid_argument", `awaited ${index}`);
      await rejection(() => items(client.posts.list(...args)), "invalid_argument", `iterated ${index}`);
    }
    await rejection(() => items(client.posts.comments("..")), "invalid_argument");
    equal(lines(calls), []);
  },

  async "the stack of an error on a later page begins at its loop"(connect) {
    async function walksPages(client) {
      for await (const _ of client.posts.list().pages());
    }
    async function walksItems(client) {
      for await (const _ of client.posts.list());
    }
    const isV8 = new Error().stack.includes("    at ");
    const stuck = () => json({ posts: [], nextCursor: "a b" });
    const refused = () => json({}, 404);
    for (const walks of [walksPages, walksItems]) {
      for (const [kind, second] of [["decode", stuck], ["not_found", refused]]) {
        const { client } = await connected(connect, (path) => (path.includes("cursor") ? second() : json(PAGES.first)));
        const [, first] = (await rejection(() => walks(client), kind)).stack.split("\n");
        // Other engines do not know who waits for what is not asked for at once.
        if (isV8 || (walks === walksPages && kind === "not_found")) equal(first.includes(walks.name), true, `${first}: the first frame`);
      }
    }
  },
};

export const runListings = (connect) => run(tests, connect);
