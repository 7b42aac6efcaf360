// The jobs of generating. They outlive their view: a job goes on when one looks at something else.
import { type Signal, signal } from "@preact/signals";
import type { JobId, NewGeneration, Post } from "imagineanything";
import { published } from "./feeds.ts";
import { done } from "./notices.ts";
import { remember } from "./posts.ts";
import { client, currentClient } from "./session.ts";
import { describe, type Trouble } from "./trouble.ts";

export interface Task {
  id: JobId;
  prompt: string;
  status: string;
  /** Ends the watching while it is watched. The job goes on. */
  stop?: (() => void) | undefined;
  trouble?: Trouble | undefined;
  /** What came of it. */
  post?: Signal<Post>;
}

/** The latest first. */
export const tasks = signal<readonly Task[]>([]);

currentClient.subscribe(() => {
  for (const { stop } of tasks.peek()) stop?.();
  tasks.value = [];
});

export async function generate(input: NewGeneration): Promise<void> {
  const { jobId, status } = await client().generation.start(input);
  begin({ id: jobId, prompt: input.prompt, status });
}

/** Takes up what is under way at the service: begun elsewhere, or before this page was loaded. */
export async function takeUp(abort: AbortSignal): Promise<void> {
  const { jobs } = await client().generation.pending({ signal: abort });
  for (const { id, prompt, status } of jobs.toReversed()) {
    if (status !== "failed") begin({ id, prompt: prompt ?? "", status });
  }
}

function begin(task: Task): void {
  if (tasks.peek().some(({ id }) => id === task.id)) return;
  tasks.value = [task, ...tasks.peek()];
  watch(task.id);
}

/** Follows a job to its end. One that failed is tried again `retries` times. */
export async function watch(id: JobId, retries = 0): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  change(id, { stop: () => stop.abort(), trouble: undefined });
  try {
    const onStatus = ({ status }: { status: string }) => change(id, { status });
    const { postId } = await client().generation.resume(id, { signal, retries, onStatus });
    if (postId) {
      const post = await client().posts.get(postId, { signal });
      published(post);
      change(id, { post: remember(post) });
    }
    done(postId ? "It is made and posted." : "It is made.");
  } catch (error) {
    if (!signal.aborted) change(id, { trouble: describe(error, "generate this") });
  } finally {
    change(id, { stop: undefined });
  }
}

export function forget(id: JobId): void {
  tasks.value = tasks.peek().filter((task) => task.id !== id);
}

function change(id: JobId, changed: Partial<Task>): void {
  tasks.value = tasks.peek().map((task) => (task.id === id ? { ...task, ...changed } : task));
}
