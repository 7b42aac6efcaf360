// How many notifications and messages are unread: read by the badges, set by the lists.
import { signal } from "@preact/signals";
import { client, currentClient } from "./session.ts";

export const unread = signal(0);
export const unreadMessages = signal(0);
currentClient.subscribe(() => {
  unread.value = 0;
  unreadMessages.value = 0;
});

export async function countUnread(abort: AbortSignal): Promise<void> {
  const options = { signal: abort };
  const [notifications, messages] = await Promise.all([
    client().notifications.count(options),
    client().conversations.unread(options),
  ]);
  unread.value = notifications.count;
  unreadMessages.value = messages.count;
}
