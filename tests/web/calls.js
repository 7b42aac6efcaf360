// Calls as JavaScript makes them: what they send, what they give, and what no mistake may break.

import { BASE_URL, POST, connected, equal, json, lines, rejection, run, trap } from "./support.js";

const circular = { content: "x" };
circular.self = circular;

const throwing = {
  get content() {
    throw new Error("getter");
  },
};

const REASONS = [undefined, null, "text", "", 0, 42n, Symbol("s"), {}, [], () => {}, new Error("down"), trap];

const tests = {
  async "a call goes out by the fetch that was given"(connect) {
    const { client, calls } = await connected(connect, () => json(POST, 201));
    await client.posts.create({ content: "Hello", mediaIds: ["m1"] }, { headers: { "X-Trace": "7" } });
    equal(lines(calls), ["POST /api/posts"]);
    const [, , init] = calls[0];
    equal(init.body, '{"content":"Hello","mediaIds":["m1"]}');
    equal(init.redirect, "manual", "a redirect would take the token elsewhere: redirect");
    const headers = new Headers(init.headers);
    const names = ["authorization", "content-type", "accept", "x-trace"];
    const expected = ["Bearer iat_1", "application/json", "application/json", "7"];
    equal(names.map((name) => headers.get(name)), expected);
  },

  async "changing an argument later changes nothing"(connect) {
    const { client, calls } = await connected(connect, () => json(POST, 201));
    const post = { content: "Hello", mediaIds: ["m1"] };
    const call = client.posts.create(post);
    post.content = "Bye";
    post.mediaIds.push("m2");
    await call;
    equal(calls[0][2].body, '{"content":"Hello","mediaIds":["m1"]}');
  },

  async "an object with a method fetch is called as one"(connect) {
    const binding = {
      async fetch() {
        equal(this === binding, true, "this");
        return json(POST);
      },
    };
    const client = await connect({ baseUrl: BASE_URL, fetch: binding });
    equal(await client.posts.get("p1"), POST);
  },

  async "an answer passes through as the service gave it"(connect) {
    const odd = { ...POST, mood: { deep: [1, null] }, mediaType: "SMELL", agent: { ...POST.agent, agentType: "NEW" } };
    for (const body of [odd, { post: odd }]) {
      const { client } = await connected(connect, () => json(body));
      equal(await client.posts.get("p1"), odd);
    }
  },

  async "an empty answer is undefined"(connect) {
    const { client } = await connected(connect, () => new Response(null, { status: 204 }));
    equal(await client.posts.delete("p1"), undefined);
  },

  async "a client has its resources, each always the same object"(connect) {
    const { client } = await connected(connect, () => json(POST));
    equal(Object.keys(client).filter((name) => !name.startsWith("_")), [
      "auth",
      "posts",
      "feed",
      "agents",
      "me",
      "conversations",
      "messages",
      "explore",
      "notifications",
      "analytics",
      "media",
      "providers",
      "generation",
      "bytes",
      "reports",
      "marketplace",
    ]);
    equal(Object.keys(client.marketplace), ["services", "orders", "reviews", "payouts", "payments"]);
    for (const name of ["auth", "posts", "me"]) equal(client[name] === client[name], true, name);
    equal(client.marketplace.orders === client.marketplace.orders, true, "orders");
    equal(typeof client.marketplace.orders.sendMessage, "function");
    for (const method of ["isFollowing", "follow"]) equal(typeof client.agents[method], "function", method);
    equal(typeof client.notifications.markRead, "function");
    equal(typeof client.auth.signOut, "function");
  },

  async "the stack of an error begins where the call was made"(connect) {
    const { client } = await connected(connect, () => json({}, 404));
    async function readsOne() {
      await client.posts.get("p1");
    }
    async function readsMany() {
      await client.posts.list();
    }
    // Named like what it calls.
    async function token() {
      await client.auth.token();
    }
    for (const caller of [readsOne, readsMany, token]) {
      const [head, first] = (await rejection(caller, caller === token ? "unauthorized" : "not_found")).stack.split("\n");
      equal(head.startsWith("ApiError: "), true, head);
      equal(first.includes(caller.name), true, `${first}: the first frame`);
    }
  },

  async "whatever a fetch rejects with is a failure of the network"(connect) {
    for (const [index, reason] of REASONS.entries()) {
      const { client } = await connected(connect, () => Promise.reject(reason));
      const error = await rejection(() => client.posts.get("p1"), "network", `reason ${index}`);
      equal(error.cause === reason, true, `the cause of ${index}`);
      equal([error.operation, error.retryable], ["posts.get", true]);
    }
  },

  async "whatever a fetch gives that is no Response is a failure of the network"(connect) {
    const answers = [undefined, null, "response", 200, {}, { status: 200 }, { status: 200, text: 7 }, { status: "200" }];
    for (const [index, answer] of answers.entries()) {
      const { client } = await connected(connect, () => answer);
      await rejection(() => client.posts.get("p1"), "network", `answer ${index}`);
    }
  },

  async "a broken answer is told by its kind"(connect) {
    const page = `<h1>Bad gateway</h1>${"<p></p>".repeat(10_000)}`;
    const broken = () => new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    const answers = [
      ["decode", () => new Response('{"id": "p')],
      ["decode", () => new Response("hello")],
      ["server", () => new Response(page, { status: 502 })],
      ["server", () => new Response(null, { status: 503 })],
      ["invalid_argument", () => json([null], 400)],
      ["not_found", () => json({ error: { code: "x", message: { deep: 1 } } }, 404)],
      ["network", () => new Response(broken())],
    ];
    for (const [index, [kind, answer]] of answers.entries()) {
      const { client } = await connected(connect, answer);
      const error = await rejection(() => client.posts.get("p1"), kind, `answer ${index}`);
      equal(error.message.length < 400, true, "the message is bounded");
    }
  },

  async "a refusal tells all that is known"(connect) {
    const headers = { "retry-after": "7", "x-request-id": "req_1" };
    const body = '{"error": "rate_limit_exceeded", "message": "Slow down"}';
    const { client } = await connected(connect, () => new Response(body, { status: 429, headers }));
    const error = await rejection(() => client.posts.get("p1"), "rate_limited");
    const { operation, status, code, retryable, retryAfterMs, requestId } = error.toJSON();
    equal([operation, status, code, retryable, retryAfterMs, requestId], [
      "posts.get",
      429,
      "rate_limit_exceeded",
      true,
      7000,
      "req_1",
    ]);
  },

  async "a wrong body is refused, and nothing is sent"(connect) {
    const { client, calls } = await connected(connect, () => json(POST));
    const bodies = [undefined, null, "content", 5, 5n, Symbol("s"), () => {}, ["x"], {}, circular, trap, throwing];
    const contents = [5, 5n, Symbol("s"), {}, null, "", " ", "x".repeat(501), "🦀".repeat(501)];
    for (const [index, body] of [...bodies, ...contents.map((content) => ({ content }))].entries()) {
      const error = await rejection(() => client.posts.create(body), "invalid_argument", `body ${index}`);
      equal(error.issues.length > 0, true);
    }
    equal(lines(calls), []);
    await client.posts.create({ content: "🦀".repeat(500) });
    equal(lines(calls), ["POST /api/posts"], "the client works on");
  },

  async "wrong ids and options are refused, and nothing is sent"(connect) {
    const { client, calls } = await connected(connect, () => json(POST));
    for (const [index, id] of [undefined, null, "", ".", "..", 7, 7n, {}, Symbol("s"), trap].entries()) {
      const error = await rejection(() => client.posts.get(id), "invalid_argument", `id ${index}`);
      equal(error.issues[0].path, "postId");
    }
    const bags = [null, 7, "x", trap, { signal: "now" }, { signal: {} }, { signal: trap }, { headers: 7 }];
    for (const [index, options] of [...bags, { headers: trap }, { singal: 1 }].entries()) {
      await rejection(() => client.posts.get("p1", options), "invalid_argument", `options ${index}`);
    }
    equal(lines(calls), []);
  },

  async "connect tells all faults of its options at once"(connect) {
    const wrong = { baseUrl: "http://example.com", clientId: 7, fetch: 7, storage: "disk", tokn: "x" };
    const error = await rejection(() => connect(wrong), "invalid_argument");
    const paths = error.issues.map((issue) => issue.path).sort();
    equal(paths.includes("options.clientId") && paths.includes("options.fetch"), true, paths.join());
    equal(paths.includes("options.storage") && paths.includes("options.tokn"), true, paths.join());
    for (const [index, options] of [7, "x", trap, { storage: trap }, { fetch: {} }, { token: 7n }].entries()) {
      await rejection(() => connect(options), "invalid_argument", `options ${index}`);
    }
  },

  async "a call whose signal has ended is not sent"(connect) {
    for (const reason of [undefined, null, "enough", { why: 1 }]) {
      const { client, calls } = await connected(connect, () => json(POST));
      const signal = AbortSignal.abort(reason);
      await rejection(() => client.posts.get("p1", { signal }), "aborted");
      equal(lines(calls), []);
    }
  },

  async "a signal ends a call under way"(connect) {
    const hanging = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    for (const reason of [undefined, null, "enough", { why: 1 }]) {
      const { client, sent } = await connected(connect, hanging);
      const controller = new AbortController();
      const call = client.posts.get("p1", { signal: controller.signal });
      await sent;
      controller.abort(reason);
      await rejection(() => call, "aborted");
    }
  },

  async "a signal ends a call whose fetch pays no attention to it"(connect) {
    const { client, sent } = await connected(connect, () => new Promise(() => {}));
    const controller = new AbortController();
    const call = client.posts.get("p1", { signal: controller.signal });
    await sent;
    controller.abort();
    await rejection(() => call, "aborted");
  },

  async "free ends calls in flight, and refuses later ones"(connect) {
    const { client, calls, sent } = await connected(connect, () => new Promise(() => {}));
    const { posts } = client;
    const call = posts.get("p1");
    await sent;
    client.free();
    await rejection(() => call, "aborted");
    equal(calls[0][2].signal.aborted, true, "the fetch is ended");
    await rejection(() => posts.get("p1"), "aborted");
    await rejection(() => client.posts.list().then(), "aborted");
    equal(calls.length, 1);
  },
};

export const runCalls = (connect) => run(tests, connect);
