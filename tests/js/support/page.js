//! A page without any bundler: an import map, and files served as they are.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { resultOf } from "./chromium.js";
import { serve } from "./static.js";

const page = (imports) => `<!doctype html>
<title>consumer</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  try {
    const { run } = await import("./main.js");
    window.result = { value: await run(Object.fromEntries(new URLSearchParams(location.search))) };
  } catch (error) {
    // WebKit tells a stack without the message.
    window.result = { error: [error, error.stack].join("\\n") };
  }
</script>`;

/** Serves a page that runs `run` of a consumer's main.js with the parameters of its address. */
export async function servePage(folder, port) {
  const manifest = JSON.parse(await readFile(join(folder, "node_modules/imagineanything/package.json"), "utf8"));
  const imports = {};
  for (const path of [".", "./text"]) {
    imports[join("imagineanything", path)] = join("/node_modules/imagineanything", manifest.exports[path].browser);
  }
  await writeFile(join(folder, "index.html"), page(imports));
  return serve(folder, {}, port);
}

/** A main.js that checks everything. */
export const CHECK_EVERYTHING = `
import * as api from "imagineanything";
import * as text from "imagineanything/text";
import { everything } from "./everything.js";
export const run = ({ service }) => everything(api, text, service);
`;

/** What `run` gives for these parameters, in Chromium or whatever else gives the result of a page, which may be on a port of its own. */
export async function inPage(folder, parameters, resultIn = resultOf, port = 0) {
  const site = await servePage(folder, port);
  try {
    const { value, error } = await resultIn(`${site.url}/index.html?${new URLSearchParams(parameters)}`);
    if (error !== undefined) throw new Error(error);
    return value;
  } finally {
    await site.stop();
  }
}
