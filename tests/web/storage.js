// Where tokens are kept, as JavaScript asks for it: a storage that fails is no harm.

import { BASE_URL, TOKENS, connected, equal, json, rejection, run, trap } from "./support.js";

const KEY = `imagineanything:${BASE_URL}:id`;
const service = (path) => json(path === "/api/auth/token" ? TOKENS : { count: 7 });

/** Makes a call by way of `storage`, and tells how many times it asked for tokens. */
async function tokenCalls(connect, storage) {
  const { client, calls } = await connected(connect, service, { clientId: "id", clientSecret: "hush", storage });
  equal(await client.notifications.count(), { count: 7 });
  return calls.filter(([, path]) => path === "/api/auth/token").length;
}

const tests = {
  async "tokens are kept in the storage of the browser, the secret is not"(connect) {
    for (const [name, storage] of [
      ["local", localStorage],
      ["session", sessionStorage],
    ]) {
      storage.removeItem(KEY);
      equal(await tokenCalls(connect, name), 1, `${name}: token calls`);
      equal(JSON.parse(storage.getItem(KEY)).accessToken, "iat_1");
      equal(JSON.stringify({ ...storage }).includes("hush"), false, "the secret is stored");
      equal(await tokenCalls(connect, name), 0, `${name}: token calls of another client`);
      const { client } = await connected(connect, service, { clientId: "id", storage: name });
      await client.notifications.count();
      await client.auth.signOut();
      equal(storage.getItem(KEY), null, "after signing out");
      await rejection(() => client.notifications.count(), "unauthorized");
    }
  },

  async "in memory, tokens live as long as the client"(connect) {
    for (const storage of ["memory", undefined, null]) {
      equal(await tokenCalls(connect, storage), 1);
      equal(await tokenCalls(connect, storage), 1);
    }
  },

  async "a storage of one's own may answer at once or later"(connect) {
    for (const later of [(value) => value, (value) => Promise.resolve(value)]) {
      const map = new Map();
      const storage = {
        get: (key) => later(map.get(key)),
        set: (key, value) => later(map.set(key, value)),
        remove: (key) => later(map.delete(key)),
      };
      equal(await tokenCalls(connect, storage), 1);
      equal([...map.keys()], [KEY]);
      equal(await tokenCalls(connect, storage), 0);
    }
  },

  async "a storage that fails is no harm"(connect) {
    const fail = () => {
      throw "full";
    };
    const failing = { get: fail, set: fail, remove: fail };
    const rejecting = { get: async () => fail(), set: async () => fail(), remove: async () => fail() };
    for (const storage of [failing, rejecting]) {
      equal(await tokenCalls(connect, storage), 1);
      const { client } = await connected(connect, service, { clientId: "id", clientSecret: "hush", storage });
      await client.auth.signOut();
    }
  },

  async "what is no record is let be"(connect) {
    for (const [index, garbage] of [undefined, null, 7, {}, [], Symbol("s"), trap, "", "garbage", "{}", "null"].entries()) {
      const storage = { get: () => garbage, set: () => {}, remove: () => {} };
      equal(await tokenCalls(connect, storage), 1, `garbage ${index}: token calls`);
    }
  },

  async "what is no storage is refused"(connect) {
    const storages = ["disk", "", 7, {}, [], () => {}, trap, { get: () => {} }, "constructor"];
    for (const [index, storage] of storages.entries()) {
      const error = await rejection(() => connect({ storage }), "invalid_argument", `storage ${index}`);
      equal(error.issues[0].path, "options.storage");
    }
  },
};

export const runStorage = (connect) => run(tests, connect);
