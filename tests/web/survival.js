// Deadlines, signals, limits, events and the like, as JavaScript meets them.

import { BASE_URL, POST, connected, equal, items, json, lines, rejection, run } from "./support.js";

const never = () => new Promise(() => {});

/** What `work` gives, with how many timers and listeners it leaves behind. */
async function leaving(work) {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const timers = new Set();
  globalThis.setTimeout = (call, ms, ...more) => {
    const timer = set(() => (timers.delete(timer), call(...more)), ms);
    timers.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => (timers.delete(timer), clear(timer));
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set();
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (type, listener) => (listeners.add(listener), add(type, listener));
  signal.removeEventListener = (type, listener) => (listeners.delete(listener), remove(type, listener));
  try {
    await work(controller, signal);
    return { timers: timers.size, listeners: listeners.size };
  } finally {
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }
}

/** A client with a used-up limit of writes. */
async function exhausted(connect, options) {
  const made = await connected(connect, () => json(POST), { token: `iat_${Math.random()}`, onLimit: "wait", ...options });
  await Promise.all(Array.from({ length: 30 }, () => made.client.posts.create({ content: "x" })));
  return made;
}

const tests = {
  async "a call whose answer does not come ends in time, and its fetch is ended"(connect) {
    const { client, calls } = await connected(connect, never);
    const error = await rejection(() => client.posts.get("p1", { timeoutMs: 20 }), "timeout");
    equal([error.attempts, error.retryable], [1, true]);
    equal(calls[0][2].signal.aborted, true, "the signal of the fetch");
  },

  async "a body that stalls ends in time"(connect) {
    const stalled = () => new Response(new ReadableStream({}));
    const { client } = await connected(connect, stalled, { token: "iat_1", timeoutMs: 20 });
    await rejection(() => client.posts.get("p1"), "timeout");
  },

  async "a signal ends a call in every phase, at once, and leaves nothing behind"(connect) {
    const reason = new Error("enough");
    const phases = {
      token: () => connected(connect, never, { clientId: "id", clientSecret: "s", allowSecretInPage: true }),
      limit: () => exhausted(connect),
      answer: () => connected(connect, never),
      body: () => connected(connect, () => new Response(new ReadableStream({}))),
      retry: () => connected(connect, () => new Response(null, { status: 503, headers: { "retry-after": "9" } }), { token: "iat_1", maxRetries: 2 }),
      "token function": () => connected(connect, never, { token: never }),
    };
    for (const [name, phase] of Object.entries(phases)) {
      const { client } = await phase();
      const left = await leaving(async (controller, signal) => {
        const call = name === "limit" ? client.posts.create({ content: "x" }, { signal }) : client.posts.get("p1", { signal });
        await new Promise((resolve) => setTimeout(resolve, 20));
        const ended = performance.now();
        controller.abort(reason);
        await rejection(() => call, "aborted", name);
        equal(performance.now() - ended < 50, true, `${name} ends at once`);
      });
      equal(left.listeners, 0, `listeners of ${name}`);
      // The renewal goes on for others: its deadline is the one timer that may be left.
      equal(left.timers <= (name === "token" ? 1 : 0), true, `timers of ${name}`);
    }
  },

  async "many calls leave no timer and no listener"(connect) {
    const { client } = await connected(connect, () => json(POST));
    const left = await leaving(async (_, signal) => {
      for (let count = 0; count < 300; count += 1) await client.posts.get("p1", { signal });
    });
    equal(left, { timers: 0, listeners: 0 });
  },

  async "a limit that is used up is told at once to who does not wait"(connect) {
    const { client, calls } = await exhausted(connect, { onLimit: "throw" });
    const error = await rejection(() => client.posts.create({ content: "x" }), "rate_limited");
    equal([error.attempts, error.retryable, error.retryAfterMs > 50_000], [0, true, true]);
    equal(calls.length, 30);
    const { write, read } = client.limits();
    equal([write.limit, write.remaining, write.waitMs > 50_000], [30, 0, true]);
    equal(read, { limit: 100, remaining: 100, waitMs: 0 });
  },

  async "a write that may have been done is told as such"(connect) {
    const { client, calls } = await connected(connect, () => Promise.reject(new TypeError("cut")), { token: "iat_1", maxRetries: 2 });
    const error = await rejection(() => client.posts.create({ content: "x" }), "ambiguous_write");
    equal([error.retryable, calls.length], [false, 1]);
    await rejection(() => client.posts.get("p1"), "network");
    equal(calls.length, 4);
  },

  async "what came with an answer is told"(connect) {
    const headers = {
      "x-request-id": "req_7",
      "x-ratelimit-limit": "100",
      "x-ratelimit-remaining": "93",
      "x-ratelimit-reset": "1800000000",
    };
    const { client } = await connected(connect, () => new Response(JSON.stringify(POST), { status: 201, headers }));
    const told = await client.posts.get("p1").withResponse();
    equal([told.data, told.status, told.requestId], [POST, 201, "req_7"]);
    equal(told.rateLimit, { limit: 100, remaining: 93, reset: 1800000000 });
    equal(told.headers.get("x-request-id"), "req_7");
    equal((await client.posts.list().withResponse().catch((error) => error.kind)).status, 201);
    const twice = client.posts.get("p1");
    equal((await Promise.all([twice.withResponse(), twice.withResponse()])).map(({ status }) => status), [201, 201]);
    const call = client.posts.get("p1");
    await call;
    equal(await call.withResponse().catch((error) => error.name), "TypeError");
    const failing = await connected(connect, () => json({}, 404));
    await rejection(() => failing.client.posts.get("p1").withResponse(), "not_found");
  },

  async "a dry run tells the request and sends nothing"(connect) {
    const { client, calls } = await connected(connect, never);
    const told = await client.posts.comment("p 1", { content: "x" }, { dryRun: true });
    equal([told.dryRun, told.method, told.url], [true, "POST", `${BASE_URL}/api/posts/p%201/comments`]);
    equal([told.headers.authorization, told.body], ["Bearer [token]", { content: "x" }]);
    const key = await client.providers.connect({ provider: "OPENAI", apiKey: "sk-canary" }, { dryRun: true });
    equal(key.body, { provider: "OPENAI", apiKey: "[secret]" });
    const listing = client.posts.list({}, { dryRun: true, timeoutMs: 500, maxRetries: 1, idempotencyKey: "k" });
    equal([(await listing).dryRun, await items(listing)], [true, []]);
    const signing = await connected(connect, never, { clientId: "id", clientSecret: "hush", dryRun: true, allowSecretInPage: true });
    const asked = await signing.client.auth.token();
    equal(asked.body, { grant_type: "client_credentials", client_id: "id", client_secret: "[secret]" });
    equal([calls.length, signing.calls.length], [0, 0]);
  },

  async "a client that may only read refuses to write"(connect) {
    const { client, calls } = await connected(connect, () => json(POST), { token: "iat_1", readOnly: true });
    await rejection(() => client.posts.create({ content: "x" }), "read_only");
    await client.posts.get("p1");
    equal(lines(calls), ["GET /api/posts/p1"]);
  },

  async "a function gives the token, and another when it is refused"(connect) {
    let asked = 0;
    const token = async () => `iat_${++asked}`;
    const bearer = (init) => new Headers(init.headers).get("authorization");
    const answer = (_, init) => (bearer(init) === "Bearer iat_2" ? json(POST) : json({}, 401));
    const { client } = await connected(connect, answer, { token });
    await client.posts.get("p1");
    await client.posts.get("p1");
    equal(asked, 2);
    for (const token of [() => undefined, () => 7, () => "", () => Promise.reject(new Error("down")), () => { throw new Error("down"); }]) {
      const { client } = await connected(connect, () => json(POST), { token });
      const kind = /reject|throw/.test(token) ? "network" : "unauthorized";
      const error = await rejection(() => client.posts.get("p1"), kind, String(token));
      equal(error.message.includes("the token function"), true, error.message);
    }
    await rejection(() => connect({ token: 7 }), "invalid_argument");
  },

  async "events tell what happens, and a listener's faults are no call's"(connect) {
    const events = [];
    const answers = [() => json({}, 500), () => json(POST)];
    const { client } = await connected(connect, () => answers.shift()(), { token: "iat_1", maxRetries: 1, onEvent: (event) => events.push(event) });
    await client.posts.get("p1");
    equal(events.map(({ type }) => type), ["request", "response", "retry", "request", "response"]);
    equal([events[0].url, events[0].attempt, events[1].status, events[2].reason], [`${BASE_URL}/api/posts/p1`, 1, 500, "500"]);
    equal(JSON.stringify(events).includes("iat_1"), false, "a token in an event");
    for (const onEvent of [() => { throw new Error("mine"); }, () => Promise.reject(new Error("mine"))]) {
      const { client } = await connected(connect, () => json(POST), { token: "iat_1", onEvent });
      equal(await client.posts.get("p1"), POST);
    }
    await rejection(() => connect({ onEvent: "log" }), "invalid_argument");
  },

  async "a secret in a page is warned of, once and unless it is allowed"(connect) {
    for (const [allowSecretInPage, expected] of [[undefined, ["secret_in_page"]], [false, ["secret_in_page"]], [true, []]]) {
      const warned = [];
      const onEvent = (event) => event.type === "warning" && warned.push(event.code);
      await connect({ clientId: "id", clientSecret: "hush", onEvent, allowSecretInPage });
      equal(warned, expected);
    }
  },

  async "a key is sent with every attempt, the caller's or one that is made"(connect) {
    const { client, calls } = await connected(connect, () => json(POST));
    await client.posts.create({ content: "x" }, { idempotencyKey: "mine-7" });
    await client.posts.create({ content: "x" }, { idempotencyKey: true });
    await client.posts.create({ content: "x" }, { idempotencyKey: false });
    const keys = calls.map(([, , init]) => new Headers(init.headers).get("idempotency-key"));
    equal([keys[0], keys[1].length, keys[2]], ["mine-7", 36, null]);
    await rejection(() => client.posts.create({ content: "x" }, { idempotencyKey: "a b" }), "invalid_argument");
  },

  async "a storage that fails is told and fails nothing"(connect) {
    const warned = [];
    const fail = () => Promise.reject(new Error("full"));
    const tokens = { access_token: "iat_1", expires_in: 3600 };
    const answer = (path) => json(path === "/api/auth/token" ? tokens : { posts: [POST] });
    const { client } = await connected(connect, answer, {
      clientId: "id",
      clientSecret: "s",
      storage: { get: fail, set: fail, remove: () => { throw new Error("full"); } },
      onEvent: (event) => event.type === "warning" && warned.push(event.code),
      allowSecretInPage: true,
    });
    equal(await items(client.posts.list()), [POST]);
    await client.auth.signOut();
    equal(warned, ["storage_failed"]);
  },

  async "what is no signal is refused"(connect) {
    const { client, calls } = await connected(connect, () => json(POST));
    for (const signal of [{}, { aborted: false }, { aborted: false, addEventListener() {} }, "stop", 7]) {
      await rejection(() => client.posts.get("p1", { signal }), "invalid_argument", JSON.stringify(signal));
    }
    equal(calls.length, 0);
  },

  async "options out of their limits are refused"(connect) {
    for (const options of [{ timeoutMs: 0 }, { timeoutMs: 1.5 }, { maxRetries: -1 }, { maxWaitMs: "1" }, { onLimit: "sleep" }, { readOnly: 1 }]) {
      await rejection(() => connect(options), "invalid_argument", JSON.stringify(options));
    }
  },
};

export const runSurvival = (connect) => run(tests, connect);
