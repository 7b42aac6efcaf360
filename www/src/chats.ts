// One's conversations, and the messages of one that is open.
import { type Signal, signal } from "@preact/signals";
import type { Conversation, Message } from "imagineanything";
import { Pages } from "./pages.ts";
import { client } from "./session.ts";
import { countUnread } from "./unread.ts";

const PAGE = 20;
const MESSAGES = 50;

export class Chats {
  readonly pages = new Pages<Signal<Conversation>>(
    (cursor) => read(cursor),
    (each) => each.peek().id,
  );

  /** Adds conversations that began since. Of those on the screen, last words and counts come up to date where they stand. */
  async look(abort: AbortSignal): Promise<void> {
    const { items } = await read(undefined, abort);
    for (const shown of this.pages.items.peek()) {
      const now = items.find((each) => each.peek().id === shown.peek().id);
      if (now) shown.value = now.peek();
    }
    this.pages.prepend(items);
  }
}

async function read(cursor: string | undefined, abort?: AbortSignal) {
  const query = cursor ? { limit: PAGE, cursor } : { limit: PAGE };
  const { conversations, nextCursor } = await client().conversations.list(
    query,
    abort ? { signal: abort } : {},
  );
  return { items: conversations.map((each) => signal(each)), next: nextCursor };
}

/** The service has no way to ask for one conversation, so it is looked for among the latest. */
export async function findChat(id: string, abort: AbortSignal): Promise<Conversation | undefined> {
  const listing = client().conversations.list({ limit: 100 }, { maxPages: 5, signal: abort });
  for await (const each of listing) if (each.id === id) return each;
  return undefined;
}

export class Chat {
  readonly pages: Pages<Message>;

  constructor(private readonly id: string) {
    this.pages = new Pages(
      async (cursor) => {
        const query = cursor ? { limit: MESSAGES, cursor } : { limit: MESSAGES };
        const { messages, nextCursor } = await client().conversations.messages(id, query);
        return { items: messages, next: nextCursor };
      },
      (message) => message.id,
    );
  }

  /** Adds what came since; says whether something did. */
  async look(abort: AbortSignal): Promise<boolean> {
    const query = { limit: MESSAGES };
    const { messages } = await client().conversations.messages(this.id, query, { signal: abort });
    const fresh = messages.some((message) => !this.pages.has(message.id));
    if (fresh) this.pages.prepend(messages);
    return fresh;
  }

  async send(content: string): Promise<void> {
    this.pages.prepend([await client().conversations.send(this.id, { content })]);
  }

  async markRead(abort: AbortSignal): Promise<void> {
    await client().conversations.markRead(this.id, { signal: abort });
    await countUnread(abort);
  }
}
