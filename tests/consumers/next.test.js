//! The packed package in an app of Next, made by each of its bundlers: on the server, in the browser, at the edge.

import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { resultOf } from "../js/support/chromium.js";
import { assertWhole, consumer } from "../js/support/consumer.js";
import { finish, start } from "../js/support/processes.js";
import { startService } from "../js/support/service.js";
import { toolchain } from "../js/support/toolchain.js";

const RUN = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { told } from "./everything.js";
export const run = (baseUrl) => told(api, text, baseUrl);
`;
const LAYOUT = `
export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`;
const SERVER = `
import { run } from "../run.js";
import { Client } from "./client.js";
export const dynamic = "force-dynamic";
export default async function Page() {
  const result = await run(process.env.SERVICE);
  return <><code id="server">{JSON.stringify(result)}</code><Client service={process.env.SERVICE} /></>;
}
`;
const CLIENT = `
"use client";
import { useEffect } from "react";
import { run } from "../run.js";
export function Client({ service }) {
  useEffect(() => {
    run(service).then((client) => {
      window.result = { client, server: JSON.parse(document.getElementById("server").textContent) };
    });
  }, [service]);
}
`;
/** One of `pages`: webpack builds none of `app` for the edge, whatever is in it. */
const EDGE = `
import { run } from "../../run.js";
export const config = { runtime: "edge" };
export default async () => Response.json(await run(process.env.SERVICE));
`;

const QUIET = { NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

let folder;
let service;

before(async () => {
  folder = await toolchain("next");
  service = await startService("--limits", "off");
});
after(() => service?.stop());

for (const [name, flags] of Object.entries({ Turbopack: [], webpack: ["--webpack"] })) {
  describe(name, () => {
    let project;
    let app;

    before(async () => {
      project = await consumer({
        "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(folder)} } };\n`,
        "run.js": RUN,
        "app/layout.js": LAYOUT,
        "app/page.js": SERVER,
        "app/client.js": CLIENT,
        "pages/api/edge.js": EDGE,
      }, folder);
      const next = join(folder, "node_modules/next/dist/bin/next");
      const options = { cwd: project.folder, env: { ...process.env, ...QUIET, SERVICE: service.baseUrl } };
      await finish(process.execPath, [next, "build", ...flags], options);
      const serving = [next, "start", "--port", "0", "--hostname", "127.0.0.1"];
      app = await start(process.execPath, serving, { ...options, ready: /(http:\/\/127\.0\.0\.1:\d+)/ });
    });
    after(async () => {
      await app?.stop();
      await project?.remove();
    });

    test("a component of the server and one of the browser", async () => {
      const { client, server } = await resultOf(app.match[1]);
      assertWhole(server);
      assertWhole(client);
    });

    test("a route at the edge", async () => {
      const response = await fetch(`${app.match[1]}/api/edge`);
      assertWhole(await response.json());
    });
  });
}
