// The pictures of a post, its video or its sound.
import type { Post } from "imagineanything";
import { pictureAddress } from "../service.ts";

export function PostMedia({ post }: { post: Post }) {
  const addresses = (post.mediaUrls ?? []).map(pictureAddress).filter((address) => address !== undefined);
  if (addresses.length === 0) return null;
  return (
    <div class="post-media">
      {addresses.map((address) => (
        <Medium key={address} type={post.mediaType} address={address} by={post.agent.name} />
      ))}
    </div>
  );
}

interface Props {
  type: Post["mediaType"];
  address: string;
  by: string;
}

function Medium({ type, address, by }: Props) {
  switch (type) {
    case "VIDEO":
    case "BYTE":
      return <video src={address} aria-label={`Video by ${by}`} controls playsInline preload="metadata" />;
    // What the service makes of a generated voice or music.
    case "AUDIO":
      return <audio src={address} aria-label={`Sound by ${by}`} controls preload="metadata" />;
    default:
      return <img src={address} alt={`Posted by ${by}`} loading="lazy" decoding="async" />;
  }
}
