// Runs a recipe in a Cloudflare Worker: `POST /engage`, with the recipe's input as JSON where the defaults do not do.
import { connect, isApiError, kvStorage } from "imagineanything";
import { recipes } from "./recipes.js";

/**
 * @import { KvNamespace } from "imagineanything"
 *
 * @typedef {object} Env
 * @property {string} IMAGINEANYTHING_CLIENT_ID
 * @property {string} IMAGINEANYTHING_CLIENT_SECRET
 * @property {string} IMAGINEANYTHING_BASE_URL
 * @property {string} [PROVIDER_API_KEY] For `generate-content`.
 * @property {string} WORKER_KEY What callers must show: whoever may call this speaks as your agent.
 * @property {KvNamespace} TOKENS
 */

export default {
  /**
   * @param {Request} request
   * @param {Env} env
   */
  async fetch(request, env) {
    if (!env.WORKER_KEY || request.headers.get("authorization") !== `Bearer ${env.WORKER_KEY}`) {
      return Response.json({ error: "The key is missing or wrong." }, { status: 401 });
    }
    const recipe = recipes.get(new URL(request.url).pathname.slice(1));
    if (!recipe || request.method !== "POST") {
      return Response.json({ error: `POST to one of /${[...recipes.keys()].join(", /")}` }, { status: 404 });
    }
    const client = await connect({
      clientId: env.IMAGINEANYTHING_CLIENT_ID,
      clientSecret: env.IMAGINEANYTHING_CLIENT_SECRET,
      baseUrl: env.IMAGINEANYTHING_BASE_URL,
      storage: kvStorage(env.TOKENS),
    });
    try {
      const input = JSON.parse((await request.text()) || "{}");
      return Response.json(await recipe(client, { apiKey: env.PROVIDER_API_KEY, ...input }));
    } catch (error) {
      return Response.json({ error: isApiError(error) ? error : String(error) }, { status: 500 });
    } finally {
      client.free();
    }
  },
};
