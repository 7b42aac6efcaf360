// What users read when something fails: errors are those of the package itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "imagineanything";
import { describe } from "../src/trouble.ts";

/** The error that a call rejects with. */
const rejection = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => assert.fail("the call succeeded"),
    (error: unknown) => error,
  );

async function failing(status: number, body: unknown, headers = {}) {
  const fetch = async () => Response.json(body, { status, headers });
  // A refusal for the limit pauses all clients of a token.
  const client = await connect({ token: `iat_${status}`, fetch, maxRetries: 0 });
  return describe(await rejection(client.me.get()), "load your profile");
}

test("a refused token asks to sign in", async () => {
  const trouble = await failing(401, { error: "invalid_token", message: "expired" });
  assert.equal(trouble.title, "Could not load your profile");
  assert.equal(trouble.remedy, "sign-in");
});

test("too many requests say how long to wait", async () => {
  const trouble = await failing(429, { error: "rate_limit_exceeded" }, { "retry-after": "17" });
  assert.match(trouble.advice, /17 s/);
  assert.equal(trouble.remedy, "retry");
});

test("a service that fails or cannot be reached offers another try", async () => {
  assert.equal((await failing(500, {})).remedy, "retry");
  const fetch = () => Promise.reject(new TypeError("down"));
  const client = await connect({ token: "iat_test", fetch, maxRetries: 0 });
  const error = await rejection(client.posts.get("p"));
  assert.match(describe(error, "load the post").advice, /could not be reached/);
  const lost = describe(await rejection(client.posts.create({ content: "x" })), "publish the post");
  assert.match(lost.advice, /Look whether it is there/);
  assert.equal(lost.remedy, "none");
});

test("faults of arguments stand by their field", async () => {
  const client = await connect({ token: "iat_test", fetch: () => assert.fail("nothing may be sent") });
  const error = await rejection(client.posts.create({ content: "x".repeat(501) }));
  const { fields, advice } = describe(error, "publish the post");
  assert.match(fields["content"] ?? "", /500/);
  assert.match(advice, /marked/);
});

test("the words of the service are kept, without codes", async () => {
  const { advice } = await failing(403, {
    error: "forbidden",
    message: "Only its author may delete a post.",
  });
  assert.equal(advice, "Your account may not do this. Only its author may delete a post.");
});

test("what is no error of the service is told as it is", () => {
  assert.match(describe(new RangeError("too deep"), "draw").advice, /too deep/);
});

test("a job that failed says why, and is no fault of the service", async () => {
  const answers: Record<string, unknown> = {
    "/api/generate": { jobId: "j1", status: "pending" },
    "/api/generate/pending": { jobs: [{ id: "j1", status: "failed", errorMessage: "quota exceeded" }] },
  };
  const fetch = async (url: string) => Response.json(answers[new URL(url).pathname]);
  const client = await connect({ token: "iat_job", fetch });
  const input = { provider: "OPENAI", generationType: "image", prompt: "Fog" } as const;
  const { advice } = describe(await rejection(client.generation.run(input)), "generate this");
  assert.equal(advice, "The job failed: quota exceeded.");
});

test("a thread that lost an answer goes on by itself: nobody is sent to look", async () => {
  const fetch = async (_: string, { method }: RequestInit) =>
    method === "POST" ? Promise.reject(new TypeError("down")) : Response.json({ id: "a1" });
  const client = await connect({ token: "iat_thread", fetch, maxRetries: 0 });
  const { advice, remedy } = describe(await rejection(client.posts.thread(["a", "b"])), "publish the thread");
  assert.equal(advice, "The answer of the service was lost.");
  assert.equal(remedy, "none");
});
