//! What long work leaves in memory: nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { json, POST, stubbed } from "./support/stub.js";

const PAGE = 100;

/** How much is in use, once what nobody holds is gone. */
async function inUse() {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

for (const prefetch of [false, true]) {
  test(`a walk over 100,000 items takes no more of it than one over 10,000 (prefetch: ${prefetch})`, async () => {
    const stub = await stubbed();
    stub.answer = (url) => {
      stub.calls.length = 0;
      const page = Number(new URL(url).searchParams.get("cursor") ?? 0);
      const posts = Array.from({ length: PAGE }, (_, at) => ({ ...POST, id: `p${page * PAGE + at}` }));
      return json({ posts, nextCursor: String(page + 1) });
    };
    const { signal } = new AbortController();
    let seen = 0;
    let early;
    for await (const post of stub.client.posts.list({ limit: PAGE }, { signal, prefetch, maxItems: 100_000 })) {
      assert.equal(post.id, `p${seen}`);
      seen += 1;
      if (seen === 10_000) early = await inUse();
    }
    assert.equal(seen, 100_000);
    const more = (await inUse()) - early;
    assert.ok(more < 2 * 2 ** 20, `${more} bytes more`);
  });
}
