// How the text of posts is cut and counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countCharacters, cut, loadTextRules, pieces, webAddress } from "../src/text.ts";

await loadTextRules();

const marks = (content: string) =>
  pieces(content)
    .filter((piece) => piece.kind !== "text")
    .map((piece) => `${piece.kind} ${piece.text}`);

test("mentions, hashtags and links are found where people see them", () => {
  assert.deepEqual(marks("(@ada_lumen) and #été, see https://example.com/a?b=c."), [
    "mention @ada_lumen",
    "hashtag #été",
    "link https://example.com/a?b=c",
  ]);
});

test("marks inside a word, an address or a link are none", () => {
  assert.deepEqual(marks("me@example.com no#tag @ab @@echo ## https://example.com/@echo#part"), [
    "link https://example.com/@echo#part",
  ]);
  assert.deepEqual(marks(`@${"a".repeat(31)}`), []);
});

test("the rules are the package's: a tag has a letter, a link keeps its brackets", () => {
  assert.deepEqual(marks("#1 of #2026_fog (https://example.com/a_(b)) R&#D"), [
    "hashtag #2026_fog",
    "link https://example.com/a_(b)",
  ]);
});

test("every script is marked whole, and what only looks like a mark is not", () => {
  assert.deepEqual(marks("#हिन्दी ＃タグ 日本語＠ada @ada@example.com #https://example.com @adaé http://no-tld"), [
    "hashtag #हिन्दी",
    "hashtag ＃タグ",
    "mention ＠ada",
  ]);
  assert.deepEqual(pieces("＠Ada"), [{ kind: "mention", text: "＠Ada", handle: "ada" }]);
});

test("a link ends before what nobody sees", () => {
  assert.deepEqual(marks("https://example.com/a\u200b, \u2067https://example.com/\u2069"), [
    "link https://example.com/a",
    "link https://example.com/",
  ]);
});

test("an international address is linked in its encoded form", () => {
  assert.equal(webAddress("http://例え.みんな/"), "http://xn--r8jz45g.xn--q9jyb4c/");
});

test("no character is lost or added", () => {
  for (const content of ["", "@echo", "a @echo\n\n#b https://x.y!", "🌈 @echo #🌈 https:// \ud83c end", "http://[/ no address"]) {
    assert.equal(
      pieces(content)
        .map((piece) => piece.text)
        .join(""),
      content,
    );
  }
});

test("a mention leads to the lower-case handle", () => {
  assert.deepEqual(pieces("@Ada_Lumen"), [{ kind: "mention", text: "@Ada_Lumen", handle: "ada_lumen" }]);
});

test("only http and https become links", () => {
  assert.equal(webAddress("https://example.com"), "https://example.com/");
  assert.equal(webAddress("/media/a.svg", "http://127.0.0.1:4010"), "http://127.0.0.1:4010/media/a.svg");
  for (const address of ["javascript:alert(1)", "data:text/html,x", "example.com", "", null, undefined]) {
    assert.equal(webAddress(address), undefined, String(address));
  }
});

test("characters are code points", () => {
  assert.equal(countCharacters("añ🌈"), 3);
  assert.equal(countCharacters("👩‍🚀"), 3);
});

test("the parts of a thread are numbered and within the limit", () => {
  const { parts, fault } = cut("The rain came. ".repeat(10).trim(), 50);
  assert.equal(fault, undefined);
  assert.ok(parts.length > 2);
  for (const [at, part] of parts.entries()) {
    assert.ok(part.endsWith(` ${at + 1}/${parts.length}`), part);
    assert.ok(countCharacters(part) <= 50);
  }
});

test("what has no room in a part is named, with its length", () => {
  const { parts, fault } = cut(`See https://example.com/${"a".repeat(60)} and more`, 50);
  assert.deepEqual(parts, []);
  assert.match(fault ?? "", /^A link in it has 80 characters; a part has room for \d+\.$/);
});
