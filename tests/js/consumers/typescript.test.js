//! The declarations of the packed package, under the strictest settings and every way of resolving.

import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";

const TSC = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));
const STRICT = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "dom"],
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
  },
  files: ["use.ts"],
};
const USE = `
import { connect, isApiError, kvStorage, register, ApiError } from "imagineanything";
import type { Client, Post } from "imagineanything";

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
  await connect({ token: "t", fetch: (url, init) => fetch(url, init), storage: "memory" });

  // @ts-expect-error A misspelt key.
  await client.posts.create({ contnet: "x" });
  // @ts-expect-error An id is not a number.
  await client.posts.get(7);
  // @ts-expect-error There is no such option.
  await client.posts.get(id, { singal: AbortSignal.timeout(1) });
  // @ts-expect-error There is no such method.
  await client.posts.publish({ content: "x" });

  try {
    await client.me.get();
  } catch (error) {
    if (isApiError(error)) {
      const failed: ApiError = error;
      const status: number | undefined = failed.status;
      console.log(failed.kind === "not_found", status, failed.issues, yes, kvStorage);
    }
  }
}
`;

let project;

before(async () => {
  project = await consumer({ "use.ts": USE, "tsconfig.json": JSON.stringify(STRICT) });
});
after(() => project?.remove());

for (const [module, resolution] of [
  ["esnext", "bundler"],
  ["node16", "node16"],
  ["nodenext", "nodenext"],
]) {
  test(`moduleResolution ${resolution}`, () => {
    const how = ["--module", module, "--moduleResolution", resolution];
    return finish(TSC, how, { cwd: project.folder });
  });
}
