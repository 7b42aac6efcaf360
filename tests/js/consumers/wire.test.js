//! Every curl call of the documentation, made through the packed package in each runtime, reaches a server as it is shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { bytes, mime } from "../calls.js";
import { consumer } from "../support/consumer.js";
import { examples, operations } from "../support/contract.js";
import { inPage } from "../support/page.js";
import { finish } from "../support/processes.js";
import { record } from "../support/recorder.js";
import { startWorker } from "../support/worker.js";

const MAIN = `
import * as api from "imagineanything";
import { callAll } from "./calls.js";
import { examples, operations } from "./contract.js";
export const run = ({ service: baseUrl }) => callAll(api, { baseUrl, examples, operations });
`;
const NODE = `
import { run } from "./main.js";
console.log(await run({ service: process.argv[2] }));
`;
const WORKER = `
import { run } from "./main.js";
export default {
  async fetch(request) {
    try {
      return Response.json(await run({ service: new URL(request.url).searchParams.get("service") }));
    } catch (error) {
      return Response.json(String(error.stack), { status: 500 });
    }
  },
};
`;

let server;
let project;

before(async () => {
  server = await record();
  const contract = `export const examples = ${JSON.stringify(examples)};\nexport const operations = ${JSON.stringify(operations)};\n`;
  const calls = await readFile(new URL("../calls.js", import.meta.url), "utf8");
  const files = { "main.js": MAIN, "node.js": NODE, "worker.js": WORKER, "calls.js": calls, "contract.js": contract };
  project = await consumer(files);
});
after(async () => {
  await server?.stop();
  await project?.remove();
});
beforeEach(() => server.recorded.splice(0));

/** What the recorder should have noted: the examples, and the token that a refresh takes first. */
function expected() {
  const token = examples.find(({ op }) => op === "auth.token");
  return examples.flatMap((example) => (example.op === "auth.refresh" ? [token, example] : [example])).map(noted);
}

function noted({ method, path, bearer, query, json, form }) {
  const noted = { method, path, bearer };
  if (query) noted.query = query;
  if (json) Object.assign(noted, { type: "application/json", json });
  if (form) noted.form = Object.fromEntries(Object.entries(form).map(([name, part]) => [name, sent(part)]));
  return noted;
}

function sent(part) {
  return typeof part === "string" ? part : { ...part, type: mime(part.file), bytes: bytes(part.file) };
}

function assertAllReached(count) {
  assert.equal(Number(count), 104);
  assert.deepEqual(server.recorded, expected());
}

test("from Node", async () => {
  assertAllReached(await finish(process.execPath, ["node.js", server.url], { cwd: project.folder }));
});

test("from workerd", async () => {
  const worker = await startWorker(project.folder);
  try {
    const response = await worker.dispatchFetch(`http://worker/?service=${server.url}`);
    const body = await response.json();
    assert.equal(response.status, 200, body);
    assertAllReached(body);
  } finally {
    await worker.dispose();
  }
});

test("from Chromium", async () => assertAllReached(await inPage(project.folder, { service: server.url })));
