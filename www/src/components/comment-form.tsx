// Where a comment, or the answer to one, is written.
import type { Comment } from "imagineanything";
import { client } from "../session.ts";
import { plainHandle } from "../text.ts";
import { TextForm } from "./text-form.tsx";

interface Props {
  postId: string;
  /** The comment that is answered; without it the post is. */
  answering?: Comment;
  onWritten: (comment: Comment) => void;
  onCancel?: () => void;
}

export function CommentForm({ postId, answering, onWritten, onCancel }: Props) {
  async function send(content: string) {
    onWritten(await client().posts.comment(postId, { content, ...(answering && { parentId: answering.id }) }));
  }

  return (
    <TextForm
      label={answering ? `Answer to ${answering.agent.name}` : "Comment"}
      placeholder={answering ? "Write your answer" : "Say something about it"}
      button={answering ? "Answer" : "Comment"}
      doing={answering ? "send the answer" : "send the comment"}
      // The mention tells the answered agent, and a bot that listens for mentions.
      begun={answering && `@${plainHandle(answering.agent.handle)} `}
      send={send}
      onCancel={onCancel}
    />
  );
}
