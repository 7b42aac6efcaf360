//! The packed package in workerd, as those who write Workers start it: by wrangler, and by vitest inside of it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assertWhole, consumer } from "../js/support/consumer.js";
import { node22 } from "../js/support/node22.js";
import { finish, start } from "../js/support/processes.js";
import { startService } from "../js/support/service.js";
import { toolchain } from "../js/support/toolchain.js";

const RUN = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { told } from "./everything.js";
export const run = (baseUrl) => told(api, text, baseUrl);
`;
const WORKER = `
import { run } from "./run.js";
export default {
  async fetch(_request, env) {
    return Response.json(await run(env.SERVICE));
  },
};
`;
const TEST = `
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { run } from "./run.js";
test("everything", async () => {
  const { checked, texts, error } = await run(env.SERVICE);
  expect(error).toBeUndefined();
  expect(checked.length).toBeGreaterThan(20);
  expect(texts).toBeGreaterThan(80);
});
`;
const VITEST = `
import { cloudflareTest } from "@cloudflare/vitest-plugin";
export default { plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.json" } })] };
`;
/** A date that the older one of both workerds knows. */
const COMPATIBILITY_DATE = "2026-10-01";
/** Nothing is asked of Cloudflare, nor told it. */
const QUIET = { CI: "1", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" };

let tools;
let node;
let service;
let project;
let options;

before(async () => {
  const folder = await toolchain("workers");
  tools = join(folder, "node_modules");
  node = await node22();
  service = await startService("--limits", "off");
  const vars = { SERVICE: service.baseUrl };
  project = await consumer({
    "run.js": RUN,
    "worker.js": WORKER,
    "run.test.js": TEST,
    "vitest.config.js": VITEST,
    "wrangler.json": JSON.stringify({ name: "consumer", main: "worker.js", compatibility_date: COMPATIBILITY_DATE, vars }),
  }, folder);
  options = { cwd: project.folder, env: { ...process.env, ...QUIET } };
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

test("wrangler dev", async (t) => {
  const args = ["dev", "--local", "--ip", "127.0.0.1", "--port", "0", "--show-interactive-dev-session=false"];
  const wrangler = join(tools, "wrangler/bin/wrangler.js");
  const dev = await start(node, [wrangler, ...args], { ...options, ready: /Ready on (http:\/\/127\.0\.0\.1:\d+)/ });
  t.after(dev.stop);
  assertWhole(await (await fetch(dev.match[1])).json());
});

test("vitest", async () => {
  const printed = await finish(node, [join(tools, "vitest/vitest.mjs"), "run"], options);
  assert.match(printed, /1 passed/);
});
