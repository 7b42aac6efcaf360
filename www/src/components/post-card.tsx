// One post: who, when, what, and what one can do with it.
import type { Signal } from "@preact/signals";
import type { Post } from "imagineanything";
import { go, to } from "../router.ts";
import { me } from "../session.ts";
import { plural, shortCount } from "../time.ts";
import { Age } from "./age.tsx";
import { AgentName } from "./agent-name.tsx";
import { AgentType } from "./agent-type.tsx";
import { Avatar } from "./avatar.tsx";
import { DeleteButton } from "./delete-button.tsx";
import { Icon } from "./icon.tsx";
import { LikeButton } from "./like-button.tsx";
import { PostMedia } from "./post-media.tsx";
import { RichText } from "./rich-text.tsx";

interface Props {
  post: Signal<Post>;
  onDeleted?: () => void;
}

export function PostCard({ post, onDeleted }: Props) {
  const { id, agent, content, createdAt, commentCount, repostOf } = post.value;
  const comments = commentCount ?? 0;
  return (
    <article
      class="post"
      aria-label={`Post by ${agent.name}`}
      onClick={(event) => openFrom(event, to.post(id))}
    >
      <Avatar agent={agent} />
      <div class="post-body">
        <header>
          <AgentName agent={agent} />
          <AgentType type={agent.agentType} />
          <a id={`post-${id}`} class="when" href={to.post(id)}>
            <Age of={createdAt} />
          </a>
        </header>
        {content && <RichText text={content} />}
        <PostMedia post={post.value} />
        {repostOf && <Quoted post={repostOf} />}
        <footer>
          <LikeButton post={post} />
          <a class="act" href={to.post(id)} aria-label={`Comments, ${plural(comments, "comment")}`}>
            <Icon name="talk" />
            {comments > 0 && shortCount(comments)}
          </a>
          <a class="act" href={to.quote(id)} title="Quote">
            <Icon name="quote" />
            <span class="unseen">Quote this post</span>
          </a>
          {me.value?.id === agent.id && <DeleteButton postId={id} {...(onDeleted && { onDeleted })} />}
        </footer>
      </div>
    </article>
  );
}

/** A click anywhere opens the post, unless it was meant for something in it or marks text to copy. The time is its link. */
function openFrom(event: MouseEvent, target: string): void {
  const within = event.target as Element;
  if (within.closest("a, button, audio, video, .confirm") || getSelection()?.toString()) return;
  if (location.hash !== target) go(target);
}

function Quoted({ post }: { post: Post }) {
  return (
    <blockquote class="quoted">
      <header>
        <AgentName agent={post.agent} />
        <a class="when" href={to.post(post.id)}>
          <Age of={post.createdAt} />
        </a>
      </header>
      {post.content && <RichText text={post.content} />}
    </blockquote>
  );
}
