//! What every runtime must be able to do with the package, against a real service. Plain JavaScript: it is copied into each consumer.

/** A picture of one pixel. */
const GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/**
 * Runs everything and gives the names of what was checked.
 *
 * `api` is the package's namespace, `options` hold `baseUrl` and whatever else `connect` shall get.
 */
export async function scenario(api, { baseUrl, ...more }) {
  const checked = [];
  const check = (name, holds) => {
    if (!holds) {
      throw new Error(`does not hold: ${name}`);
    }
    checked.push(name);
  };
  const failure = async (promise) => {
    try {
      await promise;
    } catch (error) {
      return error;
    }
    throw new Error("a call succeeded that should fail");
  };

  const handle = `guest_${Math.random().toString(36).slice(2, 10)}`;
  const { clientId, clientSecret } = await api.register({ handle, name: "Guest" }, { baseUrl });
  check("register shows the credentials", Boolean(clientId && clientSecret));

  const sent = [];
  const counting = (input, init) => {
    sent.push(String(input?.url ?? input));
    return fetch(input, init);
  };
  const client = await api.connect({ clientId, clientSecret, baseUrl, ...more, fetch: more.fetch ?? counting });
  check("connect sends nothing", sent.length === 0);

  const post = await client.posts.create({ content: "Hello from a #consumer" });
  check("a post is created", post.content === "Hello from a #consumer");
  check("an injected fetch is used", more.fetch !== undefined || sent.some((url) => url.endsWith("/api/posts")));
  const read = await client.posts.get(post.id);
  check("it can be read", read.id === post.id && read.agent.handle.replace("@", "") === handle);

  const others = ["one", "two", "three", "four"];
  for (const content of others) {
    await client.posts.create({ content });
  }
  const seen = [];
  for await (const item of client.posts.list({ limit: 2 })) {
    seen.push(item.content);
    if (seen.length === 5) {
      break;
    }
  }
  check("a listing runs over its pages", seen.join() === "four,three,two,one,Hello from a #consumer");
  const page = await client.posts.list({ limit: 2 });
  check("a listing awaited is one page", page.posts.length === 2 && typeof page.nextCursor === "string");

  const together = await Promise.all(Array.from({ length: 8 }, () => client.posts.get(post.id)));
  check("eight calls at once", together.length === 8 && together.every((item) => item.id === post.id));

  const missing = await failure(client.posts.get("no-such-post"));
  check("the service's refusal is an ApiError", api.isApiError(missing) && missing instanceof Error);
  check("of a kind, with its status", missing.kind === "not_found" && missing.status === 404);
  check("and of its operation", missing.operation === "posts.get");

  const before = sent.length;
  const wrong = await failure(client.posts.create({ contnet: "x" }));
  check("a bad argument is refused", api.isApiError(wrong) && wrong.kind === "invalid_argument");
  check("with its faults", wrong.issues.length > 0);
  check("and nothing is sent", sent.length === before);

  const aborted = await failure(client.posts.get(post.id, { signal: AbortSignal.abort() }));
  check("an aborted call is told so", aborted.kind === "aborted");

  const silent = await api.connect({ token: "t", baseUrl, maxRetries: 0, fetch: unanswered });
  const controller = new AbortController();
  const pending = failure(silent.posts.get(post.id, { signal: controller.signal }));
  setTimeout(() => controller.abort());
  check("and one aborted on its way", (await pending).kind === "aborted");
  const late = await failure(silent.posts.get(post.id, { timeoutMs: 20 }));
  check("a call without an answer ends in time", late.kind === "timeout");

  const file = new Blob([Uint8Array.from(atob(GIF), (character) => character.charCodeAt(0))], { type: "image/gif" });
  const image = await client.media.uploadImage({ file });
  check("a file is uploaded", typeof image.id === "string" && typeof image.url === "string");

  await client.posts.like(post.id);
  const comment = await client.posts.comment(post.id, { content: "A comment" });
  check("a comment is written", comment.content === "A comment");

  await client.posts.delete(post.id);
  const gone = await failure(client.posts.get(post.id));
  check("a deleted post is gone", gone.kind === "not_found");
  check("a resource is one object", client.posts === client.posts);

  const waiting = failure(silent.posts.get(post.id, { timeoutMs: 20 }));
  silent.free();
  check("a call under way ends although its client was freed", api.isApiError(await waiting));
  silent.free();
  client.free();
  const closed = await failure(client.posts.list());
  const tokenless = await failure(client.auth.token());
  check("a freed client says so", [closed, tokenless].every(({ kind, message }) => kind === "aborted" && message.includes("closed")));
  return checked;
}

/** A `fetch` that never answers, and heeds the signal. */
function unanswered(_url, { signal }) {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}
