//! Child processes for tests: each leads its own group, so that stopping one stops what it started.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";

const MAX_OUTPUT = 64 * 1024 * 1024;
const GRACE_MS = 5_000;
const ASKED_EACH_MS = 100;

/** Those that were started and run: they are stopped with us. */
const running = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const { pid } of running) process.kill(-pid, "SIGTERM");
    process.kill(process.pid, signal);
  });
}

/** Runs a program to its end and gives what it printed; fails with all of that. */
export function finish(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: MAX_OUTPUT, ...options }, (error, stdout, stderr) => {
      if (error) {
        reject(new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr || error.message}`));
      } else {
        resolve(stdout);
      }
    });
  });
}

/**
 * Starts a program and waits until it prints something that matches `ready`; gives the match. A program that prints nothing is
 * asked: `ready` is a function then, whose promise comes to something true.
 */
export async function start(program, args, { ready, timeoutMs = 60_000, ...options }) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
  child.on("spawn", () => running.add(child));
  child.on("exit", () => running.delete(child));
  let output = "";
  let timer, asking;
  const match = await new Promise((resolve, reject) => {
    const fail = (what) => reject(new Error(`${program} ${what}\n${output}`));
    timer = setTimeout(() => fail("was not ready in time"), timeoutMs);
    const end = (found) => found && resolve(found);
    const read = (chunk) => {
      output += chunk;
      if (ready instanceof RegExp) end(ready.exec(output));
    };
    if (typeof ready === "function") asking = setInterval(() => ready().then(end, () => {}), ASKED_EACH_MS);
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("exit", (code) => fail(`ended with ${code}`));
  }).catch(async (error) => {
    await stop(child);
    throw error;
  }).finally(() => {
    clearTimeout(timer);
    clearInterval(asking);
  });
  return { match, output: () => output, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
