//! A headless Chromium, as the machine has it.

import { accessSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
/** The first three are for containers; the rest keeps the browser from calling home. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? find(), headless: true, args: FLAGS });
}

function find() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = files.find((file) => {
    try {
      accessSync(file);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) {
    throw new Error(`none of ${NAMES.join(", ")} is on PATH; CHROMIUM may name the browser's program`);
  }
  return found;
}

/** Opens a page that leaves its scenario's result in `window.result`, and gives it. `uploadThroughput` is in bytes a second. */
export async function resultOf(url, uploadThroughput) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("requestfailed", (request) => troubles.push(`${request.url()}: ${request.failure()?.errorText}`));
    if (uploadThroughput !== undefined) {
      const devtools = await page.context().newCDPSession(page);
      const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
      await devtools.send("Network.emulateNetworkConditions", conditions);
    }
    await page.goto(url);
    const done = page.waitForFunction(() => window.result, undefined, { timeout: 30_000 });
    const handle = await done.catch((error) => {
      throw new Error([error.message, ...troubles].join("\n"));
    });
    return await handle.jsonValue();
  } finally {
    await browser.close();
  }
}
