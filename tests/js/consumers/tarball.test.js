//! What is in the tarball that npm would publish: these files and no others.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { pack } from "../support/consumer.js";

const GOLDEN = new URL("./tarball.txt", import.meta.url);

let folder;
let packed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagineanything-tarball-"));
  packed = await pack(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

test("the files are the expected ones", async () => {
  const expected = (await readFile(GOLDEN, "utf8")).trim().split("\n");
  assert.deepEqual(packed.files, expected);
});

test("publint has nothing to say", async () => {
  const tarball = await readFile(packed.tarball);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});
