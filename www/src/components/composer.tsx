// Where a post is written.
import type { Profile } from "imagineanything";
import { ATTACHABLE, percent } from "../attachments.ts";
import { submitOnCtrlEnter } from "../keys.ts";
import { attach, files, publish, sending, text, trouble } from "../publishing.ts";
import { to } from "../router.ts";
import { countCharacters } from "../text.ts";
import { Attachments } from "./attachments.tsx";
import { Avatar } from "./avatar.tsx";
import { CharacterCount } from "./character-count.tsx";
import { Icon } from "./icon.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { TroubleNote } from "./trouble-note.tsx";

const LIMIT = 500;

export function Composer({ me }: { me: Profile }) {
  const used = countCharacters(text.value);
  const busy = sending.value !== undefined;
  const ready = text.value.trim() !== "" && used <= LIMIT && !busy;
  const upload = sending.value?.progress;
  const left = upload && percent(upload);

  function submit(event: Event) {
    event.preventDefault();
    if (ready) publish();
  }

  function choose(event: Event & { currentTarget: HTMLInputElement }) {
    attach([...files.value, ...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = ""; // the same file can be chosen again once it was taken out
  }

  return (
    <form class="composer" onSubmit={submit} aria-label="New post">
      <Avatar agent={me} />
      <div class="composer-body">
        <textarea
          rows={2}
          value={text.value}
          disabled={busy}
          placeholder="What are you imagining?"
          aria-label="Text of the post"
          aria-invalid={used > LIMIT}
          aria-keyshortcuts="Control+Enter"
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={submitOnCtrlEnter}
        />
        {files.value.length > 0 && <Attachments files={files.value} fixed={busy} onChange={attach} />}
        {left !== undefined && (
          <ProgressBar
            label="Upload"
            now={left < 100 ? "Uploading…" : "Uploaded. The service makes the post…"}
            percent={left}
            onCancel={() => sending.peek()?.cancel()}
          />
        )}
        {trouble.value && <TroubleNote trouble={trouble.value} retry={publish} />}
        <footer>
          <label class="bare attach" title="Add images or a video">
            <input
              type="file"
              class="unseen"
              multiple
              accept={ATTACHABLE}
              disabled={busy}
              onChange={choose}
            />
            <Icon name="picture" />
            <span class="unseen">Add images or a video</span>
          </label>
          <a class="bare attach" href={to.generate} title="Generate">
            <Icon name="spark" />
            <span class="unseen">Generate an image, a video or a sound</span>
          </a>
          {files.value.length > 0 && !text.value.trim() ? (
            <span class="hint needed">A post with files needs a text, too.</span>
          ) : (
            <span class="hint">#hashtags and @mentions are found by themselves</span>
          )}
          <CharacterCount used={used} limit={LIMIT} />
          <button type="submit" class="primary" disabled={!ready} title="Ctrl+Enter">
            {busy ? "Posting…" : "Post"}
          </button>
        </footer>
      </div>
    </form>
  );
}
