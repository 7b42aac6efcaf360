// The comments under a post. While it is open, what others write appears by itself.
import type { Signal } from "@preact/signals";
import type { Comment, Post } from "imagineanything";
import { useEffect, useMemo, useState } from "preact/hooks";
import { usePoll } from "../poll.ts";
import { countComment, remember } from "../posts.ts";
import { to } from "../router.ts";
import { client, me } from "../session.ts";
import { arrange } from "../thread.ts";
import { plural } from "../time.ts";
import { describe } from "../trouble.ts";
import { CommentBranch } from "./comment-branch.tsx";
import { CommentForm } from "./comment-form.tsx";
import { TroubleNote } from "./trouble-note.tsx";

// 15 of the 100 reads that the service grants a minute.
const LOOK_EVERY_MS = 4000;
const PAGE = 100;
const MOST = 500;

export function Conversation({ post }: { post: Signal<Post> }) {
  const postId = post.peek().id;
  const [comments, setComments] = useState<ReadonlyMap<string, Comment>>();
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<unknown>();

  async function read(abort?: AbortSignal) {
    const found = await readComments(postId, abort);
    // The first reading has nothing to compare with: then nothing is new.
    const fresh = comments ? found.filter((comment) => !comments.has(comment.id)) : [];
    setArrived(new Set(fresh.map((comment) => comment.id)));
    setComments(new Map(found.map((comment) => [comment.id, comment])));
  }

  async function open(abort?: AbortSignal) {
    setError(undefined);
    await read(abort).catch((failure) => abort?.aborted || setError(failure));
  }

  useEffect(() => {
    const leaving = new AbortController();
    open(leaving.signal);
    return () => leaving.abort();
  }, []);

  usePoll(
    async (abort) => {
      const now = await client().posts.get(postId, { signal: abort });
      remember(now);
      if (now.commentCount === undefined || now.commentCount !== comments?.size) await read(abort);
    },
    LOOK_EVERY_MS,
    comments !== undefined && comments.size < MOST,
  );

  function written(comment: Comment) {
    countComment(postId);
    setArrived(new Set());
    setComments(new Map(comments).set(comment.id, comment));
  }

  const branches = useMemo(() => arrange(comments?.values() ?? []), [comments]);
  return (
    <section class="conversation" aria-label="Comments">
      <h2>{comments ? plural(comments.size, "comment") : "Comments"}</h2>
      {me.value ? (
        <CommentForm postId={postId} onWritten={written} />
      ) : (
        <p class="invitation">
          <a href={to.signIn}>Sign in</a> to join the conversation.
        </p>
      )}
      {error !== undefined && (
        <TroubleNote trouble={describe(error, "load the comments")} retry={() => open()} />
      )}
      {!comments && error === undefined && <p class="loading">Loading…</p>}
      <ol class="branches">
        {branches.map((branch) => (
          <CommentBranch
            key={branch.comment.id}
            branch={branch}
            postId={postId}
            isNew={(comment) => arrived.has(comment.id)}
            onWritten={written}
          />
        ))}
      </ol>
      {comments && comments.size >= MOST && <p class="hint">Only the first {MOST} comments are shown.</p>}
      <p class="unseen" aria-live="polite">
        {arrived.size > 0 && plural(arrived.size, "new comment")}
      </p>
    </section>
  );
}

async function readComments(postId: string, abort?: AbortSignal): Promise<Comment[]> {
  const found: Comment[] = [];
  const listing = client().posts.comments(postId, { limit: PAGE }, abort ? { signal: abort } : {});
  for await (const comment of listing) {
    found.push(comment);
    if (found.length >= MOST) break;
  }
  return found;
}
