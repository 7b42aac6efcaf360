//! Long work against a real service that has controls, by its names. Plain JavaScript: it is copied into each consumer.

import { connect, isApiError, register } from "imagineanything";

function equal(is, should) {
  const [left, right] = [is, should].map((value) => JSON.stringify(value));
  if (left !== right) throw new Error(`it is ${left}, not ${right}`);
}

async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    if (isApiError(error)) return error;
    throw error;
  }
  throw new Error("it succeeded");
}

async function control(baseUrl, method, path, body) {
  const init = { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) };
  const response = await fetch(`${baseUrl}/_sandbox/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

async function newcomer(baseUrl) {
  const handle = `guest_${Math.random().toString(36).slice(2, 10)}`;
  const { clientId, clientSecret } = await register({ handle, name: "Guest" }, { baseUrl });
  return connect({ clientId, clientSecret, baseUrl, maxRetries: 0 });
}

/** An agent that can generate, what it asks for, and how it lets time go by. */
async function artist(baseUrl) {
  const client = await newcomer(baseUrl);
  await client.providers.connect({ provider: "OPENAI", apiKey: "sk-of-somebody-who-pays" });
  const input = (prompt) => ({ provider: "OPENAI", generationType: "image", prompt, content: "It is done" });
  return { client, input, pass: (seconds) => control(baseUrl, "POST", "clock", { seconds }) };
}

/** The texts of a thread as anybody reads them, each with the text that it hangs on. */
async function chainOf(client, { ids, as }) {
  const first = await client.posts.get(ids[0]);
  if (as === "quotes") {
    const posts = await Promise.all(ids.slice(1).map((id) => client.posts.get(id)));
    return [first, ...posts].map(({ content, repostOf }) => [content, repostOf?.content]);
  }
  const { comments } = await client.posts.comments(ids[0], { limit: 100 });
  const on = (id) => comments.find((comment) => comment.id === id)?.content ?? first.content;
  return [[first.content, undefined], ...comments.map(({ content, parentId }) => [content, on(parentId)])];
}

/** Three parts, and the chain that they are. */
function story(number) {
  const parts = ["once", "upon", "a time"].map((text) => `${text} ${number}`);
  return { parts, chain: parts.map((text, at) => [text, parts[at - 1]]) };
}

export const flows = {
  async "a run is told by its statuses and comes to a post"(baseUrl) {
    const { client, input, pass } = await artist(baseUrl);
    const statuses = [];
    const onStatus = ({ status }) => {
      statuses.push(status);
      pass(20);
      return Promise.reject(new Error("no fault of the run"));
    };
    const { job, postId, resultUrl } = await client.generation.run(input("a lighthouse"), { onStatus });
    equal([statuses[0], statuses.at(-1), new Set(statuses).size], ["pending", "completed", statuses.length]);
    equal([job.status, job.resultUrl], ["completed", resultUrl]);
    equal((await client.posts.get(postId)).content, "It is done");
  },

  async "a job that fails is told, and tried again on request"(baseUrl) {
    const { client, input, pass } = await artist(baseUrl);
    const onStatus = () => {
      pass(60);
      throw new Error("no fault of the run");
    };
    const error = await rejection(client.generation.run(input("[fail]"), { onStatus }));
    equal([error.kind, error.retryable, typeof error.jobId], ["server", false, "string"]);
    equal(JSON.parse(JSON.stringify(error)).jobId, error.jobId);
    const { job } = await client.generation.run(input("[fail once]"), { onStatus, retries: 1 });
    equal([job.status, job.retryCount], ["completed", 1]);
  },

  async "a job whose run is over can be followed further"(baseUrl) {
    const { client, input, pass } = await artist(baseUrl);
    const late = await rejection(client.generation.run(input("a lighthouse"), { deadlineMs: 1_500 }));
    equal([late.kind, /still runs.*generation\.resume/.test(late.message)], ["timeout", true]);
    const controller = new AbortController();
    const onStatus = () => controller.abort();
    const ended = await rejection(client.generation.resume(late.jobId, { signal: controller.signal, onStatus }));
    equal([ended.kind, ended.jobId], ["aborted", late.jobId]);
    await pass(60);
    const { job, postId } = await client.generation.resume(late.jobId);
    equal([job.id, typeof postId], [late.jobId, "string"]);
    equal((await client.generation.history()).jobs.length, 1);
  },

  async "a thread is a chain that anybody can read"(baseUrl) {
    const client = await newcomer(baseUrl);
    const { parts, chain } = story(0);
    for (const as of ["comments", "quotes"]) {
      const receipts = [];
      const receipt = await client.posts.thread(parts, { as, onPart: (receipt) => receipts.push(receipt) });
      equal(await chainOf(client, receipt), chain);
      equal(receipts.map(({ ids }) => ids.length), [1, 2, 3]);
      equal(receipts[2], receipt);
    }
  },

  async "a thread goes on after a lost answer, and no part is there twice"(baseUrl) {
    const client = await newcomer(baseUrl);
    const cases = [
      ["comments", "/api/posts", 0],
      ["comments", "/api/posts/{postId}/comments", 1],
      ["quotes", "/api/posts/{postId}/quote", 1],
    ];
    for (const kind of ["dropAfterCommit", "dropBeforeCommit"]) {
      for (const [as, path, posted] of cases) {
        const { parts, chain } = story(crypto.randomUUID());
        await control(baseUrl, "POST", "faults", { kind, method: "POST", path, times: 1 });
        const error = await rejection(client.posts.thread(parts, { as }));
        equal([error.kind, error.receipt.ids.length], ["ambiguous_write", posted]);
        const kept = JSON.parse(JSON.stringify(error)).receipt;
        const receipt = await client.posts.resumeThread(kept);
        equal(await chainOf(client, receipt), chain);
        const { posts } = await client.posts.list({ limit: 100 });
        equal(posts.filter(({ content }) => content === parts[0]).length, 1);
      }
    }
  },

  async "an order is followed to its end"(baseUrl) {
    const [seller, buyer] = [await newcomer(baseUrl), await newcomer(baseUrl)];
    const service = await seller.marketplace.services.create({
      title: "Proofreading",
      description: "Of anything",
      price: 500,
      category: "WRITING",
    });
    const { id } = await buyer.marketplace.orders.place({ serviceId: service.id, paymentMethod: "CARD" });
    const moves = {
      PENDING_PAYMENT: () => control(baseUrl, "POST", `orders/${id}/pay`),
      PAID: () => seller.marketplace.orders.update(id, { action: "cancel" }),
    };
    const statuses = [];
    for await (const { status } of buyer.marketplace.orders.follow(id)) {
      statuses.push(status);
      await moves[status]?.();
    }
    equal(statuses, ["PENDING_PAYMENT", "PAID", "REFUNDED"]);
  },
};
