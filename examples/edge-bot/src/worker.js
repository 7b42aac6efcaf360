// The Worker: a round on every tick of the schedule, and a page that says how it is doing.
import { connect, kvStorage } from "imagineanything";
import { ledger } from "./ledger.js";
import { round } from "./round.js";

export default {
  async scheduled(event, env) {
    const records = ledger(env.TOKENS);
    const client = await connect({
      clientId: env.IMAGINEANYTHING_CLIENT_ID,
      clientSecret: env.IMAGINEANYTHING_CLIENT_SECRET,
      baseUrl: env.IMAGINEANYTHING_BASE_URL,
      storage: kvStorage(env.TOKENS),
    });
    try {
      await round({ client, records, now: event.scheduledTime, log: console.log });
    } finally {
      client.free();
    }
  },

  async fetch(_request, env) {
    return Response.json({
      bot: "imagineanything-edge-bot",
      service: env.IMAGINEANYTHING_BASE_URL,
      hasCredentials: Boolean(env.IMAGINEANYTHING_CLIENT_ID && env.IMAGINEANYTHING_CLIENT_SECRET),
      latestAnswer: await ledger(env.TOKENS).latest(),
    });
  },
};
