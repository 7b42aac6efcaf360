// A fault of the client itself: a panic ends one call, and no other.

import { POST, TOKENS, connected, equal, json, rejection, run } from "./support.js";

/** A client with a token, a call under way, and how to answer it. */
async function busy(connect) {
  let answer;
  const { client, calls } = await connected(
    connect,
    (path) => {
      if (path === "/api/auth/token") return json(TOKENS);
      return path.endsWith("slow") ? new Promise((resolve) => (answer = () => resolve(json(POST)))) : json(POST);
    },
    { clientId: "id", clientSecret: "s", allowSecretInPage: true },
  );
  await client.posts.get("p1");
  const slow = client.posts.get("slow");
  const { core } = client.posts;
  return { client, calls, slow, answer: () => answer(), core, promised: core.promised() };
}

/** What the promise of a call that panics is rejected with. */
async function fault(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, 2000, "it never settled"));
  const failed = await Promise.race([promise, late]).then((value) => value, (fields) => fields);
  equal(failed.kind, "internal", "the kind");
  equal(failed.cause instanceof Error, true, "the trap is its cause");
}

const tests = {
  async "a panic is told, and every other call goes on"(connect) {
    for (const later of [false, true]) {
      const { client, calls, slow, answer, core, promised } = await busy(connect);
      await fault(promised((deferred) => core.trap(deferred, later)));
      answer();
      equal((await slow).id, "p1", "the call under way");
      equal((await client.posts.get("p1")).id, "p1", "the next call");
      const tokens = calls.filter(([, path]) => path === "/api/auth/token").length;
      equal(tokens, 1, "times that a token was got");
      equal(client.limits().read.remaining <= 97, true, "the budget is known");
    }
  },

  async "many panics at once and one after the other are told"(connect) {
    const { client, core, promised } = await busy(connect);
    const once = Array.from({ length: 20 }, (_, nth) => fault(promised((deferred) => core.trap(deferred, nth % 2 === 0))));
    await Promise.all(once);
    for (let nth = 0; nth < 20; nth += 1) await fault(promised((deferred) => core.trap(deferred, true)));
    await rejection(() => client.posts.get(""), "invalid_argument");
    equal((await client.posts.get("p1")).id, "p1");
  },
};

export function runTraps(connect) {
  return run(tests, connect);
}
