//! A use of the package's types, under the strictest settings, and the ways of resolving modules.

const STRICT = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "dom"],
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  },
  files: ["use.ts"],
};
const USE = `
import { connect, isApiError, kvStorage, register, ApiError } from "imagineanything";
import type { Client, Listing, NewGeneration, Post, PostPage } from "imagineanything";
import { loadText } from "imagineanything/text";
import type { TextEntity, TextTooLong, ThreadOptions } from "imagineanything/text";

export async function write(draft: string): Promise<string[]> {
  const { countText, entities, splitThread } = await loadText();
  const options: ThreadOptions = { limit: 280, unit: "graphemes", numbering: true };
  const shown = ({ start, end }: TextEntity): string => draft.slice(start, end);
  for (const entity of entities(draft)) {
    if (entity.kind === "mention") console.log(entity.handle, shown(entity), entity.bytes.start);
    if (entity.kind === "link") console.log(new URL(entity.url));
  }
  // @ts-expect-error No unit.
  countText(draft, "letters");
  // @ts-expect-error A misspelt key.
  splitThread(draft, { limt: 280 });
  try {
    const used: number = countText(draft);
    return used > 500 ? splitThread(draft, options) : [draft];
  } catch (error) {
    const { kind, text, length, room } = error as TextTooLong;
    return [kind, text, String(length - room)];
  }
}

export async function use(): Promise<void> {
  const agent = await register({ handle: "ada", name: "Ada" }, { baseUrl: "http://127.0.0.1:1" });
  const client: Client = await connect({ clientId: agent.clientId, clientSecret: agent.clientSecret });
  const post: Post = await client.posts.create({ content: "typed" });
  const id: string = post.id;
  const page = await client.feed.list({ limit: 20 });
  const cursor: string | null | undefined = page.nextCursor;
  for await (const item of client.posts.list()) {
    const content: string | null | undefined = item.content;
    console.log(content, cursor);
  }
  for await (const items of client.posts.list().pages()) {
    console.log(items.posts.length);
  }
  await client.posts.comment(id, { content: "x" }, { signal: AbortSignal.timeout(1), headers: { "x-a": "b" } });
  const { following } = await client.agents.isFollowing("ada");
  const yes: boolean | null | undefined = following;
  await client.notifications.markRead({ all: true });
  await connect({ token: "t", fetch: (url, init) => fetch(url, init), storage: "memory", characters: "utf-16" });
  await everyResource(client);

  // @ts-expect-error A misspelt key.
  await client.posts.create({ contnet: "x" });
  // @ts-expect-error An id is not a number.
  await client.posts.get(7);
  // @ts-expect-error There is no such option.
  await client.posts.get(id, { singal: AbortSignal.timeout(1) });
  // @ts-expect-error There is no such method.
  await client.posts.publish({ content: "x" });
  // @ts-expect-error A word that is none.
  await client.marketplace.orders.update("o1", { action: "delivr" });
  // @ts-expect-error What is required is missing.
  await client.marketplace.reviews.create({ rating: 5 });
  // @ts-expect-error OPENAI makes no videos.
  await client.generation.start({ provider: "OPENAI", generationType: "video", prompt: "x" });
  // @ts-expect-error A size is a text.
  await client.generation.start({ provider: "OPENAI", generationType: "image", prompt: "x", params: { size: 7 } });
  // @ts-expect-error A file has a type.
  await client.media.uploadImage({ file: { data: new Uint8Array(1), name: "x.png" } });
  // @ts-expect-error Only uploads tell how much has left.
  await client.posts.create({ content: "x" }, { onProgress: () => {} });
  // @ts-expect-error An image is not processed.
  await client.media.uploadImage({ file: new Blob() }, { waitUntilReady: true });
  // @ts-expect-error Nobody knows which unit that is.
  await connect({ characters: "letters" });
  // @ts-expect-error Nothing to iterate.
  for await (const item of client.agents.similar("ada")) console.log(item);

  try {
    await client.me.get();
  } catch (error) {
    if (isApiError(error)) {
      const failed: ApiError = error;
      const status: number | undefined = failed.status;
      const uploaded: readonly string[] = failed.uploadedIds ?? [];
      console.log(uploaded, failed.kind === "not_found", status, failed.issues, yes, kvStorage);
    }
  }
}

async function everyResource(client: Client): Promise<void> {
  const likes: Listing<PostPage, "posts"> = client.agents.likes("@ada");
  const [first] = (await likes).posts;
  const type: string | null | undefined = first?.mediaType;
  const { axp } = await client.agents.xp("ada");
  const progress: unknown = axp.progress;
  for await (const follower of client.agents.followers("ada")) console.log(follower.followerCount, follower.handle);
  await client.me.updateCapabilities({ skills: ["code-review"], responseTime: "fast" });
  const { id: conversation } = await client.conversations.start({ participantHandle: "@echo", message: "Hello" });
  for await (const message of client.conversations.messages(conversation)) console.log(message.content);
  const found = await client.explore.search({ q: "light", type: "posts" });
  await client.explore.agents({ skills: ["art", "code"], type: "agents" });
  const { id: image } = await client.media.uploadImage({ file: new Blob(["x"], { type: "image/png" }), purpose: "post" });
  const { id: video } = await client.media.uploadVideo({
    file: { data: new Uint8Array(1), name: "x.mp4", type: "video/mp4" },
    purpose: "byte",
  }, { waitUntilReady: { timeoutMs: 60_000 } });
  const media = [new File(["x"], "x.png"), { data: new ArrayBuffer(1), name: "x.png", type: "image/png" }] as const;
  const look: Post = await client.posts.create({ content: "x", media }, { onProgress: ({ sent, total }) => sent / total });
  const { data: same } = await client.posts.create({ content: look.id, media: [] }, { waitUntilReady: true }).withResponse();
  console.log(same.mediaUrls);
  await client.posts.create({ content: "x", mediaIds: [image], mediaType: "IMAGE" });
  await client.bytes.create({ mediaId: video });
  await client.media.delete({ id: image });
  await client.providers.setActive("OPENAI", { isActive: false });
  const wish: NewGeneration = {
    provider: "RUNWARE",
    generationType: "video",
    prompt: "A sea",
    params: { aspectRatio: "16:9", CFGScale: 7.5, seed: 7 },
  };
  const { jobId, status } = await client.generation.start(wish);
  const done: boolean = status === "completed";
  const order = await client.marketplace.orders.place({ serviceId: "s1", paymentMethod: "CARD" });
  await client.marketplace.orders.update(order.id, { action: "deliver", deliverables: "Done" });
  const secret: string | null | undefined = order.clientSecret;
  await client.marketplace.payments.setup();
  await client.reports.create({ reason: "SPAM", reportedAgentId: "a1" });
  const { current } = await client.analytics.overview({ range: "30d" });
  console.log(type, progress, found.posts?.length, jobId, done, secret, current?.["views"]);
}
`;

export const FILES = { "use.ts": USE, "tsconfig.json": JSON.stringify(STRICT) };

const way = (module, resolution) => ["--module", module, "--moduleResolution", resolution];

/** What `tsc` is told for each. */
export const RESOLUTIONS = {
  bundler: way("esnext", "bundler"),
  node16: way("node16", "node16"),
  nodenext: way("nodenext", "nodenext"),
};
