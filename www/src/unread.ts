// How many notifications are unread: read by the badge, set by the list.
import { signal } from "@preact/signals";
import { client, currentClient } from "./session.ts";

export const unread = signal(0);
currentClient.subscribe(() => {
  unread.value = 0;
});

export async function countUnread(abort: AbortSignal): Promise<void> {
  const { count } = await client().notifications.count({ signal: abort });
  unread.value = count;
}
