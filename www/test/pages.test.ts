// Lists that grow along cursors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Page, Pages } from "../src/pages.ts";

function listing(pages: Record<string, Page<string>>) {
  const asked: (string | undefined)[] = [];
  const list = new Pages<string>(
    async (cursor) => {
      asked.push(cursor);
      const page = pages[cursor ?? "first"];
      if (!page) throw new Error("no such page");
      return page;
    },
    (item) => item,
  );
  return { list, asked };
}

test("it walks the cursors to the end, and then asks no more", async () => {
  const { list, asked } = listing({
    first: { items: ["a", "b"], next: "2" },
    2: { items: ["c"], next: null },
  });
  await list.more();
  assert.equal(list.state.value, "ready");
  await list.more();
  await list.more();
  assert.deepEqual(list.items.value, ["a", "b", "c"]);
  assert.deepEqual(asked, [undefined, "2"]);
  assert.equal(list.state.value, "complete");
});

test("pages that overlap show nothing twice", async () => {
  const { list } = listing({ first: { items: ["a", "b"], next: "2" }, 2: { items: ["b", "c"], next: null } });
  await list.more();
  list.prepend(["new", "a"]);
  await list.more();
  assert.deepEqual(list.items.value, ["new", "a", "b", "c"]);
});

test("two calls at once ask once", async () => {
  const { list, asked } = listing({ first: { items: ["a"], next: null } });
  await Promise.all([list.more(), list.more()]);
  assert.deepEqual(asked, [undefined]);
});

test("after a failure the same page can be asked for again", async () => {
  const { list, asked } = listing({ first: { items: ["a"], next: "2" } });
  await list.more();
  await list.more();
  assert.equal(list.state.value, "failed");
  await list.more();
  assert.deepEqual(asked, [undefined, "2", "2"]);
  assert.deepEqual(list.items.value, ["a"]);
});
