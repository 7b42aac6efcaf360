//! Browsers by their drivers, which speak the protocol of WebDriver.

import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { start } from "./processes.js";

const { GECKODRIVER = "geckodriver", WEBKITDRIVER = "WebKitWebDriver" } = process.env;
const PATIENCE_MS = 30_000;
const LOOKED_EACH_MS = 50;

/** Opens a page that leaves its scenario's result in `window.result`, and gives it. */
export function resultInFirefox(url) {
  const capabilities = { "moz:firefoxOptions": { args: ["-headless"] } };
  return resultIn(url, GECKODRIVER, capabilities);
}

/** The same. WebKit has no headless mode: it gets a display that nobody sees, whose number is printed. */
export async function resultInWebKit(url) {
  const display = await start("Xvfb", ["-displayfd", "1", "-noreset"], { ready: /^(\d+)\n/m });
  try {
    // GDK_BACKEND, for the display of a Wayland session would go before this one.
    const env = { ...process.env, DISPLAY: `:${display.match[1]}`, GDK_BACKEND: "x11" };
    return await resultIn(url, WEBKITDRIVER, {}, env);
  } finally {
    await display.stop();
  }
}

async function resultIn(url, program, capabilities, env = process.env) {
  const port = await freePort();
  const ask = asking(`http://127.0.0.1:${port}`);
  const driver = await start(program, [`--port=${port}`], { ready: () => ask("GET", "/status"), env });
  try {
    const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
    const session = `/session/${sessionId}`;
    try {
      await ask("POST", `${session}/url`, { url });
      return await result((body) => ask("POST", `${session}/execute/sync`, body));
    } finally {
      await ask("DELETE", session);
    }
  } catch (error) {
    throw new Error(`${error.message}\n${driver.output()}`, { cause: error });
  } finally {
    await driver.stop();
  }
}

async function result(execute) {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const found = await execute({ script: "return window.result ?? null", args: [] });
    if (found !== null) return found;
    await wait(LOOKED_EACH_MS);
  }
  throw new Error("the page came to no result in time");
}

/** How a driver is asked: what it gives, or the error that it tells. */
function asking(driver) {
  return async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(driver + path, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
