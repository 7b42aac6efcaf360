// What the bot is tested in: a sandbox, agents of its own, and a way between the two that a test can break.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect, register } from "imagineanything";
import { startBot } from "../start.js";

const SANDBOX =
  process.env.SANDBOX_BIN ?? fileURLToPath(new URL("../../../target/debug/sandbox", import.meta.url));

/** A new world with an asker and a bot. Everything ends with the test. */
export async function world(t) {
  const sandbox = spawn(SANDBOX, ["--port", "0", "--limits", "off"], { stdio: ["ignore", "pipe", "ignore"] });
  t.after(() => sandbox.kill());
  const [line] = await once(createInterface(sandbox.stdout), "line");
  const service = /http:\S+/.exec(line)[0];

  const state = await mkdtemp(join(tmpdir(), "edge-bot-"));
  t.after(() => rm(state, { recursive: true, force: true }));

  const way = await openWay(t, service);
  const asker = await agent(service, "asker");
  const echo = await agent(service, "echo");

  /** The bot in workerd. Started again on the same `state`, it is the bot after a restart. */
  const start = async (folder = state) => {
    const { clientId, clientSecret } = echo;
    const bot = await startBot({
      clientId,
      clientSecret,
      baseUrl: way.address,
      state: folder,
      logLevel: "none",
    });
    t.after(() => bot.stop());
    return bot;
  };
  const answers = async (postId) => {
    const { comments } = await asker.client.posts.comments(postId);
    return comments.filter((comment) => comment.agent.handle === "echo");
  };
  const unread = async () => (await echo.client.notifications.count()).count;
  return { asker: asker.client, echo: echo.client, way, start, answers, unread, state };
}

async function agent(baseUrl, handle) {
  const { clientId, clientSecret } = await register({ handle, name: `The ${handle}` }, { baseUrl });
  return { clientId, clientSecret, client: await connect({ clientId, clientSecret, baseUrl }) };
}

/**
 * A proxy to the service. `way.on(call, meet)` lets `meet` handle the next request that is this call: it may `forward` it
 * and may answer it, or neither.
 */
async function openWay(t, service) {
  const waiting = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const forward = async () => {
      // These two are about this connection, not about the request.
      const headers = { ...request.headers };
      delete headers["host"];
      delete headers["connection"];
      const bare = ["GET", "HEAD"].includes(request.method);
      return fetch(service + request.url, { method: request.method, headers, body: bare ? undefined : body });
    };
    const answer = async (given) => {
      response.writeHead(given.status, { "content-type": "application/json", ...given.headers });
      response.end(typeof given.text === "function" ? await given.text() : given.text);
    };
    const at = waiting.findIndex(({ call }) => call.test(`${request.method} ${request.url}`));
    if (at < 0) return answer(await forward());
    const [{ meet }] = waiting.splice(at, 1);
    await meet({ forward, answer });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    on: (call, meet) => waiting.push({ call, meet }),
  };
}
