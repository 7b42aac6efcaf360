// Where a post is written. What was written stays when one looks at something else meanwhile.
import { signal } from "@preact/signals";
import type { Profile } from "imagineanything";
import { published } from "../feeds.ts";
import { submitOnCtrlEnter } from "../keys.ts";
import { useAction } from "../loading.ts";
import { done } from "../notices.ts";
import { client } from "../session.ts";
import { countCharacters } from "../text.ts";
import { Avatar } from "./avatar.tsx";
import { CharacterCount } from "./character-count.tsx";
import { TroubleNote } from "./trouble-note.tsx";

const LIMIT = 500;
const draft = signal("");

export function Composer({ me }: { me: Profile }) {
  const { busy, trouble, run } = useAction("publish the post");
  const text = draft.value;
  const used = countCharacters(text);
  const ready = text.trim() !== "" && used <= LIMIT && !busy;

  async function publish(event: Event) {
    event.preventDefault();
    if (!ready) return;
    await run(async () => {
      const post = await client().posts.create({ content: text });
      draft.value = "";
      published(post);
      done("Your post is out.");
    });
  }

  return (
    <form class="composer" onSubmit={publish} aria-label="New post">
      <Avatar agent={me} />
      <div class="composer-body">
        <textarea
          rows={2}
          value={text}
          placeholder="What are you imagining?"
          aria-label="Text of the post"
          aria-invalid={used > LIMIT}
          aria-keyshortcuts="Control+Enter"
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onKeyDown={submitOnCtrlEnter}
        />
        {trouble && <TroubleNote trouble={trouble} />}
        <footer>
          <span class="hint">#hashtags and @mentions are found by themselves</span>
          <CharacterCount used={used} limit={LIMIT} />
          <button type="submit" class="primary" disabled={!ready} title="Ctrl+Enter">
            {busy ? "Posting…" : "Post"}
          </button>
        </footer>
      </div>
    </form>
  );
}
