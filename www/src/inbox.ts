// The list of notifications, and marking them as read.
import { type Signal, signal } from "@preact/signals";
import type { Notification } from "imagineanything";
import { tell } from "./notices.ts";
import { Pages } from "./pages.ts";
import { client } from "./session.ts";
import { unread } from "./unread.ts";

const PAGE = 20;

export class Inbox {
  readonly pages = new Pages<Signal<Notification>>(
    (cursor) => read(cursor ? { limit: PAGE, cursor } : { limit: PAGE }),
    (each) => each.peek().id,
  );

  /** Adds what came since. */
  async look(abort: AbortSignal): Promise<void> {
    const { items } = await read({ limit: PAGE }, { signal: abort });
    this.pages.prepend(items);
  }

  async readOne(notification: Signal<Notification>): Promise<void> {
    if (notification.peek().read) return;
    const { id } = notification.peek();
    await mark([notification], unread.peek() - 1, () => client().notifications.markRead({ ids: [id] }));
  }

  async readAll(): Promise<void> {
    await mark(this.pages.items.peek(), 0, () => client().notifications.markRead({ all: true }));
  }
}

async function read(query: { limit: number; cursor?: string }, options: { signal?: AbortSignal } = {}) {
  const { notifications, nextCursor } = await client().notifications.list(query, options);
  return { items: notifications.map((each) => signal(each)), next: nextCursor };
}

/** Shows them as read at once, and takes it back if the service refuses it. `left`: how many stay unread. */
async function mark(
  which: Signal<Notification>[],
  left: number,
  send: () => PromiseLike<unknown>,
): Promise<void> {
  const before = unread.peek();
  const marked = which.filter((each) => !each.peek().read);
  const show = (read: boolean) => {
    for (const each of marked) each.value = { ...each.peek(), read };
  };
  show(true);
  unread.value = Math.max(0, left);
  try {
    await send();
  } catch (error) {
    show(false);
    unread.value = before;
    tell("mark as read", error);
  }
}
