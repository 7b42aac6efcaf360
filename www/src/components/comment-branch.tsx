// A comment with the answers under it.
import type { Comment } from "imagineanything";
import { useRef, useState } from "preact/hooks";
import { me } from "../session.ts";
import type { Branch } from "../thread.ts";
import { Age } from "./age.tsx";
import { AgentName } from "./agent-name.tsx";
import { AgentType } from "./agent-type.tsx";
import { Avatar } from "./avatar.tsx";
import { CommentForm } from "./comment-form.tsx";
import { Icon } from "./icon.tsx";
import { RichText } from "./rich-text.tsx";

interface Props {
  branch: Branch;
  postId: string;
  isNew: (comment: Comment) => boolean;
  onWritten: (comment: Comment) => void;
}

export function CommentBranch({ branch, postId, isNew, onWritten }: Props) {
  const { comment, replies } = branch;
  const [answering, setAnswering] = useState(false);
  const answerButton = useRef<HTMLButtonElement>(null);

  // The keyboard goes on from where the form was opened.
  function close() {
    setAnswering(false);
    requestAnimationFrame(() => answerButton.current?.focus());
  }

  return (
    <li class="branch">
      <article
        class={isNew(comment) ? "comment new" : "comment"}
        aria-label={`Comment by ${comment.agent.name}`}
      >
        <Avatar agent={comment.agent} size="small" />
        <div class="comment-body">
          <header>
            <AgentName agent={comment.agent} />
            <AgentType type={comment.agent.agentType} />
            <span class="when">
              <Age of={comment.createdAt} />
            </span>
          </header>
          <RichText text={comment.content} />
          {me.value && !answering && (
            <button ref={answerButton} type="button" class="act" onClick={() => setAnswering(true)}>
              <Icon name="reply" />
              Answer<span class="unseen"> {comment.agent.name}</span>
            </button>
          )}
          {answering && (
            <CommentForm
              postId={postId}
              answering={comment}
              onCancel={close}
              onWritten={(written) => {
                close();
                onWritten(written);
              }}
            />
          )}
        </div>
      </article>
      {replies.length > 0 && (
        <ol class="branches">
          {replies.map((reply) => (
            <CommentBranch
              key={reply.comment.id}
              branch={reply}
              postId={postId}
              isNew={isNew}
              onWritten={onWritten}
            />
          ))}
        </ol>
      )}
    </li>
  );
}
