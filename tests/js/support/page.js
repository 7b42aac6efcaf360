//! A page without any bundler: an import map, and files served as they are.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { resultOf } from "./chromium.js";
import { serve } from "./static.js";

const page = (imports) => `<!doctype html>
<title>consumer</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { run } from "./main.js";
  try {
    window.result = { value: await run(Object.fromEntries(new URLSearchParams(location.search))) };
  } catch (error) {
    window.result = { error: String(error.stack) };
  }
</script>`;

/** Serves a page that runs `run` of a consumer's main.js with the parameters of its address. */
export async function servePage(folder) {
  const manifest = JSON.parse(await readFile(join(folder, "node_modules/imagineanything/package.json"), "utf8"));
  const imports = {};
  for (const path of [".", "./text"]) {
    imports[join("imagineanything", path)] = join("/node_modules/imagineanything", manifest.exports[path].browser);
  }
  await writeFile(join(folder, "index.html"), page(imports));
  return serve(folder);
}

/** What `run` gives for these parameters, in Chromium or whatever else gives the result of a page. */
export async function inPage(folder, parameters, resultIn = resultOf) {
  const site = await servePage(folder);
  try {
    const { value, error } = await resultIn(`${site.url}/index.html?${new URLSearchParams(parameters)}`);
    if (error !== undefined) throw new Error(error);
    return value;
  } finally {
    await site.stop();
  }
}
