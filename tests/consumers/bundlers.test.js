//! The packed package in bundles, loaded in Chromium; what each bundler needs for it stands in its row.

import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import * as vite8 from "vite";
import { resultOf } from "../js/support/chromium.js";
import { assertWhole, consumer } from "../js/support/consumer.js";
import { startService } from "../js/support/service.js";
import { serve } from "../js/support/static.js";
import { toolchain } from "../js/support/toolchain.js";

const BODY = `
import { told } from "./everything.js";
told(api, text, new URLSearchParams(location.search).get("service")).then((result) => { window.result = result; });
`;
const MAIN = `import * as api from "imagineanything";\nimport * as text from "imagineanything/text";\n${BODY}`;
const INLINE = MAIN.replace('imagineanything"', 'imagineanything/inline"').replace('/text"', '/text/inline"');
/** For a bundler that knows files: it gives the address of the wasm, which is handed over. */
const BY_HAND = `
import * as given from "imagineanything/init";
import wasm from "imagineanything/imagineanything.wasm";
const loaded = given.init({ module_or_path: new URL(wasm, import.meta.url) });
const api = { ...given, register: (...all) => loaded.then(() => given.register(...all)) };
const text = undefined;
${BODY}`;

const page = (script) => `<!doctype html><title>consumer</title>${script}`;
const MODULE = '<script type="module" src="./main.js"></script>';
const PLAIN = '<script defer src="./main.js"></script>';

/** Each gives a server of a page that runs the bundle. */
const ROWS = [
  { name: "esbuild with the file loader", textless: true, run: (project) => bundle(project, "by-hand.js", { loader: { ".wasm": "file" } }) },
  { name: "esbuild, inline", run: (project) => bundle(project, "inline.js", {}) },
  { name: "esbuild, inline, as a plain script", run: (project) => bundle(project, "inline.js", { format: "iife" }) },
  { name: "esbuild, the wasm copied beside the bundle", run: copied },
  { name: "Rollup, inline", run: rolled },
  { name: "webpack 5", run: packed },
  { name: "Vite 7, built", run: async (project) => viteBuilt(await vite7(), project) },
  { name: "Vite 7, dev", run: async (project) => viteDev(await vite7(), project, { optimizeDeps: { exclude: ["imagineanything"] } }) },
  { name: "Vite 8, dev", run: (project) => viteDev(vite8, project, {}) },
];

async function bundle({ folder }, entry, options) {
  await bundled(folder, entry, "out", options);
  return served(join(folder, "out"), options.format === "iife" ? PLAIN : MODULE);
}

function bundled(folder, entry, outdir, options = {}) {
  return esbuild.build({
    absWorkingDir: folder,
    entryPoints: { main: entry },
    outdir,
    bundle: true,
    format: "esm",
    logLevel: "silent",
    ...options,
  });
}

async function copied({ folder }) {
  // The bundle looks for the wasm in ../dist, as the package's own script does.
  await bundled(folder, "main.js", "out/js");
  await cp(join(folder, "node_modules/imagineanything/dist"), join(folder, "out/dist"), { recursive: true });
  return served(join(folder, "out"), '<script type="module" src="./js/main.js"></script>');
}

async function rolled({ folder }) {
  const { rollup } = await tool("rollup");
  const { nodeResolve } = await tool("@rollup/plugin-node-resolve");
  const made = await rollup({ input: join(folder, "inline.js"), plugins: [nodeResolve({ browser: true })] });
  await made.write({ file: join(folder, "out/main.js"), format: "es" });
  return served(join(folder, "out"));
}

async function packed({ folder }) {
  const { default: webpack } = await tool("webpack");
  const output = { path: join(folder, "out"), filename: "main.js" };
  const stats = await promisify(webpack)({ mode: "production", context: folder, entry: "./main.js", output });
  assert.deepEqual(stats.toJson().errors, []);
  return served(join(folder, "out"));
}

async function viteBuilt(vite, { folder }) {
  await vite.build({ root: folder, logLevel: "error", build: { outDir: "out" } });
  return serve(join(folder, "out"));
}

async function viteDev(vite, { folder }, options) {
  const server = await vite.createServer({ root: folder, logLevel: "error", server: { port: 0, host: "127.0.0.1" }, ...options });
  await server.listen();
  return { url: `http://127.0.0.1:${server.httpServer.address().port}`, stop: () => server.close() };
}

async function vite7() {
  const vite = await tool("vite");
  assert.match(vite.version, /^7\./);
  return vite;
}

/** A folder's bundle, with a page for it. */
async function served(folder, script = MODULE) {
  await writeFile(join(folder, "index.html"), page(script));
  return serve(folder);
}

/** A module of the toolchain. */
async function tool(name) {
  const require = createRequire(join(await toolchain("bundlers"), "package.json"));
  return import(pathToFileURL(require.resolve(name)).href);
}

let service;

before(async () => {
  await toolchain("bundlers");
  service = await startService("--limits", "off");
});
after(() => service?.stop());

for (const { name, run, textless } of ROWS) {
  test(name, async (t) => {
    const files = { "index.html": page(MODULE), "main.js": MAIN, "inline.js": INLINE, "by-hand.js": BY_HAND };
    const project = await consumer(files);
    t.after(project.remove);
    const site = await run(project);
    t.after(site.stop);
    const result = await resultOf(`${site.url}/index.html?service=${service.baseUrl}`);
    // The text functions come with no `init` of their own.
    assertWhole(result, { textless });
  });
}
