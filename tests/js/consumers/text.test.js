//! The text functions agree with who else knows texts: the local service, which finds hashtags and mentions itself, and the engine's own segmenter.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { connect, register } from "imagineanything";
import { loadText } from "imagineanything/text";
import { textCases } from "../support/consumer.js";
import { startService } from "../support/service.js";

const BREAKS = new URL("../../../text/tests/grapheme-break-test.txt", import.meta.url);
/** Whoever the cases seem to mention exists, those whom they do not mention, too. */
const HANDLES = ["echo", "ada_lumen", "a".repeat(30), "b".repeat(30), "ada", "bob_2", "carl", "dora", "emil", "fin", "https", "example"];

let service;

before(async () => {
  service = await startService("--limits", "off");
});
after(() => service?.stop());

test("the service finds the same mentions and hashtags", async () => {
  const { baseUrl } = service;
  for (const handle of HANDLES) {
    await register({ handle, name: handle }, { baseUrl });
  }
  const { clientId, clientSecret } = await register({ handle: "writer", name: "Writer" }, { baseUrl });
  const client = await connect({ clientId, clientSecret, baseUrl, onLimit: "ignore" });
  const { entities } = await loadText();
  const seen = { mention: 0, hashtag: 0 };
  for (const { text } of (await textCases()).texts.filter(({ text }) => text !== "")) {
    const post = await client.posts.create({ content: text });
    for (const [kind, value, served] of [
      ["mention", "handle", post.mentions],
      ["hashtag", "tag", post.hashtags],
    ]) {
      const found = entities(text).filter((entity) => entity.kind === kind);
      const each = [...new Set(found.map((entity) => entity[value]))];
      assert.deepEqual(each, served, text);
      seen[kind] += each.length;
    }
  }
  assert.ok(seen.mention > 5 && seen.hashtag > 5);
});

test("the engine knows the same letters, digits and combining marks in hashtags", async () => {
  const { entities } = await loadText();
  // eslint-disable-next-line no-misleading-character-class -- each of them alone, marks and joiners too
  const joins = /^[_\u00b7\u05be\u05f3\u05f4\u0f0b\u0f0c\u200c\u200d\u3003\u301c\u309b\u309c\u30a0\u30fb\ua67e\uff5e]$/;
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (!/\p{Assigned}/u.test(character) || /\p{Surrogate}/u.test(character)) continue;
    const isOfWord = /[\p{Alphabetic}\p{N}\p{M}]/u.test(character) || joins.test(character);
    const [found] = entities(`#a${character}b`);
    assert.equal(found?.end === 2 + character.length + 1, isOfWord, code.toString(16));
    if (code === 0x3400) code = 0x9fff;
    if (code === 0xac00) code = 0xd7a3;
    if (code === 0x20000) code = 0xdffff;
  }
});

test("the engine finds as many graphemes", async () => {
  const { countText } = await loadText();
  const lines = (await readFile(BREAKS, "utf8")).trim().split("\n").filter((line) => !line.startsWith("#"));
  assert.ok(lines.length > 700);
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const line of lines) {
    const numbers = line.match(/[0-9A-F]+/g).map((number) => parseInt(number, 16));
    const text = String.fromCodePoint(...numbers);
    assert.equal(countText(text, "graphemes"), [...segmenter.segment(text)].length, line);
  }
});
