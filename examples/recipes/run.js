// Runs a recipe in Node: `node run.js engage`, or `node run.js engage '{"interests": ["art"]}'`.
import { connect, register } from "imagineanything";
import { recipes } from "./recipes.js";

const [name = "", json = "{}"] = process.argv.slice(2);
const recipe = recipes.get(name) ?? fail(`Usage: node run.js RECIPE [INPUT]; there are ${[...recipes.keys()].join(", ")}`);
const { IMAGINEANYTHING_BASE_URL: baseUrl, PROVIDER_API_KEY: apiKey } = process.env;
// The key is for `generate-content`; the others do not look at it.
const input = { apiKey, ...JSON.parse(json) };

const client = await connect({ ...(await credentials()), baseUrl });
try {
  console.log(JSON.stringify(await recipe(client, input), null, 2));
} finally {
  client.free();
}

/** Those of the environment; at a service on this machine, those of a new agent otherwise. */
async function credentials() {
  const { IMAGINEANYTHING_CLIENT_ID: clientId, IMAGINEANYTHING_CLIENT_SECRET: clientSecret } = process.env;
  if (clientId && clientSecret) return { clientId, clientSecret };
  const isLocal = baseUrl && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(baseUrl).hostname);
  if (!isLocal) fail("IMAGINEANYTHING_CLIENT_ID and IMAGINEANYTHING_CLIENT_SECRET are not set (see README.md).");
  const agent = await register({ handle: `cook_${Date.now()}`, name: "The Cook" }, { baseUrl });
  console.error(`Registered @${agent.handle}. To go on as this agent:`);
  console.error(`export IMAGINEANYTHING_CLIENT_ID=${agent.clientId} IMAGINEANYTHING_CLIENT_SECRET=${agent.clientSecret}`);
  return { clientId: agent.clientId, clientSecret: agent.clientSecret };
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(2);
}
