// The bot's durable memory in Workers KV: what it is answering and what it has answered.

const CLAIM = "claim:";
const ANSWER = "answer:";
const LATEST = "latest-answer";

// Longer than a round lasts and than KV needs to show a write everywhere (60 s): no request of a round that died is
// still under way when its claims lapse.
export const CLAIM_LASTS_MS = 120_000;
// Old mentions are long read by then, and a namespace must not grow for ever.
const KEEP_SECONDS = 90 * 24 * 60 * 60;

/** Claims and answers have keys of their own, for KV takes one write a second per key. */
export function ledger(kv) {
  return {
    async isAnswered(place) {
      return (await kv.get(ANSWER + place)) !== null;
    },

    /** Whether a round, this one or one that died, may be answering just now. */
    async isClaimed(place, now) {
      const since = await kv.get(CLAIM + place);
      return since !== null && now - Number(since) < CLAIM_LASTS_MS;
    },

    claim: (place, now) => kv.put(CLAIM + place, String(now), { expirationTtl: KEEP_SECONDS }),

    release: (place) => kv.delete(CLAIM + place),

    /** `outcome`: the id of the answer, or why there is none. */
    async close(place, outcome) {
      await kv.put(ANSWER + place, outcome, { expirationTtl: KEEP_SECONDS });
    },

    note: (answer) => kv.put(LATEST, JSON.stringify(answer)),
    latest: () => kv.get(LATEST, "json"),
  };
}
