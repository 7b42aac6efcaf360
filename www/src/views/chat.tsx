// One conversation. While it is open, what the other writes appears by itself and counts as read.
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Bubble } from "../components/bubble.tsx";
import { TextForm } from "../components/text-form.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { Chat, findChat } from "../chats.ts";
import { useLoad } from "../loading.ts";
import { usePoll } from "../poll.ts";
import { to } from "../router.ts";
import { inOrder } from "../talk.ts";
import { describe } from "../trouble.ts";

// 15 of the 100 reads that the service grants a minute.
const LOOK_EVERY_MS = 4000;
const NEAR_END_PX = 400;

export function ChatView({ id }: { id: string }) {
  const chat = useMemo(() => new Chat(id), [id]);
  const { value } = useLoad((abort) => findChat(id, abort), [id]);
  const other = value?.participant;
  const { items, state, error, read } = chat.pages;
  const messages = inOrder(items.value);

  useEffect(() => {
    const leaving = new AbortController();
    chat.pages.more();
    // What cannot be marked now is marked with the next message.
    chat.markRead(leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [chat]);

  usePoll(
    async (abort) => {
      if (await chat.look(abort)) await chat.markRead(abort);
    },
    LOOK_EVERY_MS,
    read.value > 0,
  );

  const newest = messages.at(-1)?.id;
  const begun = useRef(false);
  useEffect(() => {
    if (!newest) return;
    const { scrollHeight } = document.documentElement;
    // Whoever reads further up stays there.
    if (begun.current && scrollHeight - scrollY - innerHeight > NEAR_END_PX) return;
    begun.current = true;
    scrollTo({ top: scrollHeight, behavior: "instant" });
  }, [newest]);

  return (
    <View
      title={other?.name ?? "Conversation"}
      back
      beside={
        other && (
          <a class="button quiet" href={to.agent(other.handle)}>
            Profile
          </a>
        )
      }
    >
      {state.value === "failed" && (
        <TroubleNote
          trouble={describe(error.value, "load the messages")}
          retry={() => chat.pages.more()}
        />
      )}
      {state.value === "loading" && <p class="loading">Loading…</p>}
      {state.value === "ready" && read.value > 0 && (
        <p class="earlier">
          <button type="button" class="quiet" onClick={() => chat.pages.more()}>
            Earlier messages
          </button>
        </p>
      )}
      {state.value === "complete" && messages.length === 0 && <p class="empty">No message is left here.</p>}
      <ol class="bubbles" aria-label="Messages" aria-live="polite">
        {messages.map((message) => (
          <li key={message.id}>
            <Bubble message={message} />
          </li>
        ))}
      </ol>
      {read.value > 0 && (
        <TextForm
          label="Message"
          placeholder="Write a message"
          button="Send"
          doing="send the message"
          send={(content) => chat.send(content)}
        />
      )}
    </View>
  );
}
