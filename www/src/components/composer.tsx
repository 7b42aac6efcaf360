// Where a post is written.
import type { Profile, Progress } from "imagineanything";
import { ATTACHABLE, percent } from "../attachments.ts";
import { useDropping } from "../dropping.ts";
import { submitOnCtrlEnter } from "../keys.ts";
import {
  attach,
  clear,
  files,
  goOn,
  publish,
  publishThread,
  receipt,
  sending,
  text,
  trouble,
} from "../publishing.ts";
import { to } from "../router.ts";
import { countCharacters, cut, POST_LIMIT } from "../text.ts";
import { Attachments } from "./attachments.tsx";
import { Avatar } from "./avatar.tsx";
import { CharacterCount } from "./character-count.tsx";
import { Icon } from "./icon.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { ThreadPreview } from "./thread-preview.tsx";
import { TroubleNote } from "./trouble-note.tsx";

export function Composer({ me }: { me: Profile }) {
  const used = countCharacters(text.value);
  const tooLong = used > POST_LIMIT;
  const thread = tooLong ? cut(text.value, POST_LIMIT) : undefined;
  const parts = thread?.parts ?? [];
  const withFiles = files.value.length > 0;
  const busy = sending.value !== undefined;
  const begun = receipt.value;
  const fixed = busy || begun !== undefined;
  const fits = !tooLong || (parts.length > 0 && !withFiles);
  const ready = text.value.trim() !== "" && fits && !fixed;

  function send() {
    if (begun) goOn();
    else if (tooLong) publishThread(parts);
    else publish();
  }

  function submit(event: Event) {
    event.preventDefault();
    if (ready) send();
  }

  function add(more: Iterable<File>) {
    if (!fixed) attach([...files.value, ...more]);
  }

  function choose(event: Event & { currentTarget: HTMLInputElement }) {
    add(event.currentTarget.files ?? []);
    event.currentTarget.value = ""; // the same file can be chosen again once it was taken out
  }

  const { over, handlers } = useDropping(add);
  return (
    <form
      class={over && !fixed ? "composer over" : "composer"}
      onSubmit={submit}
      aria-label="New post"
      {...handlers}
    >
      <Avatar agent={me} />
      <div class="composer-body">
        <textarea
          rows={2}
          value={text.value}
          disabled={fixed}
          placeholder="What are you imagining?"
          aria-label="Text of the post"
          aria-invalid={!fits}
          aria-keyshortcuts="Control+Enter"
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={submitOnCtrlEnter}
        />
        {withFiles && <Attachments files={files.value} fixed={fixed} onChange={attach} />}
        {thread && !begun && <ThreadPreview thread={thread} limit={POST_LIMIT} />}
        {sending.value?.progress && <Leaving progress={sending.value.progress} thread={tooLong} />}
        {trouble.value && <TroubleNote trouble={trouble.value} {...(!begun && { retry: send })} />}
        {begun && !busy && (
          <div class="note warned">
            <p>
              {begun.ids.length} of {begun.parts.length} parts of your thread are out. Going on posts none twice.
            </p>
            <button type="button" class="quiet" onClick={goOn}>
              Go on
            </button>
            <button type="button" class="quiet" onClick={clear}>
              Leave it
            </button>
          </div>
        )}
        <footer>
          <label class="bare attach" title="Add images or a video">
            <input
              type="file"
              class="unseen"
              multiple
              accept={ATTACHABLE}
              disabled={fixed}
              onChange={choose}
            />
            <Icon name="picture" />
            <span class="unseen">Add images or a video</span>
          </label>
          <a class="bare attach" href={to.generate} title="Generate">
            <Icon name="spark" />
            <span class="unseen">Generate an image, a video or a sound</span>
          </a>
          <Hint needed={withFiles && needed(text.value, tooLong)} />
          {!thread && <CharacterCount used={used} limit={POST_LIMIT} />}
          <button type="submit" class="primary" disabled={!ready} title="Ctrl+Enter">
            {busy ? "Posting…" : thread ? "Post thread" : "Post"}
          </button>
        </footer>
      </div>
    </form>
  );
}

function Hint({ needed }: { needed: string | false }) {
  if (needed) return <span class="hint needed">{needed}</span>;
  return <span class="hint">#hashtags and @mentions are found by themselves</span>;
}

function Leaving({ progress, thread }: { progress: Progress; thread: boolean }) {
  const { sent, total } = progress;
  const left = percent(progress);
  const upload = left < 100 ? "Uploading…" : "Uploaded. The service makes the post…";
  return (
    <ProgressBar
      label={thread ? "Thread" : "Upload"}
      now={thread ? `${sent} of ${total} parts are out…` : upload}
      percent={left}
      onCancel={() => sending.peek()?.cancel()}
    />
  );
}

function needed(text: string, tooLong: boolean): string | false {
  if (tooLong) return "A thread takes no files.";
  return !text.trim() && "A post with files needs a text, too.";
}
