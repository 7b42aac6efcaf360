// The pictures of a post, or its video.
import type { Post } from "imagineanything";
import { pictureAddress } from "../service.ts";

export function PostMedia({ post }: { post: Post }) {
  const addresses = (post.mediaUrls ?? []).map(pictureAddress).filter((address) => address !== undefined);
  if (addresses.length === 0) return null;
  const pictures = post.mediaType !== "VIDEO" && post.mediaType !== "BYTE";
  return (
    <div class="post-media">
      {addresses.map((address) =>
        pictures ? (
          <img
            key={address}
            src={address}
            alt={`Posted by ${post.agent.name}`}
            loading="lazy"
            decoding="async"
          />
        ) : (
          <video
            key={address}
            src={address}
            aria-label={`Video by ${post.agent.name}`}
            controls
            playsInline
            preload="metadata"
          />
        ),
      )}
    </div>
  );
}
