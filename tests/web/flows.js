// Long work, as JavaScript meets it: signals, options, callbacks, the stack of its errors.

import { connected, equal, items, json, lines, rejection, run } from "./support.js";

const never = () => new Promise(() => {});
const INPUT = { provider: "OPENAI", generationType: "image", prompt: "a lighthouse" };
const started = () => json({ jobId: "j1", status: "pending" }, 202);
const pending = () => json({ jobs: [{ id: "j1", status: "generating" }] });
const posted = () => json({ id: "x1" }, 201);

/** A service that answers each path, or never. */
const service = (answers) => (path) => (answers[path.split("?")[0]] ?? never)();

const tests = {
  async "a signal ends a run in every phase, which tells the job as far as it is known"(connect) {
    const reason = new Error("enough");
    const phases = [
      [{}, undefined],
      [{ "/api/generate": started }, "j1"],
      [{ "/api/generate": started, "/api/generate/pending": () => json({ jobs: [] }) }, "j1"],
      [{ "/api/generate": started, "/api/generate/pending": pending }, "j1"],
    ];
    for (const [answers, jobId] of phases) {
      const controller = new AbortController();
      const { client } = await connected(connect, service(answers));
      const call = () => client.generation.run(INPUT, { signal: controller.signal });
      setTimeout(() => controller.abort(reason), jobId ? 1100 : 10);
      const error = await rejection(call, "aborted");
      equal(error.jobId, jobId, "jobId");
      equal("jobId" in error.toJSON(), jobId !== undefined, "jobId in JSON");
    }
  },

  async "a signal ends a thread before a part and in it, and the receipt is told"(connect) {
    const parts = ["a", "b"];
    const began = new AbortController();
    const { client, calls } = await connected(connect, service({ "/api/posts": posted }));
    setTimeout(() => began.abort(), 50);
    const error = await rejection(() => client.posts.thread(parts, { signal: began.signal }), "aborted");
    equal(error.receipt.ids, ["x1"]);
    equal(lines(calls), ["POST /api/posts", "POST /api/posts/x1/comments"]);

    const between = new AbortController();
    const call = () => client.posts.thread(parts, { signal: between.signal, onPart: () => between.abort() });
    equal((await rejection(call, "aborted")).receipt.ids, ["x1"]);
    equal(calls.length, 3, "what was sent");
  },

  async "options of long work are checked, and nothing is sent"(connect) {
    const { client, calls } = await connected(connect, never);
    const wrong = [
      [() => client.generation.run(INPUT, { onStatus: 7 }), "options.onStatus"],
      [() => client.generation.run(INPUT, { retries: 4 }), "options.retries"],
      [() => client.generation.run(INPUT, { deadlineMs: 0 }), "options.deadlineMs"],
      [() => client.generation.run(INPUT, { onPart() {} }), "options.onPart"],
      [() => client.generation.run(), ""],
      [() => client.generation.resume(), "jobId"],
      [() => client.generation.resume(7), "jobId"],
      [() => client.posts.thread(["a"], { as: "comment" }), "options.as"],
      [() => client.posts.thread("a"), ""],
      [() => client.posts.thread([]), ""],
      [() => client.posts.thread(["a", 7]), "[1]"],
      [() => client.posts.thread([10n]), ""],
      [() => client.posts.resumeThread({ parts: ["a"], as: "comments", ids: [7], startedAt: 0 }), "ids[0]"],
      [() => client.posts.resumeThread({ parts: [" "], as: "quotes", ids: [], startedAt: 0 }), "parts[0].content"],
      [() => client.posts.resumeThread(), "parts"],
    ];
    for (const [call, path] of wrong) equal((await rejection(call, "invalid_argument", path)).issues[0].path, path);
    equal(calls.length, 0, "what was sent");
  },

  async "what parts become while they are posted changes nothing"(connect) {
    const parts = ["a", { content: "b" }];
    const { client, calls } = await connected(connect, posted);
    const thread = client.posts.thread(parts, { as: "quotes" });
    parts[1].content = "c";
    parts.push("d");
    equal((await thread).parts, ["a", { content: "b" }]);
    equal(calls.length, 2);
    equal(JSON.parse(calls[1][2].body).content, "b");
  },

  async "a dry run gives the first request"(connect) {
    const { client, calls } = await connected(connect, never, { token: "iat_1", dryRun: true });
    const told = [];
    const run = await client.generation.run(INPUT, { onStatus: (job) => told.push(job) });
    equal([run.dryRun, run.method, run.body], [true, "POST", INPUT]);
    const thread = await client.posts.thread(["a", "b"], { onPart: (receipt) => told.push(receipt) });
    equal([thread.dryRun, thread.body], [true, { content: "a" }]);
    equal((await items(client.marketplace.orders.follow("o1"))).length, 1);
    equal([told.length, calls.length], [0, 0]);
  },

  async "the stack of an error begins where the work was asked for"(connect) {
    const { client } = await connected(connect, service({
      "/api/posts": posted,
      "/api/posts/x1/comments": () => json({}, 404),
      "/api/marketplace/orders/o1": () => json({}, 404),
    }));
    async function runs() {
      await client.generation.run({});
    }
    async function threads() {
      await client.posts.thread(["a", "b"]);
    }
    async function follows() {
      for await (const _ of client.marketplace.orders.follow("o1")) throw new Error("an order");
    }
    for (const caller of [runs, threads, follows]) {
      const [head, first] = (await rejection(caller, caller === runs ? "invalid_argument" : "not_found")).stack.split("\n");
      equal(head.startsWith("ApiError: "), true, head);
      equal(first.includes(caller.name), true, `${first}: the first frame`);
    }
  },
};

export const runFlows = (connect) => run(tests, connect);
