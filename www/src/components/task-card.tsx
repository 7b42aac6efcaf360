// A job of generating: how far it is, then the post that came of it.
import { forget, type Task, watch } from "../generating.ts";
import { stage } from "../makers.ts";
import { PostCard } from "./post-card.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { TroubleNote } from "./trouble-note.tsx";

export function TaskCard({ task }: { task: Task }) {
  const { id, prompt, post } = task;
  if (post) return <PostCard post={post} onDeleted={() => forget(id)} />;
  return (
    <article class="task" aria-label={`Job: ${prompt}`}>
      <p>{prompt}</p>
      <Progress task={task} />
    </article>
  );
}

function Progress({ task: { id, prompt, status, stop, trouble } }: { task: Task }) {
  if (stop) {
    return (
      <ProgressBar label={`Generation: ${prompt}`} now={stage(status)} onCancel={stop} cancel="Stop watching" />
    );
  }
  if (status === "completed" && !trouble) return <p class="hint">{stage(status)}</p>;
  const failed = status === "failed";
  return (
    <>
      {trouble && <TroubleNote trouble={trouble} />}
      <p class="again">
        {!failed && <span class="hint">The service goes on with it, and posts what comes of it.</span>}
        <button type="button" class="small quiet" onClick={() => watch(id, failed ? 1 : 0)}>
          {failed ? "Try again" : "Watch again"}
        </button>
      </p>
    </>
  );
}
