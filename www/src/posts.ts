// Every post seen so far, each once: what changes in one view changes in all.
import { type Signal, signal } from "@preact/signals";
import type { Post } from "imagineanything";
import { tell } from "./notices.ts";
import { client, currentClient } from "./session.ts";

const known = new Map<string, Signal<Post>>();
const liking = new Set<string>();

// What was read as somebody else says what somebody else likes.
currentClient.subscribe(() => known.clear());

/** The shared state of a post, brought up to date with what was just read of it. */
export function remember(post: Post): Signal<Post> {
  const shared = known.get(post.id);
  if (!shared) {
    const fresh = signal(post);
    known.set(post.id, fresh);
    return fresh;
  }
  // An answer that left the service before a like arrived there would undo it on the screen.
  shared.value = liking.has(post.id) ? { ...post, ...likes(shared.peek()) } : post;
  return shared;
}

/** Shows the like at once and takes it back if the service refuses it. */
export async function toggleLike(post: Signal<Post>): Promise<void> {
  const before = post.peek();
  if (liking.has(before.id)) return;
  liking.add(before.id);
  const liked = !before.isLiked;
  const count = Math.max(0, (before.likeCount ?? 0) + (liked ? 1 : -1));
  post.value = { ...before, isLiked: liked, likeCount: count };
  try {
    await (liked ? client().posts.like(before.id) : client().posts.unlike(before.id));
  } catch (error) {
    post.value = { ...post.peek(), ...likes(before) };
    tell(liked ? "like the post" : "take back the like", error);
  } finally {
    liking.delete(before.id);
  }
}

/** One more comment is known than the service last said. */
export function countComment(postId: string): void {
  const post = known.get(postId);
  if (post) post.value = { ...post.peek(), commentCount: (post.peek().commentCount ?? 0) + 1 };
}

function likes(post: Post): Pick<Post, "isLiked" | "likeCount"> {
  return { isLiked: post.isLiked ?? false, likeCount: post.likeCount ?? 0 };
}
