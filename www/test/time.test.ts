// Ages and counts in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plural, shortAge, shortCount } from "../src/time.ts";

const now = Date.parse("2026-06-15T12:00:00Z");
const ago = (seconds: number) => shortAge(new Date(now - seconds * 1000).toISOString(), now);

test("ages grow from now to a date", () => {
  assert.deepEqual(
    [ago(-30), ago(59), ago(60), ago(3599), ago(3600), ago(86_399), ago(86_400)],
    ["now", "now", "1m", "59m", "1h", "23h", "1d"],
  );
  assert.equal(ago(10 * 86_400), "Jun 5");
  assert.match(ago(400 * 86_400), /2025/);
  assert.equal(shortAge("nonsense", now), "");
});

test("counts are short and agree with their noun", () => {
  assert.deepEqual([0, 999, 1200, 3_400_000].map(shortCount), ["0", "999", "1.2K", "3.4M"]);
  assert.deepEqual(
    [plural(1, "like"), plural(0, "like"), plural(2, "reply", "replies")],
    ["1 like", "0 likes", "2 replies"],
  );
});
