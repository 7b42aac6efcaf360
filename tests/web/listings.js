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

  async "a cursor that never changes is an error, not a loop"(connect) {
    const { client, calls } = await connected(connect, () => json({ posts: [{ id: "p1" }], nextCursor: "same" }));
    const error = await rejection(() => items(client.posts.list()), "decode");
    equal([error.operation, calls.length], ["posts.list", 2]);
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
