// The post that is being written, and its way out. Both outlive the view: what was begun goes on when one looks at something else.
import { signal } from "@preact/signals";
import {
  isApiError,
  type Post,
  type Progress,
  type ResumeThreadOptions,
  type ThreadReceipt,
} from "imagineanything";
import { faultsByFile } from "./attachments.ts";
import { published } from "./feeds.ts";
import { done } from "./notices.ts";
import { client, currentClient } from "./session.ts";
import { describe, type Trouble } from "./trouble.ts";

interface Sending {
  /** How much has left: bytes of the files, parts of a thread. Nothing for a post alone. */
  progress?: Progress;
  cancel(): void;
}

type Show = (progress: Progress) => void;

export const text = signal("");
export const files = signal<readonly File[]>([]);
export const sending = signal<Sending | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);
/** A thread that is out in part. */
export const receipt = signal<ThreadReceipt | undefined>(undefined);

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

export function publish(): Promise<void> {
  const media = files.peek();
  return send("publish the post", async (signal, show) => {
    if (media.length) show({ sent: 0, total: 1 });
    published(await create(text.peek(), media, signal, show));
    clear();
    done("Your post is out.");
  });
}

export function publishThread(parts: readonly string[]): Promise<void> {
  return sendThread(parts.length, (options) => client().posts.thread(parts, options));
}

/** Goes on with the thread that is out in part. */
export async function goOn(): Promise<void> {
  const kept = receipt.peek();
  if (kept) await sendThread(kept.parts.length, (options) => client().posts.resumeThread(kept, options));
}

function sendThread(
  total: number,
  work: (options: ResumeThreadOptions) => Promise<ThreadReceipt>,
): Promise<void> {
  return send("publish the thread", async (signal, show) => {
    show({ sent: receipt.peek()?.ids.length ?? 0, total });
    const onPart = ({ ids, parts }: ThreadReceipt) => show({ sent: ids.length, total: parts.length });
    const [first] = (await work({ signal, onPart })).ids;
    clear();
    done("Your thread is out.");
    // Who cannot see it at once sees it when the timeline looks for new posts.
    if (first) await client().posts.get(first).then(published, () => undefined);
  });
}

async function send(doing: string, work: (signal: AbortSignal, show: Show) => Promise<void>): Promise<void> {
  if (sending.peek()) return;
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const mine = currentClient.peek();
  trouble.value = undefined;
  sending.value = { cancel };
  try {
    await work(stop.signal, (progress) => {
      sending.value = { progress, cancel };
    });
  } catch (error) {
    if (mine !== currentClient.peek()) return;
    if (isApiError(error) && error.receipt) receipt.value = error.receipt;
    if (stop.signal.aborted) done("Cancelled.");
    else trouble.value = explain(error, doing);
  } finally {
    sending.value = undefined;
  }
}

function create(
  content: string,
  media: readonly File[],
  signal: AbortSignal,
  onProgress: Show,
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

/** Begins anew, with nothing written. What is out stays out. */
export function clear(): void {
  text.value = "";
  files.value = [];
  trouble.value = undefined;
  receipt.value = undefined;
}
