// The post that is being written, and its way out. Both outlive the view: what was begun goes on when one looks at something else.
import { signal } from "@preact/signals";
import { isApiError, type Post, type Progress } from "imagineanything";
import { faultsByFile } from "./attachments.ts";
import { published } from "./feeds.ts";
import { done } from "./notices.ts";
import { client, currentClient } from "./session.ts";
import { describe, type Trouble } from "./trouble.ts";

interface Sending {
  /** How much of the files has left; nothing for a post without any. */
  progress?: Progress;
  cancel(): void;
}

export const text = signal("");
export const files = signal<readonly File[]>([]);
export const sending = signal<Sending | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);

// What one agent began is no other's.
currentClient.subscribe(() => {
  sending.peek()?.cancel();
  clear();
});

/** Takes these files along. What is wrong with them is told at once: a dry run checks them and sends nothing. */
export async function attach(chosen: readonly File[]): Promise<void> {
  files.value = chosen;
  trouble.value = undefined;
  if (chosen.length === 0) return;
  try {
    await client().posts.create({ content: "Files", media: chosen }, { dryRun: true });
  } catch (error) {
    if (files.peek() === chosen) trouble.value = explain(error, "take these files");
  }
}

export async function publish(): Promise<void> {
  if (sending.peek()) return;
  const stop = new AbortController();
  const mine = (progress?: Progress): Sending => ({
    ...(progress && { progress }),
    cancel: () => stop.abort(),
  });
  const media = files.peek();
  trouble.value = undefined;
  sending.value = mine(media.length ? { sent: 0, total: 1 } : undefined);
  try {
    published(await create(text.peek(), media, stop.signal, (now) => (sending.value = mine(now))));
    clear();
    done("Your post is out.");
  } catch (error) {
    if (stop.signal.aborted) done("Cancelled.");
    else trouble.value = explain(error, "publish the post");
  } finally {
    sending.value = undefined;
  }
}

function create(
  content: string,
  media: readonly File[],
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Post> {
  const { posts } = client();
  return media.length
    ? posts.create({ content, media }, { signal, onProgress })
    : posts.create({ content }, { signal });
}

function explain(error: unknown, doing: string): Trouble {
  const told = describe(error, doing);
  return isApiError(error) ? { ...told, fields: faultsByFile(error.issues, files.peek()) } : told;
}

function clear(): void {
  text.value = "";
  files.value = [];
  trouble.value = undefined;
}
