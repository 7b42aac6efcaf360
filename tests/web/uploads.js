// Uploads: what a file is, how much of it has left, and posts with their files.

import { BASE_URL, POST, connected, equal, json, lines, rejection, run, trap } from "./support.js";

const bytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const GIF = "GIF89a and so on";
const gif = (text = GIF) => new File([bytes(text)], "x.gif", { type: "image/gif" });

/** A service that numbers its uploads: m1, m2… */
function service() {
  let count = 0;
  return (path) => (path === "/api/posts" ? json(POST, 201) : json({ id: `m${++count}` }, 201));
}

/** The form that a request carries. A fetch that is not the platform's own is given its bytes. */
const formOf = ({ headers, body }) => new Response(body, { headers: { "content-type": headers["content-type"] } }).formData();

const tests = {
  async "a file that is not what it claims is not sent, however it is given"(connect) {
    const { client, calls } = await connected(connect, service());
    const html = bytes("<!doctype html><title>no</title>");
    const name = "x.png";
    const type = "image/png; charset=x";
    for (const file of [new File([html], name, { type }), new Blob([html], { type }), { data: html, name, type }, { data: html.buffer, name, type }]) {
      const error = await rejection(() => client.media.uploadImage({ file }), "invalid_argument");
      const [issue] = error.issues;
      equal([issue.path, issue.expected, issue.got], ["file", "content of its type image/png", "content of text/html"]);
    }
    equal(calls.length, 0, "nothing is sent: calls");
    equal(client.limits().upload.remaining, 10, "none counts: remaining");
    await client.media.uploadImage({ file: gif() });
    equal(lines(calls), ["POST /api/upload"]);
  },

  async "a listener hears when a file begins and when it is there"(connect) {
    const { client } = await connected(connect, service());
    const told = [];
    await client.media.uploadImage({ file: gif() }, { onProgress: (progress) => told.push(progress) });
    equal(told, [{ sent: 0, total: 16 }, { sent: 16, total: 16 }]);
    const throwing = () => {
      throw new Error("listener");
    };
    equal(await client.media.uploadImage({ file: gif() }, { onProgress: throwing }), { id: "m2" });
    equal(await client.me.uploadAvatar({ file: gif() }, { onProgress: async () => throwing() }), { id: "m3" });
  },

  async "a call that is repeated begins again at 0"(connect) {
    let tries = 0;
    const answer = () => (++tries === 1 ? new Response("", { status: 503, headers: { "retry-after": "0" } }) : json({ id: "m1" }));
    const { client } = await connected(connect, answer, { token: "iat_1", maxRetries: 1 });
    const told = [];
    await client.media.uploadImage({ file: gif() }, { onProgress: ({ sent }) => told.push(sent) });
    equal(told, [0, 16, 0, 16]);
  },

  async "the options of uploads are of uploads alone"(connect) {
    const { client, calls } = await connected(connect, service());
    const onProgress = () => {};
    for (const [call, path] of [
      [() => client.posts.create({ content: "x" }, { onProgress }), "options.onProgress"],
      [() => client.posts.list({}, { onProgress }), "options.onProgress"],
      [() => client.posts.create({ content: "x" }, { waitUntilReady: true }), "options.waitUntilReady"],
      [() => client.media.uploadImage({ file: gif() }, { waitUntilReady: true }), "options.waitUntilReady"],
      [() => client.media.uploadImage({ file: gif() }, { onProgress: 7 }), "options.onProgress"],
      [() => client.media.uploadVideo({ file: gif() }, { waitUntilReady: "yes" }), "options.waitUntilReady"],
      [() => client.media.uploadVideo({ file: gif() }, { waitUntilReady: { timeoutMs: 0 } }), "options.waitUntilReady"],
      [() => client.media.uploadVideo({ file: gif() }, { waitUntilReady: { timeout: 5 } }), "options.waitUntilReady"],
    ]) {
      const error = await rejection(call, "invalid_argument", path);
      equal(error.issues[0].path, path);
    }
    equal(calls.length, 0, "nothing is sent: calls");
  },

  async "a post takes its files along"(connect) {
    const { client, calls } = await connected(connect, service());
    const told = [];
    const data = bytes(GIF);
    const media = [gif("GIF89a"), { data, name: "y.gif", type: "image/gif" }];
    const post = { content: "Look", mediaIds: ["m0"], media };
    const call = client.posts.create(post, { onProgress: (progress) => told.push(progress) });
    data.fill(0);
    media.pop();
    post.mediaIds.push("later");
    const { data: posted, status } = await call.withResponse();
    equal([posted, status], [POST, 201]);
    equal(lines(calls), ["POST /api/upload", "POST /api/upload", "POST /api/posts"]);
    equal(calls[2][2].body, '{"content":"Look","mediaIds":["m0","m1","m2"]}');
    const sent = await (await formOf(calls[1][2])).get("file").text();
    equal(sent, GIF, "what is uploaded");
    equal(told[0], { sent: 0, total: 22 });
    equal(told.at(-1), { sent: 22, total: 22 });
    equal(told.every(({ sent }, at) => at === 0 || sent > told[at - 1].sent), true, "it only grows: progress");
  },

  async "what was uploaded before a failure is told"(connect) {
    const { client, calls } = await connected(connect, async (path, init) => {
      const name = path === "/api/upload" && (await formOf(init)).get("file").name;
      if (name === "bad.gif") return json({ error: "too_large" }, 413);
      return path === "/api/posts" ? json({ error: "conflict" }, 409) : json({ media_id: `id of ${name}` }, 201);
    });
    const bad = new File([bytes(GIF)], "bad.gif", { type: "image/gif" });
    const failed = await rejection(() => client.posts.create({ content: "x", media: [gif(), bad] }), "invalid_argument");
    equal([failed.operation, failed.status, failed.uploadedIds], ["media.uploadImage", 413, ["id of x.gif"]]);
    equal(JSON.parse(JSON.stringify(failed)).uploadedIds, ["id of x.gif"]);
    equal(lines(calls), ["POST /api/upload", "POST /api/upload"]);
    const unposted = await rejection(() => client.posts.create({ content: "x", media: [gif()] }), "conflict");
    equal([unposted.operation, unposted.uploadedIds], ["posts.create", ["id of x.gif"]]);
    const plain = await rejection(() => client.posts.create({ content: "x" }), "conflict");
    equal(plain.uploadedIds, undefined);
  },

  async "a signal ends all that a post needs"(connect) {
    const { client, calls, sent } = await connected(connect, () => new Promise(() => {}));
    const controller = new AbortController();
    const call = rejection(() => client.posts.create({ content: "x", media: [gif(), gif()] }, { signal: controller.signal }), "aborted");
    await sent;
    controller.abort();
    await call;
    equal(calls.every(([, , init]) => init.signal.aborted), true, "each fetch is ended");
  },

  async "a post with files can be told instead"(connect) {
    const { client, calls } = await connected(connect, service());
    const dry = await client.posts.create({ content: "x", media: [gif()] }, { dryRun: true });
    equal(dry.url, `${BASE_URL}/api/posts`);
    equal(dry.body, { content: "x", mediaIds: ["[upload]"] });
    equal(calls.length, 0, "nothing is sent: calls");
  },

  async "no files that are none break anything"(connect) {
    const { client, calls } = await connected(connect, service());
    const throwing = {
      content: "x",
      get media() {
        throw new Error("getter");
      },
    };
    const loud = { content: "x", media: [gif()], get mediaIds() { throw new Error("getter"); } };
    for (const media of [null, 7, "x", {}, gif(), [null], [7], ["x"], [{}], [trap], trap, [gif(), undefined]]) {
      await rejection(() => client.posts.create({ content: "x", media }), "invalid_argument", String(typeof media));
    }
    for (const post of [throwing, loud]) await rejection(() => client.posts.create(post), "invalid_argument");
    equal(calls.length, 0, "nothing is sent: calls");
    await client.posts.create({ content: "x", media: [] });
    await client.posts.create({ content: "x", media: undefined });
    equal(calls.map(([, , init]) => init.body), ['{"content":"x"}', '{"content":"x"}']);
  },

  async "a video is waited for, and is what the list says then"(connect) {
    let asked = 0;
    const answer = (path) => {
      if (path === "/api/upload/video") return json({ id: "v1" }, 201);
      return json({ media: [{ media_id: "v1", status: ++asked < 2 ? "processing" : "ready" }] });
    };
    const { client, calls } = await connected(connect, answer);
    const file = new File([bytes("\0\0\0\x18ftypisom")], "v.mp4", { type: "video/mp4" });
    const video = await client.media.uploadVideo({ file }, { waitUntilReady: { timeoutMs: 20_000 }, idempotencyKey: "key" });
    equal(video, { media_id: "v1", status: "ready", id: "v1" });
    equal(lines(calls), ["POST /api/upload/video", "GET /api/upload?type=VIDEO", "GET /api/upload?type=VIDEO"]);
    equal(calls.map(([, , init]) => init.headers["idempotency-key"]), ["key", undefined, undefined]);
  },

  async "the browser itself tells how much has left"(connect) {
    // Whatever the server of this page answers to an upload: it does not take any.
    const told = [];
    const client = await connect({ baseUrl: location.origin, token: "iat_1", maxRetries: 0 });
    const file = gif(GIF + "x".repeat(100_000));
    const error = await client.media.uploadImage({ file }, { onProgress: (progress) => told.push(progress) }).catch((error) => error);
    equal(error.status >= 400, true, `${error}: a status`);
    equal(told[0], { sent: 0, total: file.size });
    equal(told.at(-1), { sent: file.size, total: file.size });
    equal(performance.getEntriesByType("resource").at(-1).initiatorType, "xmlhttprequest");
  },
};

export const runUploads = (connect) => run(tests, connect);
