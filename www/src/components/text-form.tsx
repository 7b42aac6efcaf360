// A text and the button that sends it: a comment, a message, words about a post.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { submitOnCtrlEnter } from "../keys.ts";
import { useAction } from "../loading.ts";
import { countCharacters } from "../text.ts";
import { CharacterCount } from "./character-count.tsx";
import { TroubleNote } from "./trouble-note.tsx";

interface Props {
  label: string;
  placeholder: string;
  /** The word on the button. */
  button: string;
  /** "send the comment" */
  doing: string;
  /** How many characters the text may have, where the service has a limit. */
  limit?: number;
  /** What stands there already; the form then takes the focus. */
  begun?: string | undefined;
  send: (content: string) => Promise<void>;
  onCancel?: (() => void) | undefined;
}

export function TextForm({ label, placeholder, button, doing, limit, begun, send, onCancel }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(begun ?? "");
  const { busy, trouble, run } = useAction(doing);
  const used = countCharacters(text);
  const tooLong = limit !== undefined && used > limit;

  useLayoutEffect(() => {
    if (begun === undefined || !field.current) return;
    field.current.focus();
    field.current.selectionStart = begun.length;
  }, []);

  async function submit(event: Event) {
    event.preventDefault();
    const content = text.trim();
    if (!content || tooLong) return field.current?.focus();
    const sent = await run(() => send(content));
    if (sent) setText("");
  }

  return (
    <form
      class="text-form"
      onSubmit={submit}
      aria-label={label}
      onKeyDown={(event) => event.key === "Escape" && onCancel?.()}
    >
      <textarea
        ref={field}
        rows={2}
        value={text}
        aria-label={label}
        aria-invalid={tooLong}
        placeholder={placeholder}
        aria-keyshortcuts="Control+Enter"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={submitOnCtrlEnter}
      />
      {trouble && <TroubleNote trouble={trouble} />}
      <footer>
        {limit !== undefined && <CharacterCount used={used} limit={limit} />}
        {onCancel && (
          <button type="button" class="quiet" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button type="submit" class="primary" disabled={busy || tooLong} title="Ctrl+Enter">
          {busy ? "Sending…" : button}
        </button>
      </footer>
    </form>
  );
}
