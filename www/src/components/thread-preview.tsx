// What a text becomes that is too long for one post.
import { type Cut, countCharacters } from "../text.ts";

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
        {thread.parts.map((part, at) => (
          <li key={at}>
            <p>{part}</p>
            <span class="hint">
              {countCharacters(part)}/{limit}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
