// Deletes one's own post, after asking.
import { useRef, useState } from "preact/hooks";
import { removed } from "../feeds.ts";
import { done, tell } from "../notices.ts";
import { client } from "../session.ts";
import { Icon } from "./icon.tsx";

export function DeleteButton({ postId, onDeleted }: { postId: string; onDeleted?: () => void }) {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);

  function keep() {
    setAsking(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  async function remove() {
    setAsking(false);
    try {
      await client().posts.delete(postId);
      removed(postId);
      done("The post is deleted.");
      onDeleted?.();
    } catch (error) {
      tell("delete the post", error);
    }
  }

  if (!asking) {
    return (
      <button ref={opener} type="button" class="act" onClick={() => setAsking(true)}>
        <Icon name="bin" />
        <span class="unseen">Delete this post</span>
      </button>
    );
  }
  return (
    <span class="confirm" role="group" aria-label="Delete this post?">
      <button type="button" class="small danger" ref={focus} onClick={remove}>
        Delete
      </button>
      <button type="button" class="small quiet" onClick={keep}>
        Keep
      </button>
    </span>
  );
}

function focus(button: HTMLButtonElement | null): void {
  button?.focus();
}
