// The two timelines. They outlive their views, so that coming back from a post finds the same place.
import { type Signal, signal } from "@preact/signals";
import type { Post } from "imagineanything";
import { Pages } from "./pages.ts";
import { remember } from "./posts.ts";
import { client, currentClient } from "./session.ts";

export type Source = "everyone" | "following";

const PAGE = 20;
const feeds = new Map<Source, Feed>();
currentClient.subscribe(() => feeds.clear());

export function feed(source: Source): Feed {
  const open = feeds.get(source) ?? new Feed(source);
  feeds.set(source, open);
  return open;
}

/** A post of one's own appears at once, without waiting for the next look. (One's feed holds only what others post.) */
export function published(post: Post): void {
  feed("everyone").pages.prepend([remember(post)]);
}

export function removed(postId: string): void {
  for (const open of feeds.values()) open.pages.remove(postId);
}

export class Feed {
  readonly pages: Pages<Signal<Post>>;
  /** Posts that arrived since, newest first. They wait to be asked for: text must not move under a reader. */
  readonly waiting = signal<Post[]>([]);
  #latest: { posts: Post[]; next: string | null | undefined } | undefined;

  constructor(private readonly source: Source) {
    this.pages = new Pages(
      async (cursor) => {
        const { posts, next } = await this.#read(cursor);
        return { items: posts.map(remember), next };
      },
      (post) => post.peek().id,
    );
  }

  /** Looks for new posts; the counts of those on the screen come up to date by the way. */
  async look(abort: AbortSignal): Promise<void> {
    if (this.pages.items.peek().length === 0) return;
    const latest = await this.#read(undefined, abort);
    const oldest = latest.posts.findLastIndex((post) => this.pages.has(post.id));
    this.#latest = oldest < 0 ? latest : undefined;
    this.waiting.value = latest.posts.filter(
      (post, at) => !this.pages.has(post.id) && (at < oldest || oldest < 0),
    );
    for (const post of latest.posts) if (this.pages.has(post.id)) remember(post);
  }

  showWaiting(): void {
    const waiting = this.waiting.peek();
    this.waiting.value = [];
    // More arrived than one page holds: there would be a gap, so the list begins anew.
    if (this.#latest)
      this.pages.restart({ items: this.#latest.posts.map(remember), next: this.#latest.next });
    else this.pages.prepend(waiting.map(remember));
    this.#latest = undefined;
  }

  async #read(cursor: string | undefined, abort?: AbortSignal) {
    const query = cursor ? { limit: PAGE, cursor } : { limit: PAGE };
    const options = abort ? { signal: abort } : {};
    const listing =
      this.source === "everyone" ? client().posts.list(query, options) : client().feed.list(query, options);
    const { posts, nextCursor } = await listing;
    return { posts, next: nextCursor };
  }
}
