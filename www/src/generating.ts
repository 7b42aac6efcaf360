// What is being generated. It outlives its view: the job goes on when one looks at something else.
import { type Signal, signal } from "@preact/signals";
import { type Generated, isApiError, type JobId, type NewGeneration, type Post, type RunOptions } from "imagineanything";
import { published } from "./feeds.ts";
import { done } from "./notices.ts";
import { remember } from "./posts.ts";
import { client, currentClient } from "./session.ts";
import { describe, type Trouble } from "./trouble.ts";

interface Watch {
  status: string;
  /** Ends the watching. The job goes on. */
  stop(): void;
}

export const watching = signal<Watch | undefined>(undefined);
/** A job that goes on at the service and is not watched. */
export const unwatched = signal<JobId | undefined>(undefined);
export const made = signal<Signal<Post> | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);

currentClient.subscribe(() => {
  watching.peek()?.stop();
  forget();
});

export function generate(input: NewGeneration): Promise<void> {
  return watch((options) => client().generation.run(input, options));
}

export function watchAgain(job: JobId): Promise<void> {
  return watch((options) => client().generation.resume(job, options));
}

async function watch(work: (options: RunOptions) => Promise<Generated>): Promise<void> {
  if (watching.peek()) return;
  const stop = new AbortController();
  const mine = currentClient.peek();
  const show = (status: string) => {
    watching.value = { status, stop: () => stop.abort() };
  };
  forget();
  show("pending");
  try {
    const { postId } = await work({ signal: stop.signal, onStatus: ({ status }) => show(status) });
    if (postId) await showPost(postId);
    else done("It is generated.");
  } catch (error) {
    if (mine !== currentClient.peek()) return;
    if (!stop.signal.aborted) trouble.value = describe(error, "generate this");
    if (isApiError(error) && goesOn(error)) unwatched.value = error.jobId;
  } finally {
    watching.value = undefined;
  }
}

async function showPost(id: string): Promise<void> {
  const post = await client().posts.get(id);
  published(post);
  made.value = remember(post);
}

/** A job that failed is a `server` error without a status: nothing is left to be watched. */
function goesOn({ kind, status }: { kind: string; status: number | undefined }): boolean {
  return kind !== "server" || status !== undefined;
}

function forget(): void {
  made.value = undefined;
  unwatched.value = undefined;
  trouble.value = undefined;
}
