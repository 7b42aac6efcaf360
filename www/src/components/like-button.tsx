// Likes and unlikes a post.
import type { Signal } from "@preact/signals";
import type { Post } from "imagineanything";
import { toggleLike } from "../posts.ts";
import { go, to } from "../router.ts";
import { me } from "../session.ts";
import { plural, shortCount } from "../time.ts";
import { Icon } from "./icon.tsx";

export function LikeButton({ post }: { post: Signal<Post> }) {
  const { isLiked = false, likeCount } = post.value;
  const count = likeCount ?? 0;
  return (
    <button
      type="button"
      class="act like"
      aria-pressed={isLiked}
      aria-label={`Like, ${plural(count, "like")}`}
      onClick={() => (me.value ? toggleLike(post) : go(to.signIn))}
    >
      <Icon name="heart" />
      {count > 0 && shortCount(count)}
    </button>
  );
}
