//! Hostile answers and arguments: every one becomes an `ApiError`, and the client goes on working.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { connect, isApiError } from "imagineanything";
import { json, POST, rejection, settled, stubbed } from "./support/stub.js";

const stub = await stubbed();
const { client } = stub;
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

afterEach(async () => {
  stub.answer = () => json(POST);
  assert.deepEqual(await client.posts.get("p1"), POST, "the client works on");
  // Rejections that nobody handles are told one turn of the event loop later.
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(unhandled.splice(0), []);
});

async function failsAs(kinds, call, operation) {
  const error = await rejection(call);
  assert.ok(isApiError(error), `not an ApiError: ${error}`);
  assert.ok(error instanceof Error);
  assert.equal(error.name, "ApiError");
  assert.ok([kinds].flat().includes(error.kind), `${error.kind}: ${error.message}`);
  assert.equal(error.operation, operation);
  assert.ok(error.message.length > 0);
  assert.doesNotThrow(() => JSON.stringify(error));
  return error;
}

describe("a fetch that rejects", () => {
  const reasons = [
    "text",
    "",
    undefined,
    null,
    0,
    42n,
    Symbol("s"),
    {},
    { message: 7 },
    [],
    () => {},
    Object.create(null),
    new Error("down"),
    new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }),
    new Proxy({}, { get: () => { throw new Error("trap"); } }),
  ];
  for (const [index, reason] of reasons.entries()) {
    test(`with reason ${index}: ${typeof reason}`, async () => {
      stub.answer = () => Promise.reject(reason);
      const error = await failsAs("network", () => client.posts.get("p1"), "posts.get");
      assert.equal(error.cause, reason);
    });
  }

  test("by throwing at once", async () => {
    stub.answer = () => {
      throw "thrown";
    };
    await failsAs("network", () => client.posts.get("p1"), "posts.get");
  });
});

describe("a fetch that resolves with what is no Response", () => {
  const thrower = new Proxy({}, { get: (_, key) => { if (key !== "then") throw new Error("trap"); } });
  for (const [name, value] of Object.entries({
    undefined: undefined,
    null: null,
    "a string": "response",
    "a number": 200,
    "an empty object": {},
    "a status only": { status: 200 },
    "a throwing object": thrower,
  })) {
    test(name, async () => {
      stub.answer = () => value;
      await failsAs(["network", "decode"], () => client.posts.get("p1"), "posts.get");
    });
  }
});

describe("an answer", () => {
  const html = "<!doctype html><title>502</title>" + "<p>Bad gateway</p>".repeat(10_000);
  const broken = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new Error("connection reset"));
      },
    });
  const cases = {
    "that is no JSON": { make: () => new Response("hello"), kind: "decode", status: 200 },
    "whose JSON is cut off": { make: () => new Response('{"id": "p'), kind: "decode", status: 200 },
    "whose text is not UTF-8": { make: () => new Response(new Uint8Array([0xff, 0xfe, 0x00])), kind: "decode", status: 200 },
    "that is an HTML error page": { make: () => new Response(html, { status: 502 }), kind: "server", status: 502 },
    "that is an empty error": { make: () => new Response(null, { status: 503 }), kind: "server", status: 503 },
    "that is an error with odd JSON": { make: () => json([null], 400), kind: "invalid_argument", status: 400 },
    "that is an error with a deep body": {
      make: () => json({ status: "error", error: { code: "x", message: { a: 1 } } }, 404),
      kind: "not_found",
      status: 404,
    },
    "whose body breaks off": { make: () => new Response(broken()), kind: ["network", "decode"], status: undefined },
    "that is an opaque failure": { make: () => Response.error(), kind: ["network", "decode"], status: undefined },
  };
  for (const [name, { make, kind, status }] of Object.entries(cases)) {
    test(name, async () => {
      stub.answer = make;
      const error = await failsAs(kind, () => client.posts.get("p1"), "posts.get");
      if (status !== undefined) {
        assert.equal(error.status, status);
      }
      assert.ok(error.message.length < 2_000, "the message is bounded");
    });
  }

  for (const status of [200, 204]) {
    test(`that is an empty ${status} to a deletion`, async () => {
      stub.answer = () => new Response(null, { status });
      assert.ok("value" in (await settled(client.posts.delete("p1"))));
    });
  }

  test("that is an empty 204 where an object is promised", async () => {
    stub.answer = () => new Response(null, { status: 204 });
    const outcome = await settled(client.posts.get("p1"));
    assert.ok("value" in outcome || isApiError(outcome.error));
  });

  test("with fields nobody knows passes through", async () => {
    const odd = { ...POST, mood: "odd", agent: { ...POST.agent, agentType: "NEW_KIND" } };
    stub.answer = () => json({ post: odd });
    assert.deepEqual(await client.posts.get("p1"), odd);
  });

  test("of a listing without its list", async () => {
    for (const body of [{}, null, [], "x", 7, { posts: 7 }, { posts: null }]) {
      stub.answer = () => json(body);
      const walk = async () => {
        for await (const item of client.posts.list()) {
          assert.fail(`an item out of nothing: ${item}`);
        }
      };
      const outcome = await settled(walk());
      assert.ok("value" in outcome || isApiError(outcome.error), String(outcome.error?.stack));
    }
  });

  test("of a listing whose cursor never changes", async () => {
    stub.answer = () => json({ posts: [POST], nextCursor: "same" });
    const walk = async () => {
      for await (const _ of client.posts.list()) {
        // Only the walking matters.
      }
    };
    assert.ok(isApiError(await rejection(walk)));
  });
});

describe("a wrong argument is refused and nothing is sent", () => {
  const circular = { content: "x" };
  circular.self = circular;
  const trap = new Proxy({}, {
    get: () => { throw new Error("trap"); },
    ownKeys: () => { throw new Error("trap"); },
  });
  const getter = { get content() { throw new Error("getter"); } };
  const bodies = {
    missing: undefined,
    null: null,
    "a string": "content",
    "a number": 5,
    "a bigint": 5n,
    "a symbol": Symbol("s"),
    "a function": () => {},
    "an array": ["x"],
    "an empty object": {},
    "a wrong type": { content: 5 },
    "a bigint inside": { content: 5n },
    "a symbol inside": { content: Symbol("s") },
    "an object inside": { content: {} },
    null_inside: { content: null },
    "too long": { content: "x".repeat(501) },
    "too long in characters, though few": { content: "𝒳".repeat(501) },
    "a misspelt key": { contnet: "x" },
    "an unknown key": { content: "x", colour: "red" },
    "a wrong choice": { content: "x", mediaType: "SMELL" },
    "a list of what it may not hold": { content: "x", mediaIds: [1, null, {}] },
    circular,
    "a throwing proxy": trap,
    "a throwing getter": getter,
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(`a body that is ${name}`, async () => {
      const before = stub.calls.length;
      const error = await failsAs("invalid_argument", () => client.posts.create(body), "posts.create");
      assert.equal(stub.calls.length, before, "nothing is sent");
      assert.ok(error.issues.length > 0);
    });
  }

  test("all faults are told at once, each with its path", async () => {
    const call = () => client.posts.create({ contnet: 1, mediaType: "SMELL", mediaIds: ["ok", 7] });
    const error = await failsAs("invalid_argument", call, "posts.create");
    const paths = error.issues.map((issue) => issue.path);
    assert.ok(paths.includes("contnet") && paths.includes("mediaType") && paths.includes("mediaIds[1]"), paths.join());
    assert.match(error.message, /content\b/, "the nearest right key is named");
  });

  test("the limit and what was got are told", async () => {
    const error = await failsAs("invalid_argument", () => client.posts.create({ content: "x".repeat(501) }), "posts.create");
    assert.match(error.message, /500/);
    assert.match(error.message, /501/);
  });

  const queries = [{ limit: "many" }, { limit: 0 }, { limit: -1 }, { limit: 1.5 }, { limit: NaN }, { limit: Infinity }, { cursor: 5 }, 7, "x", trap];
  for (const [index, query] of queries.entries()) {
    test(`query ${index}`, async () => {
      const before = stub.calls.length;
      await failsAs("invalid_argument", () => client.posts.list(query), "posts.list");
      assert.equal(stub.calls.length, before);
    });
  }

  test("a query is read once: what is sent is what was checked", async () => {
    let reads = 0;
    const query = { get limit() { return reads++ === 0 ? 10 : 9999; } };
    await client.posts.list(query);
    assert.equal(new URL(stub.calls.at(-1).url).searchParams.get("limit"), "10");
  });

  const optionBags = [7, "x", { signal: "now" }, { signal: {} }, { headers: 7 }, { singal: AbortSignal.abort() }, trap];
  for (const [index, options] of optionBags.entries()) {
    test(`options ${index}`, async () => {
      const before = stub.calls.length;
      await failsAs("invalid_argument", () => client.posts.get("p1", options), "posts.get");
      assert.equal(stub.calls.length, before);
    });
  }
});

describe("ids and handles", () => {
  const refused = ["", ".", "..", undefined, null, 7, 7n, {}, [], Symbol("s"), () => {}, Object.create(null)];
  for (const [index, id] of refused.entries()) {
    test(`refused ${index}: ${typeof id}`, async () => {
      const before = stub.calls.length;
      const error = await failsAs("invalid_argument", () => client.posts.get(id), "posts.get");
      assert.equal(error.issues[0].path, "postId");
      await failsAs("invalid_argument", () => client.agents.get(id), "agents.get");
      assert.equal(stub.calls.length, before);
    });
  }

  for (const id of ["a/b?c#d%", "../x", "a b", "é☃𝒳", "%2e%2e", "a\\b", "a\u0000b", "\ud800"]) {
    test(`encoded: ${JSON.stringify(id)}`, async () => {
      await client.posts.get(id);
      const { pathname, search, hash } = new URL(stub.calls.at(-1).url);
      assert.equal(pathname.split("/").length, 4, pathname);
      assert.equal(decodeURIComponent(pathname.split("/")[3]), id.toWellFormed?.() ?? id.replace("\ud800", "\ufffd"));
      assert.equal(search + hash, "");
    });
  }

  test("a handle may begin with @", async () => {
    await client.agents.get("@ada");
    assert.ok(stub.calls.at(-1).url.endsWith("/api/agents/ada"));
    await failsAs("invalid_argument", () => client.agents.get("@"), "agents.get");
  });
});

describe("aborting", () => {
  const hanging = (_, init) =>
    new Promise((_resolve, reject) => {
      init.signal?.addEventListener("abort", () => reject(init.signal.reason));
    });
  for (const [name, reason] of Object.entries({ nothing: undefined, text: "enough", object: { why: 1 }, null: null })) {
    test(`in flight, with ${name} as the reason`, async () => {
      stub.answer = hanging;
      const controller = new AbortController();
      const call = client.posts.get("p1", { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 5);
      await failsAs("aborted", () => call, "posts.get");
    });
  }

  test("while a fetch pays no attention", async () => {
    stub.answer = () => new Promise(() => {});
    const controller = new AbortController();
    const call = client.posts.get("p1", { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await failsAs("aborted", () => call, "posts.get");
  });
});

describe("a client that nobody holds any more", () => {
  test("ends the call that it makes", async () => {
    const late = (url) => {
      const body = String(url).endsWith("/api/auth/token") ? { access_token: "iat_1", expires_in: 3600 } : POST;
      return new Promise((resolve) => setTimeout(resolve, 50, json(body)));
    };
    const options = { clientId: "id", clientSecret: "hush", baseUrl: "https://service.test", fetch: late };
    const call = (await connect(options)).me.get();
    for (let turn = 0; turn < 4; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      globalThis.gc();
    }
    assert.deepEqual(await call, POST);
  });
});
