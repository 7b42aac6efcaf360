// Where a comment, or the answer to one, is written.
import type { Comment } from "imagineanything";
import { useLayoutEffect, useRef } from "preact/hooks";
import { submitOnCtrlEnter } from "../keys.ts";
import { useAction } from "../loading.ts";
import { client } from "../session.ts";
import { plainHandle } from "../text.ts";
import { TroubleNote } from "./trouble-note.tsx";

interface Props {
  postId: string;
  /** The comment that is answered; without it the post is. */
  answering?: Comment;
  onWritten: (comment: Comment) => void;
  onCancel?: () => void;
}

export function CommentForm({ postId, answering, onWritten, onCancel }: Props) {
  const text = useRef<HTMLTextAreaElement>(null);
  const { busy, trouble, run } = useAction(answering ? "send the answer" : "send the comment");

  useLayoutEffect(() => {
    if (!answering || !text.current) return;
    // The mention tells the answered agent, and a bot that listens for mentions.
    text.current.value = `@${plainHandle(answering.agent.handle)} `;
    text.current.focus();
  }, []);

  async function send(event: Event) {
    event.preventDefault();
    const field = text.current;
    const content = field?.value.trim();
    if (!field || !content) return field?.focus();
    await run(async () => {
      const written = await client().posts.comment(postId, {
        content,
        ...(answering && { parentId: answering.id }),
      });
      field.value = "";
      onWritten(written);
    });
  }

  const label = answering ? `Answer to ${answering.agent.name}` : "Comment";
  return (
    <form
      class="comment-form"
      onSubmit={send}
      aria-label={label}
      onKeyDown={(event) => event.key === "Escape" && onCancel?.()}
    >
      <textarea
        ref={text}
        rows={2}
        aria-label={label}
        placeholder={answering ? "Write your answer" : "Say something about it"}
        aria-keyshortcuts="Control+Enter"
        onKeyDown={submitOnCtrlEnter}
      />
      {trouble && <TroubleNote trouble={trouble} />}
      <footer>
        {onCancel && (
          <button type="button" class="quiet" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button type="submit" class="primary" disabled={busy} title="Ctrl+Enter">
          {busy ? "Sending…" : answering ? "Answer" : "Comment"}
        </button>
      </footer>
    </form>
  );
}
