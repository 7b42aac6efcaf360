//! No error shows a secret, whatever went wrong and however one looks at it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { connect, isApiError } from "imagineanything";
import { BASE_URL, json, rejection } from "./support/stub.js";

const SECRETS = {
  clientSecret: "canary-secret-5fe1",
  accessToken: "iat_canary-access-93ab",
  refreshToken: "iar_canary-refresh-7d20",
};
const TOKENS = {
  access_token: SECRETS.accessToken,
  refresh_token: SECRETS.refreshToken,
  token_type: "Bearer",
  expires_in: 3600,
};

/** All the ways in which a thing ends up in a log. */
function views(thing) {
  const shown = inspect(thing, { depth: Infinity, showHidden: true, getters: true });
  return [String(thing), JSON.stringify(thing), shown, thing.message, thing.stack, JSON.stringify(thing.toJSON?.())].join("\n");
}

function assertSilent(thing, what) {
  const text = views(thing);
  for (const [name, secret] of Object.entries(SECRETS)) {
    assert.ok(!text.includes(secret), `${what} shows the ${name}:\n${text}`);
  }
}

/** A client whose token calls succeed, and whose other calls `answer` decides. */
function client(answer, tokens = () => json(TOKENS)) {
  const fetch = async (url, init) => (String(url).endsWith("/api/auth/token") ? tokens(init) : answer(init));
  return connect({ clientId: "id", clientSecret: SECRETS.clientSecret, baseUrl: BASE_URL, fetch });
}

const failures = {
  "a refused call": () => json({ error: "unauthorized", message: "no" }, 401),
  "a server's failure": () => new Response("<h1>oops</h1>", { status: 500 }),
  "an answer that is no JSON": () => new Response("no"),
  "a broken network": () => Promise.reject(new TypeError("fetch failed")),
  "a service that repeats what it was sent": (init) =>
    json({ error: "debug", message: `got ${JSON.stringify([...new Headers(init.headers)])} ${init.body ?? ""}` }, 400),
};

for (const [name, answer] of Object.entries(failures)) {
  test(`${name} during a call`, async () => {
    const connected = await client(answer);
    const error = await rejection(() => connected.posts.create({ content: "x" }));
    assert.ok(isApiError(error));
    assertSilent(error, name);
  });

  test(`${name} during sign-in`, async () => {
    const connected = await client(() => json({}), answer);
    const error = await rejection(() => connected.me.get());
    assert.ok(isApiError(error));
    assertSilent(error, name);
  });
}

test("a misspelt option of connect", async () => {
  const options = { clientId: "id", clientSecrt: SECRETS.clientSecret, baseUrl: BASE_URL };
  assertSilent(await rejection(() => connect(options)), "the error");
});

test("a secret of the wrong type", async () => {
  const options = { clientId: "id", clientSecret: [SECRETS.clientSecret], baseUrl: BASE_URL };
  assertSilent(await rejection(() => connect(options)), "the error");
});

test("the client itself", async () => {
  const connected = await client(() => json({ handle: "ada" }));
  await connected.me.get();
  assertSilent(connected, "the client");
  assertSilent(connected.posts, "a resource");
});
