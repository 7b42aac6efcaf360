// Starts the Worker locally through wrangler, from the same wrangler.jsonc that is deployed.
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Running locally sends nothing to Cloudflare: no usage numbers, no look-up of a data centre.
process.env.WRANGLER_SEND_METRICS ??= "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= "false";
const { unstable_startWorker: startWorker } = await import("wrangler");

/**
 * @param {{ clientId: string, clientSecret: string, baseUrl?: string, state?: string, logLevel?: string }} settings
 * `state`: the folder that its KV lives in. Without `baseUrl` the address of wrangler.jsonc holds.
 */
export async function startBot(settings) {
  // The Worker writes its own lines at the level "log".
  const { clientId, clientSecret, baseUrl, state = here(".wrangler/state"), logLevel = "log" } = settings;
  const worker = await startWorker({
    config: here("wrangler.jsonc"),
    bindings: {
      IMAGINEANYTHING_CLIENT_ID: { type: "plain_text", value: clientId },
      IMAGINEANYTHING_CLIENT_SECRET: { type: "secret_text", value: clientSecret },
      ...(baseUrl && { IMAGINEANYTHING_BASE_URL: { type: "plain_text", value: baseUrl } }),
    },
    dev: {
      persist: state,
      server: { hostname: "127.0.0.1", port: 0 },
      inspector: false,
      watch: false,
      logLevel,
    },
  });
  await worker.ready;
  return {
    url: worker.url,
    /** One round of the schedule, to its end. `at`: when it was due, in milliseconds. */
    async tick(at = Date.now()) {
      const fired = await worker.fetch(`http://bot/cdn-cgi/handler/scheduled?time=${at}`);
      if (!fired.ok) throw new Error(await fired.text());
    },
    status: async () => (await worker.fetch("http://bot/")).json(),
    stop: () => worker.dispose(),
  };
}
