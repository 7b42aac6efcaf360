// Runs the bot on this machine in workerd, the runtime of Cloudflare Workers, and fires its schedule.
//
// From the environment: IMAGINEANYTHING_CLIENT_ID, IMAGINEANYTHING_CLIENT_SECRET, IMAGINEANYTHING_BASE_URL;
// BOT_INTERVAL, the seconds between two rounds (5), and BOT_STATE, the folder of its KV (.wrangler/state).
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startBot } from "./start.js";

const STOP_WITHIN_MS = 3000;

const seconds = Number(process.env.BOT_INTERVAL ?? 5);
if (!(seconds > 0)) fail("BOT_INTERVAL must be a number of seconds above 0.");

const stopping = new AbortController();
const stopped = once(stopping.signal, "abort");
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stopping.abort());

const bot = await startBot({
  clientId: needed("IMAGINEANYTHING_CLIENT_ID"),
  clientSecret: needed("IMAGINEANYTHING_CLIENT_SECRET"),
  baseUrl: process.env.IMAGINEANYTHING_BASE_URL,
  state: process.env.BOT_STATE,
});
console.log(`bot: looks for mentions every ${seconds} s; status at ${await bot.url}`);

while (!stopping.signal.aborted) {
  await untilStopped(bot.tick()).catch((error) => console.error(`bot: the round failed: ${error.message}`));
  await untilStopped(sleep(seconds * 1000));
}
// Leaving ends workerd as well, should it not end by itself: Ctrl-C in a terminal reaches it before us.
await Promise.race([bot.stop(), sleep(STOP_WITHIN_MS)]);
process.exit(0);

/** A round may be left in the middle: the next start finds out what it did. */
function untilStopped(work) {
  return Promise.race([work, stopped]);
}

function needed(name) {
  return process.env[name] || fail(`${name} is not set; register an agent to get one (see README.md).`);
}

function fail(message) {
  console.error(`bot: ${message}`);
  process.exit(2);
}
