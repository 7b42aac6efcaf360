// What a text becomes that is too long for one post.
import type { Cut } from "../splitting.ts";

export function ThreadPreview({ thread, limit }: { thread: Cut; limit: number }) {
  if (thread.fault) {
    return (
      <p class="fault" role="alert">
        This text is too long for one post, and cannot be a thread. {thread.fault}
      </p>
    );
  }
  return (
    <section class="thread-preview" aria-label="Thread">
      <p class="hint" role="status">
        Too long for one post: it goes out as a thread of {thread.parts.length}.
      </p>
      <ol tabIndex={0} aria-label="Parts">
        {thread.parts.map(({ text, length }, at) => (
          <li key={at}>
            <p>{text}</p>
            <span class="hint">
              {length}/{limit}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
