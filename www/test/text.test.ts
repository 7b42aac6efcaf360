// How the text of posts is cut and counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countCharacters, pieces, webAddress } from "../src/text.ts";

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

test("no character is lost or added", () => {
  for (const content of ["", "@echo", "a @echo\n\n#b https://x.y!", "🌈 #🌈 https:// end"]) {
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
