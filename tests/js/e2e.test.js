//! The demo as a person meets it: `cargo xtask demo`, a browser, a post, and the bot that answers it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { connect } from "imagineanything";
import { launch } from "./support/chromium.js";
import { start } from "./support/processes.js";

const XTASK = process.env.XTASK_BIN ?? fileURLToPath(new URL("../../target/debug/xtask", import.meta.url));
const ADA = { clientId: "demo_ada_lumen", clientSecret: "demo-secret-ada_lumen" };
const KEY = "sk-a-key-for-the-demo";
const START_MS = 180_000;
/** The bot looks every five seconds, the open conversation every four. */
const ANSWER_MS = 60_000;

const data = mkdtempSync(join(tmpdir(), "imagineanything-demo-"));
const name = `guest_${process.pid}`;
const text = `Good morning @echo, this is ${name}. #hello`;
const troubles = [];
let demo;
let browser;
let page;

before(async () => {
  const args = ["demo", "--port", String(await freePort()), "--data", data];
  // All that the demo starts inherits this mark, by which it is found again.
  const env = { ...process.env, DEMO_MARK: data };
  demo = await start(XTASK, args, { ready: /Dashboard\s+(http:\S+)\s+Service\s+(http:\S+)[^]*Ctrl-C/, timeoutMs: START_MS, env });
  browser = await launch();
  page = await browser.newPage();
  page.on("pageerror", (error) => troubles.push(String(error)));
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(data, { recursive: true, force: true });
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

const button = (name) => page.getByRole("button", { name, exact: true });
const ownPost = () => page.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: text });

test("one registers", async () => {
  await page.goto(demo.match[1]);
  await page.getByRole("article").first().waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Register one" }).click();
  await page.getByLabel("Handle").fill(name);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await button("Register").click();
  await page.getByRole("heading", { name: `Welcome, ${name}` }).waitFor();
  await page.getByLabel("I have saved the client secret").check();
  await button("Go on to the timeline").click();
});

test("one posts and sees the post", async () => {
  await page.getByRole("textbox", { name: "Text of the post" }).fill(text);
  await button("Post").click();
  await ownPost().waitFor();
});

test("one likes it, and it stays liked", async () => {
  const like = () => ownPost().getByRole("button", { name: /^Like/ });
  await like().click();
  await ownPost().getByRole("button", { name: "Like, 1 like", pressed: true }).waitFor();
  await page.reload();
  await ownPost().getByRole("button", { name: "Like, 1 like", pressed: true }).waitFor();
});

test("the bot answers", async () => {
  await ownPost().getByRole("link", { name: /^Comments/ }).click();
  const answer = page.getByRole("region", { name: "Comments" }).getByRole("article");
  await answer.first().waitFor({ timeout: ANSWER_MS });
  assert.match(await answer.first().getAttribute("aria-label"), /^Comment by Echo/);
  assert.deepEqual(troubles, []);
});

test("one posts an image, takes out what is none, and sees how far it is", async () => {
  const image = { name: "view.png", mimeType: "image/png", buffer: await page.screenshot() };
  await page.goto(demo.match[1]);
  await page.getByLabel("Add images or a video").setInputFiles(image);
  await page.getByRole("form", { name: "New post" }).dispatchEvent("drop", { dataTransfer: await carrying("note.txt") });
  await page.getByRole("alert").filter({ hasText: "note.txt" }).waitFor();
  await button("Take out note.txt").click();
  await page.getByRole("textbox", { name: "Text of the post" }).fill("What I see");
  const devtools = await page.context().newCDPSession(page);
  const limit = (uploadThroughput) =>
    devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await limit(image.buffer.length / 4); // bytes a second
  await button("Post").click();
  await page.getByRole("progressbar", { name: "Upload" }).waitFor();
  await button("Cancel").click();
  await page.getByText("Cancelled.").waitFor();
  await page.locator("textarea:focus").waitFor();
  await limit(-1);
  await button("Post").click();
  const post = page.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: "What I see" });
  await post.getByRole("img", { name: `Posted by ${name}` }).waitFor();
  await devtools.detach();
  assert.deepEqual(troubles, []);
});

test("one posts a thread, which goes on where it broke off", async () => {
  const sentence = "The keeper counted ships and wrote each one down. ";
  await page.goto(`${demo.match[1]}#/`);
  await page.getByRole("textbox", { name: "Text of the post" }).fill(sentence.repeat(25).trim());
  await page.getByText("it goes out as a thread of 3").waitFor();
  let passed = 0;
  const breakSecond = (route) =>
    route.request().method() === "POST" && ++passed === 2 ? route.abort() : route.continue();
  await page.route("**/comments", breakSecond);
  await button("Post thread").click();
  await page.getByText("2 of 3 parts of your thread are out.").waitFor();
  await button("Go on").click();
  await page.getByText("Your thread is out.").waitFor();
  await page.unroute("**/comments", breakSecond);
  const post = page.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: "1/3" });
  await page.reload();
  await post.getByRole("link", { name: "Comments, 2 comments" }).waitFor();
  assert.equal(await post.count(), 1);
  assert.deepEqual(troubles, []);
});

test("one quotes a post", async () => {
  await ownPost().getByRole("link", { name: "Quote this post" }).click();
  await page.getByRole("textbox", { name: "Your words about the post" }).fill("As I said");
  await button("Quote").click();
  const quote = page.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: "As I said" });
  await quote.getByRole("blockquote").filter({ hasText: text }).waitFor();
  assert.deepEqual(troubles, []);
});

test("one connects a provider and sees what is generated come out as a post", async () => {
  await page.goto(`${demo.match[1]}#/generate`);
  await page.getByText("OpenAI is not connected yet").waitFor();
  assert.ok(await button("Generate").isDisabled());
  await page.getByLabel("API key").fill(KEY);
  await button("Connect").click();
  await page.getByText("OpenAI is connected.").waitFor();
  await page.getByLabel("Prompt").fill("A lighthouse in the fog");
  await button("Generate").click();
  const jobs = page.getByRole("region", { name: "Jobs" });
  const first = jobs.getByRole("article", { name: "Job: A lighthouse in the fog" });
  await first.getByText("Generating…").waitFor();
  await first.getByRole("button", { name: "Stop watching" }).click();
  await first.getByRole("button", { name: "Watch again" }).waitFor();
  await page.reload(); // what is under way is taken up
  const post = jobs.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: "A lighthouse in the fog" });
  await post.getByRole("img").waitFor();
  assert.ok(!(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).includes(KEY));

  await page.getByLabel("Prompt").fill("Two lamps [fail once]");
  await button("Generate").click();
  await jobs.getByRole("alert").filter({ hasText: "The job failed: The provider could not" }).waitFor();
  await jobs.getByRole("button", { name: "Try again" }).click();
  await jobs.getByRole("article", { name: `Post by ${name}` }).filter({ hasText: "Two lamps" }).waitFor();

  await page.getByLabel("What").selectOption("Music, by ElevenLabs");
  await page.getByLabel("API key").fill(KEY);
  await button("Connect").click();
  await page.getByText("ElevenLabs is connected.").waitFor();
  await page.getByLabel("Prompt").fill("Rain on a tin roof");
  await button("Generate").click();
  await jobs.locator("audio").waitFor();
  assert.deepEqual(troubles, []);
});

test("one writes to an agent, whose answer is unread until one opens it", async () => {
  const messages = page.getByRole("list", { name: "Messages" });
  const menu = page.getByRole("navigation", { name: "Main" });
  await page.goto(`${demo.match[1]}#/agent/ada_lumen`);
  await page.getByRole("link", { name: "Message", exact: true }).click();
  await page.getByRole("textbox", { name: "Message to @ada_lumen" }).fill("Are you there?");
  await button("Send").click();
  await messages.getByText("Are you there?").waitFor();
  await menu.getByRole("link", { name: "Everyone" }).click();

  const ada = await connect({ ...ADA, baseUrl: demo.match[2] });
  await ada.conversations.start({ participantHandle: name, message: "I am." });
  ada.free();
  await menu.getByRole("link", { name: /^1 unread Messages$/ }).click();
  await page.getByRole("article", { name: "Conversation with Ada Lumen" }).getByRole("link", { name: "I am." }).click();
  await messages.getByText("I am.").waitFor();
  await menu.getByRole("link", { name: "Messages", exact: true }).waitFor();
  assert.deepEqual(troubles, []);
});

/** What a pointer carries that drags a text file. */
function carrying(name) {
  return page.evaluateHandle((name) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["no image"], name, { type: "text/plain" }));
    return carried;
  }, name);
}

test("nothing is left running once it is stopped", { skip: !existsSync("/proc/self/environ") }, async () => {
  await demo.stop();
  assert.deepEqual(marked(), []);
});

/** The command lines of the processes that the demo started. */
function marked() {
  const read = (id, file) => {
    try {
      return readFileSync(`/proc/${id}/${file}`, "utf8");
    } catch {
      return "";
    }
  };
  const ids = readdirSync("/proc").filter((id) => /^\d+$/.test(id) && Number(id) !== process.pid);
  const ours = ids.filter((id) => read(id, "environ").includes(`DEMO_MARK=${data}`));
  return ours.map((id) => read(id, "cmdline").replaceAll("\0", " "));
}
