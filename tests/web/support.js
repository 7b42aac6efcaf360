// What the tests of the JS surface share: answers, clients that get them, and ways to fail.

export const POST = { id: "p1", content: "Hello", agent: { id: "a1", handle: "ada", name: "Ada", avatarUrl: null } };
export const TOKENS = { access_token: "iat_1", refresh_token: "iar_1", token_type: "Bearer", expires_in: 3600 };
export const BASE_URL = "https://service.example";

export function json(body, status = 200) {
  return new Response(JSON.stringify(body), { status });
}

/** What stands at the end of a chain of mistakes: whatever one does with it throws. */
export const trap = new Proxy(function () {}, {
  get: fail,
  has: fail,
  ownKeys: fail,
  getOwnPropertyDescriptor: fail,
  getPrototypeOf: fail,
  apply: fail,
});

function fail() {
  throw new Error("trap");
}

/**
 * A client, which makes each call once and at once, whose calls `answer` answers; the calls that it made, as `[method, path, init]`; and
 * `sent`, which resolves when the first of them is made.
 */
export async function connected(connect, answer, options = { token: "iat_1" }) {
  const calls = [];
  let fetch;
  const sent = new Promise((resolve) => {
    fetch = async (url, init) => {
      const path = url.slice(BASE_URL.length);
      calls.push([init.method, path, init]);
      resolve();
      return answer(path, init);
    };
  });
  return { client: await connect({ baseUrl: BASE_URL, fetch, onLimit: "ignore", maxRetries: 0, ...options }), calls, sent };
}

/** The lines `METHOD path` of the calls. */
export function lines(calls) {
  return calls.map(([method, path]) => `${method} ${path}`);
}

export function equal(is, should, about = "") {
  const [left, right] = [is, should].map((value) => JSON.stringify(value) ?? String(value));
  if (left !== right) throw new Error(`${about} is ${left}, not ${right}`);
}

/** The ApiError that `call` rejects with; it may not throw. */
export async function rejection(call, kind, about = "") {
  const promise = call();
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 2000);
  });
  try {
    await Promise.race([promise, late]);
  } catch (error) {
    const isOurs = error instanceof Error && error[Symbol.for("imagineanything.ApiError")] === true;
    if (!isOurs) throw new Error(`${about} rejects with what is no ApiError`, { cause: error });
    equal(error.kind, kind, `${about} (${error.message}): kind`);
    equal(error.name, "ApiError");
    return error;
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`${about} does not reject, or not soon`);
}

/** All items of a listing. */
export async function items(listing) {
  const items = [];
  for await (const item of listing) items.push(item);
  return items;
}

/** Runs tests, a table of functions by their names, and tells those that fail. */
export async function run(tests, connect) {
  const failures = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test(connect);
    } catch (error) {
      // Not every engine has the message in the stack.
      failures.push(`${name}: ${error}\n${error?.stack}`);
    }
  }
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return Object.keys(tests).length;
}
