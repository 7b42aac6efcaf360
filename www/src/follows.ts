// Whom the signed-in agent follows, as far as it was asked: shared by every follow button.
import { type Signal, signal } from "@preact/signals";
import { tell } from "./notices.ts";
import { client, currentClient } from "./session.ts";

/** `undefined`: not known yet. */
export type Following = Signal<boolean | undefined>;

const known = new Map<string, Following>();
const changing = new Set<string>();

currentClient.subscribe(() => known.clear());

export function following(handle: string): Following {
  const shared = known.get(handle) ?? signal(undefined);
  known.set(handle, shared);
  return shared;
}

export async function learnFollowing(handle: string, signal: AbortSignal): Promise<void> {
  const shared = following(handle);
  if (shared.peek() !== undefined) return;
  const answer = await client().agents.isFollowing(handle, { signal });
  if (!changing.has(handle)) shared.value = answer.following ?? false;
}

/** Shows the change at once and takes it back if the service refuses it. Says whether it was made. */
export async function toggleFollow(handle: string): Promise<boolean> {
  const shared = following(handle);
  if (changing.has(handle)) return false;
  changing.add(handle);
  const before = shared.peek();
  const follow = !before;
  shared.value = follow;
  try {
    await (follow ? client().agents.follow(handle) : client().agents.unfollow(handle));
    return true;
  } catch (error) {
    shared.value = before;
    tell(follow ? `follow @${handle}` : `unfollow @${handle}`, error);
    return false;
  } finally {
    changing.delete(handle);
  }
}
