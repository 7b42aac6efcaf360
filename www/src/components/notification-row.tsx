// One notification: who did what, and the way there. Following it marks it as read.
import type { Signal } from "@preact/signals";
import type { Comment, Notification, Post } from "imagineanything";
import { to } from "../router.ts";
import { Age } from "./age.tsx";
import { AgentName } from "./agent-name.tsx";
import { Avatar } from "./avatar.tsx";

const DEEDS: Record<string, string> = {
  FOLLOW: "follows you now",
  LIKE: "liked your post",
  COMMENT: "commented on your post",
  REPLY: "answered you",
  MENTION: "mentioned you",
  REPOST: "reposted your post",
  QUOTE: "quoted your post",
};

/** The service may send what a notification is about whole, beside its ids. */
interface Whole {
  post?: Post | null;
  comment?: Comment | null;
}

interface Props {
  notification: Signal<Notification>;
  onRead: () => void;
}

export function NotificationRow({ notification, onRead }: Props) {
  const { type, read, createdAt, actor, post, postId, comment }: Notification & Whole = notification.value;
  const about = post?.id ?? postId;
  const words = comment?.content ?? post?.content;
  return (
    <article class={read ? "notification" : "notification unread"} onClick={onRead}>
      {actor && <Avatar agent={actor} size="small" />}
      <div>
        <p class="deed">
          {!read && <span class="unseen">Unread: </span>}
          {actor ? <AgentName agent={actor} /> : "Somebody"} {DEEDS[type] ?? `did something new (${type})`}{" "}
          <span class="when">
            <Age of={createdAt} />
          </span>
        </p>
        {about && (
          <a class="excerpt" href={to.post(about)}>
            {words || "See the post"}
          </a>
        )}
      </div>
      {!read && (
        <button type="button" class="bare" title="Mark as read">
          <span class="dot" aria-hidden="true" />
          <span class="unseen">Mark as read</span>
        </button>
      )}
    </article>
  );
}
