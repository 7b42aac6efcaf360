//! The runtimes that calls are measured in: each does what `contest` of peers/work.js does.

import { fork } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { launch } from "../support/chromium.js";
import { finish } from "../support/processes.js";
import { serve } from "../support/static.js";
import { COMPATIBILITY_DATE } from "../support/worker.js";
import { BROWSER, bundle, node24, WASM, WORKERD } from "./build.js";
import { children } from "./cpu.js";
import { allParties, PARTIES, PEERS } from "./parties.js";

export async function inNode() {
  const program = node24();
  const child = fork(join(PEERS, "node.js"), [JSON.stringify(PARTIES)], { execPath: program });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`Node ended with ${code}`);
  });
  ended.catch(() => {});
  const answer = async () => {
    const [{ error }] = await Promise.race([once(child, "message"), ended]);
    if (error) throw new Error(error);
  };
  await answer();
  return {
    name: `Node ${(await finish(program, ["--version"])).trim().slice(1)}`,
    processes: [child.pid],
    run: (task) => {
      child.send(task);
      return answer();
    },
    stop: () => child.kill(),
  };
}

const WORKER = `
import { contest } from "./work.js";
${allParties()}
let run;
export default {
  async fetch(request) {
    run ??= contest(PARTIES);
    try {
      await run(await request.json());
      return new Response("done");
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
`;

export async function inWorkerd() {
  const contents = await bundle(WORKER, WORKERD);
  const before = await children();
  const worker = new Miniflare({
    modulesRoot: "/",
    modules: [
      { type: "ESModule", path: "/worker.js", contents },
      { type: "CompiledWasm", path: "/imagineanything.wasm", contents: await readFile(WASM) },
    ],
    compatibilityDate: COMPATIBILITY_DATE,
    cf: false,
  });
  await worker.ready;
  const { version } = JSON.parse(await readFile(new URL("../../../node_modules/workerd/package.json", import.meta.url), "utf8"));
  return {
    name: `workerd ${version}`,
    processes: (await children()).filter((pid) => !before.includes(pid)),
    run: async (task) => {
      const response = await worker.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(task) });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
    },
    stop: () => worker.dispose(),
  };
}

const PAGE = `
import { contest } from "./work.js";
${allParties()}
window.run = contest(PARTIES);
`;

export async function inChromium() {
  const browser = await launch();
  const site = await servePage();
  const stop = async () => {
    await browser.close();
    await site.stop();
  };
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}/index.html`);
    await page.waitForFunction(() => window.run);
    const devtools = await browser.newBrowserCDPSession();
    const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
    return {
      name: `Chromium ${browser.version()}`,
      processes: processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id),
      run: (task) => page.evaluate((task) => window.run(task), task),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The page and the wasm in the folders where the script looks for it. */
async function servePage() {
  const folder = await mkdtemp(join(tmpdir(), "imagineanything-bench-"));
  await mkdir(join(folder, "entry"));
  await mkdir(join(folder, "dist"));
  await writeFile(join(folder, "entry/page.js"), await bundle(PAGE, BROWSER));
  await writeFile(join(folder, "index.html"), `<!doctype html><script type="module" src="/entry/page.js"></script>`);
  await cp(WASM, join(folder, "dist/imagineanything.wasm"));
  const site = await serve(folder);
  const stop = async () => {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: site.url, stop };
}
