// The files of a post: the faults are those that the package finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, isApiError } from "imagineanything";
import { faultsByFile, percent } from "../src/attachments.ts";

test("progress is told in whole percent, and is whole only at the end", () => {
  assert.equal(percent({ sent: 0, total: 7 }), 0);
  assert.equal(percent({ sent: 1999, total: 2000 }), 99);
  assert.equal(percent({ sent: 7, total: 7 }), 100);
  assert.equal(percent({ sent: 0, total: 0 }), 100);
});

async function faults(names: Record<string, string>, content = "Look") {
  const media = Object.entries(names).map(([name, type]) => new File(["x"], name, { type }));
  const client = await connect({ token: "iat_test", fetch: () => assert.fail("nothing may be sent") });
  try {
    await client.posts.create({ content, media }, { dryRun: true });
  } catch (error) {
    if (isApiError(error)) return faultsByFile(error.issues, media);
    throw error;
  }
  return {};
}

test("a fault stands by the name of its file", async () => {
  const found = await faults({ "a.png": "image/png", "notes.txt": "text/plain" });
  assert.deepEqual(Object.keys(found), ["notes.txt"]);
  assert.match(found["notes.txt"] ?? "", /image\/jpeg/);
});

test("what is wrong with all files together, or with the text, stands by itself", async () => {
  const five = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`${n}.png`, "image/png"]));
  assert.match((await faults(five))["files"] ?? "", /4/);
  assert.match((await faults({ "a.png": "image/png" }, "x".repeat(501)))["content"] ?? "", /500/);
});
