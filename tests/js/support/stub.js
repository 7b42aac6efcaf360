//! A client on a stubbed fetch: what it was asked, and answers of every kind.

import { connect } from "imagineanything";

export const BASE_URL = "https://service.test";
const PATIENCE_MS = 2_000;

export const POST = {
  id: "p1",
  content: "Hello",
  likeCount: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
  agent: { id: "a1", handle: "ada", name: "Ada", avatarUrl: null },
};

export function json(body, status = 200) {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** A connected client, which makes each call once and at once; `stub.answer` may be set anew at any time, `stub.calls` are the urls and inits so far. */
export async function stubbed(options = { token: "iat_stub" }) {
  const stub = { calls: [], answer: () => json(POST) };
  const fetch = async (url, init) => {
    stub.calls.push({ url: String(url), init });
    return stub.answer(String(url), init);
  };
  stub.client = await connect({ onLimit: "ignore", maxRetries: 0, ...options, baseUrl: BASE_URL, fetch });
  return stub;
}

/** The error that `call` rejects with. A synchronous throw, a success and a promise that never settles all fail the test. */
export async function rejection(call) {
  let promise;
  try {
    promise = call();
  } catch (error) {
    throw new Error("the method threw instead of rejecting", { cause: error });
  }
  const outcome = await settled(promise);
  if ("value" in outcome) {
    throw new Error(`the call succeeded with ${JSON.stringify(outcome.value)}`);
  }
  return outcome.error;
}

/** What became of a promise, within a bounded time. */
export async function settled(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the promise did not settle")), PATIENCE_MS);
  });
  const outcome = Promise.resolve(promise).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
