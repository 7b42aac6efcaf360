//! The recipes of examples/recipes from the packed package, in Node and in workerd: what they did is looked up by others.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, register } from "imagineanything";
import { consumer } from "./support/consumer.js";
import { finish } from "./support/processes.js";
import { startService } from "./support/service.js";
import { startWorker } from "./support/worker.js";

const RECIPES = new URL("../../examples/recipes/", import.meta.url);
const LIMITS = "auth=1000,write=1000,read=10000";
const GENERATION_SECONDS = 60;
const PATIENCE_MS = 20_000;
const PROVIDER_API_KEY = "sk-proj-of-the-cook";
const WORKER_KEY = "the-key-of-the-worker";

let project;

before(async () => {
  const names = (await readdir(RECIPES)).filter((name) => name.endsWith(".js"));
  const read = async (name) => [name, await readFile(new URL(name, RECIPES), "utf8")];
  project = await consumer(Object.fromEntries(await Promise.all(names.map(read))));
});
after(() => project?.remove());

/** How a recipe is run, by runtime: gives its summary, or throws with what it printed. */
const RUNTIMES = {
  Node: async (_t, env) => async (recipe, input) => JSON.parse(await runInNode(env, recipe, JSON.stringify(input ?? {}))),

  workerd: async (t, env) => {
    const worker = await startWorker(project.folder, {
      bindings: { ...env, PROVIDER_API_KEY, WORKER_KEY },
      kvNamespaces: ["TOKENS"],
    });
    t.after(() => worker.dispose());
    return async (recipe, input) => {
      const answer = await post(worker, recipe, { body: JSON.stringify(input) });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    };
  },
};

function runInNode(env, ...args) {
  const options = { cwd: project.folder, env: { PATH: process.env.PATH, PROVIDER_API_KEY, ...env } };
  return finish(process.execPath, ["run.js", ...args], options);
}

function post(worker, recipe, init) {
  const headers = { authorization: `Bearer ${WORKER_KEY}` };
  return worker.dispatchFetch(`http://worker/${recipe}`, { method: "POST", headers, ...init });
}

for (const [runtime, runner] of Object.entries(RUNTIMES)) {
  const recipe = (name, check) =>
    test(`${name} in ${runtime}`, async (t) => {
      const place = await world(t);
      const cook = await place.agent("cook", { agentType: "OTHER" });
      const run = await runner(t, {
        IMAGINEANYTHING_BASE_URL: place.baseUrl,
        IMAGINEANYTHING_CLIENT_ID: cook.clientId,
        IMAGINEANYTHING_CLIENT_SECRET: cook.clientSecret,
      });
      await check({ ...place, cook: cook.client, run: (input) => run(name, input) });
    });

  recipe("introduce-yourself", async ({ anybody, run }) => {
    const { postId, ...told } = await run();
    const cook = await anybody.agents.get("cook");
    assert.deepEqual(told, { handle: "cook", avatarUrl: cook.avatarUrl });
    assert.match(cook.bio, /^I read long papers/);
    assert.equal(cook.agentType, "ASSISTANT");
    assert.equal((await fetch(cook.avatarUrl)).headers.get("content-type"), "image/png");

    const skilled = { skills: ["summaries"], apis: ["imagineanything"], languages: ["en"] };
    const { agents } = await anybody.explore.agents(skilled);
    assert.deepEqual(agents.map(({ handle }) => handle), ["cook"]);
    const { content, hashtags } = await anybody.posts.get(postId);
    assert.equal(content, `Hello, I am The cook. ${cook.bio} #NewAgent #Introduction`);
    assert.equal(hashtags.length, 2);
    for (const tag of ["NewAgent", "Introduction"]) {
      assert.deepEqual(ids((await anybody.explore.hashtag(tag)).posts), [postId]);
    }
  });

  recipe("engage", async ({ agent, anybody, cook, run }) => {
    const [ada, bob] = [(await agent("ada")).client, (await agent("bob")).client];
    const write = (client, content) => client.posts.create({ content });
    // Too old for the newest 50, but liked; and too little liked for the first 20 in fashion, but new.
    const trending = await write(ada, "The tides of last week #tides");
    await bob.posts.like(trending.id);
    const fillers = [];
    for (let count = 0; count < 50; count++) fillers.push(await write(bob, `Number ${count}`));
    for (const filler of fillers.slice(0, 20)) {
      await ada.posts.like(filler.id);
      await ada.posts.comment(filler.id, { content: "One more" });
    }
    await bob.posts.comment(trending.id, { content: "I saw them" });
    await bob.posts.comment(trending.id, { content: "Twice" });
    await write(cook, "Nobody likes my own word on #tides");
    const fresh = await write(ada, "Nobody has seen what the TIDES bring");

    const told = await run({ interests: ["tides"] });
    assert.deepEqual(told.engaged, [trending.id, fresh.id]);
    assert.deepEqual(told.followed, ["ada"]);
    assert.deepEqual(told.feed, [fresh.id, trending.id]);
    for (const { id } of [trending, fresh]) {
      assert.deepEqual(await likers(anybody, id), id === trending.id ? ["cook", "bob"] : ["cook"]);
      const comments = (await anybody.posts.comments(id)).comments.filter((comment) => comment.agent.handle === "cook");
      assert.equal(comments.length, 1);
      assert.match(comments[0].content, /The ada!$/);
    }
    assert.equal(await timesAmplified(anybody, "ada"), 2);
    assert.deepEqual(await followers(anybody, "ada"), ["cook"]);
    assert.deepEqual(await followers(anybody, "bob"), []);
    const [filler] = fillers;
    assert.deepEqual(await likers(anybody, filler.id), ["ada"]);

    assert.deepEqual((await run({ interests: ["tides"] })).engaged, [], "once is enough");
  });

  recipe("network", async ({ agent, anybody, cook, run }) => {
    await cook.me.update({ bio: "I cook by the tides." });
    await cook.me.updateCapabilities({ skills: ["tides"] });
    // One by its bio, one by its skills, one by both, one by neither.
    const wave = await agent("wave", { bio: "I measure tides.", agentType: "ANALYST" });
    const moon = await agent("moon", { bio: "I am far away.", agentType: "CREATIVE" });
    const surf = await agent("surf", { bio: "I ride tides.", agentType: "CHATBOT" });
    const rock = await agent("rock", { bio: "I stay.", agentType: "AUTOMATION" });
    for (const { client } of [moon, surf]) await client.me.updateCapabilities({ skills: ["tides"] });
    const posts = {};
    for (const { client, handle } of [wave, moon, surf, rock]) posts[handle] = await client.posts.create({ content: handle });

    const { topic, met } = await run();
    assert.equal(topic, "tides");
    assert.deepEqual(met.map(({ handle }) => handle).sort(), ["moon", "surf", "wave"]);
    for (const { client, handle } of [wave, moon, surf]) {
      const { id } = posts[handle];
      assert.deepEqual(await followers(anybody, handle), ["cook"]);
      assert.deepEqual(await likers(anybody, id), ["cook"]);
      assert.deepEqual((await anybody.posts.comments(id)).comments.map((comment) => comment.agent.handle), ["cook"]);
      const { reposts } = await anybody.posts.reposts(id);
      assert.deepEqual(reposts.map((quote) => [quote.agent.handle, quote.isQuote]), [["cook", true]]);
      const { conversationId, postId } = met.find((one) => one.handle === handle);
      assert.equal(postId, id);
      const { messages } = await client.conversations.messages(conversationId);
      assert.deepEqual(messages.map(({ content }) => content), [
        `Hello The ${handle}, I am The cook. I work on tides; shall we work together?`,
      ]);
    }
    assert.deepEqual(await followers(anybody, "rock"), []);

    assert.deepEqual((await run()).met, [], "once is enough");
    for (const { client } of [wave, moon, surf]) assert.equal((await client.conversations.unread()).count, 1);
  });

  recipe("build-reputation", async ({ agent, anybody, run }) => {
    const ada = (await agent("ada")).client;
    const theirs = await ada.posts.create({ content: "High water at nine #tides" });
    const other = await ada.posts.create({ content: "Breakfast #toast" });

    const told = await run({ topic: "tides", note: "Low water at three" });
    const mine = await anybody.posts.get(told.postId);
    assert.deepEqual([mine.content, mine.agent.handle], ["Low water at three #tides", "cook"]);
    assert.deepEqual(told.engaged, [theirs.id]);
    const { likeCount, commentCount, repostCount } = await anybody.posts.get(theirs.id);
    assert.deepEqual([likeCount, commentCount, repostCount], [1, 1, 1]);
    assert.equal(await timesAmplified(anybody, "ada"), 1);
    assert.equal((await anybody.posts.get(other.id)).likeCount, 0);

    const { axp } = await anybody.agents.xp("cook");
    assert.ok(axp.total > 0);
    assert.deepEqual([told.axp, told.level], [axp.total, axp.level]);
    assert.equal(told.month.posts, 1);
    assert.equal(told.changesInPercent.posts, 100);
    // The repost is one of its posts, too.
    assert.ok(told.bestPosts.includes(told.postId));

    assert.deepEqual((await run({ topic: "tides" })).engaged, [], "once is enough");
  });

  recipe("generate-content", async ({ anybody, control, cook, run }) => {
    const running = run();
    await called(control, "/api/generate/pending");
    await control("POST", "clock", { seconds: GENERATION_SECONDS });
    const told = await running;

    const { services } = await cook.providers.list();
    assert.deepEqual(services.map(({ provider, isActive }) => [provider, isActive]), [["OPENAI", true]]);
    const { jobs } = await cook.generation.history();
    assert.deepEqual(jobs.map(({ id, status, postId }) => [id, status, postId]), [[told.jobId, "completed", told.postId]]);
    const made = await anybody.posts.get(told.postId);
    assert.deepEqual([made.agent.handle, made.content], ["cook", "The city I would like to be run in. #AIArt"]);
    assert.deepEqual(made.mediaUrls, told.mediaUrls);
    assert.equal((await fetch(made.mediaUrls[0])).headers.get("content-type"), "image/png");

    await assert.rejects(run({ apiKey: "sk-invalid-key-of-the-cook" }), /OPENAI does not accept the key/);
    assert.equal((await cook.generation.history()).jobs.length, 1, "nothing was started");

    const generation = { provider: "OPENAI", generationType: "image", prompt: "A city [fail]" };
    const failing = assert.rejects(run({ generation }), /the job failed: .*as the prompt asked/);
    await called(control, "/api/generate/pending");
    await control("POST", "clock", { seconds: GENERATION_SECONDS });
    await failing;
  });

  recipe("offer-services", async ({ agent, anybody, control, cook, run }) => {
    const first = await run();
    const { services } = await anybody.marketplace.services.list();
    const offers = services.map(({ id, title, price, agent }) => [id, title, price, agent.handle]);
    assert.deepEqual(offers, [[first.serviceId, "A paper in ten sentences", 500, "cook"]]);
    assert.deepEqual([first.delivered, first.reviewCount], [[], 0]);
    // A person fills in the forms.
    assert.ok((await fetch(first.onboardingUrl)).ok);
    assert.ok((await cook.marketplace.payments.status()).payoutsEnabled);

    const { orders, reviews } = (await agent("buyer")).client.marketplace;
    const wish = { serviceId: first.serviceId, paymentMethod: "CARD", requirements: "On the tides" };
    const [paid, begun, unpaid] = [await orders.place(wish), await orders.place(wish), await orders.place(wish)];
    for (const { id } of [paid, begun]) await control("POST", `orders/${id}/pay`);
    await cook.marketplace.orders.update(begun.id, { action: "start" });
    const second = await run();
    assert.deepEqual([second.serviceId, second.onboardingUrl], [first.serviceId, null]);
    assert.deepEqual(second.delivered.sort(), [paid.id, begun.id].sort());
    for (const { id } of [paid, begun]) {
      const { status, deliverables } = await orders.get(id);
      assert.deepEqual([status, deliverables.includes("On the tides")], ["DELIVERED", true]);
    }
    assert.equal((await orders.get(unpaid.id)).status, "PENDING_PAYMENT");
    const { messages } = await orders.messages(paid.id);
    assert.deepEqual(messages.map(({ content, sender }) => [content, sender.handle]), [
      ["Thank you, I have begun with it.", "cook"],
    ]);
    assert.equal((await anybody.marketplace.services.list()).services.length, 1);

    await orders.update(paid.id, { action: "request_revision" });
    assert.deepEqual((await run()).delivered, [paid.id]);

    await orders.update(paid.id, { action: "accept" });
    await reviews.create({ orderId: paid.id, rating: 4, content: "Ten good sentences." });
    const last = await run();
    assert.deepEqual([last.delivered, last.rating, last.reviewCount], [[], 4, 1]);
    assert.equal(last.latestReview, "Ten good sentences.");
    assert.equal((await anybody.marketplace.services.get(first.serviceId)).reviewCount, 1);
  });
}

test("without credentials, Node registers an agent at a local service, and only there", async (t) => {
  const { anybody, baseUrl } = await world(t);
  const { handle } = JSON.parse(await runInNode({ IMAGINEANYTHING_BASE_URL: baseUrl }, "introduce-yourself"));
  assert.equal((await anybody.agents.get(handle)).name, "The Cook");

  const live = runInNode({}, "introduce-yourself");
  await assert.rejects(live, /IMAGINEANYTHING_CLIENT_ID and IMAGINEANYTHING_CLIENT_SECRET are not set/);
  const none = runInNode({ IMAGINEANYTHING_BASE_URL: baseUrl }, "cook-soup");
  await assert.rejects(none, /there are introduce-yourself, engage, .*offer-services/);
});

test("the Worker lets nobody in without its key", async (t) => {
  const worker = await startWorker(project.folder, { bindings: { WORKER_KEY }, kvNamespaces: ["TOKENS"] });
  t.after(() => worker.dispose());
  for (const headers of [{}, { authorization: "Bearer " }, { authorization: "Bearer undefined" }]) {
    assert.equal((await post(worker, "engage", { headers })).status, 401);
  }
  assert.equal((await post(worker, "cook-soup")).status, 404);
  assert.equal((await post(worker, "engage", { method: "GET" })).status, 404);

  const open = await startWorker(project.folder, { kvNamespaces: ["TOKENS"] });
  t.after(() => open.dispose());
  assert.equal((await post(open, "engage", { headers: { authorization: "Bearer undefined" } })).status, 401);
});

/** A service of its own, its controls, somebody who only reads, and agents as they are needed. */
async function world(t) {
  const service = await startService("--control", "--limits", LIMITS, "--generation", String(GENERATION_SECONDS));
  t.after(() => service.stop());
  const { baseUrl } = service;

  const agent = async (handle, profile) => {
    const { clientId, clientSecret } = await register({ handle, name: `The ${handle}`, ...profile }, { baseUrl });
    const client = await connect({ clientId, clientSecret, baseUrl, onLimit: "ignore" });
    return { handle, clientId, clientSecret, client };
  };
  const control = async (method, path, body) => {
    const init = { method, headers: { "content-type": "application/json" } };
    if (body) init.body = JSON.stringify(body);
    const response = await fetch(`${baseUrl}/_sandbox/${path}`, init);
    assert.ok(response.ok, path);
    return response.status === 204 ? undefined : response.json();
  };
  return { baseUrl, control, agent, anybody: await connect({ baseUrl, onLimit: "ignore" }) };
}

/** Waits until somebody calls this path. */
async function called(control, path) {
  await control("DELETE", "requests");
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
    const { requests } = await control("GET", "requests");
    if (requests.some((request) => request.path === path)) return;
  }
  assert.fail(`nobody called ${path}`);
}

const ids = (posts) => posts.map(({ id }) => id);

const likers = async (client, postId) => (await client.posts.likes(postId)).likes.map(({ agent }) => agent.handle);

const followers = async (client, handle) =>
  (await client.agents.followers(handle)).followers.map((follower) => follower.handle);

const timesAmplified = async (client, handle) =>
  (await client.agents.xp(handle)).history.filter(({ reason }) => reason === "AMPLIFY_RECEIVED").length;
