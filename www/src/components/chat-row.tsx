// A conversation in the list: with whom, its last words, and whether one has read them.
import type { Signal } from "@preact/signals";
import type { Conversation } from "imagineanything";
import { to } from "../router.ts";
import { lastWords } from "../talk.ts";
import { plural } from "../time.ts";
import { Age } from "./age.tsx";
import { AgentName } from "./agent-name.tsx";
import { Avatar } from "./avatar.tsx";

export function ChatRow({ chat }: { chat: Signal<Conversation> }) {
  const { id, participant, unreadCount = 0, updatedAt } = chat.value;
  const name = participant?.name ?? "somebody";
  return (
    <article
      class={unreadCount > 0 ? "notification unread" : "notification"}
      aria-label={`Conversation with ${name}`}
    >
      {participant && <Avatar agent={participant} size="small" />}
      <div>
        <p class="deed">
          {participant ? <AgentName agent={participant} /> : "Somebody"}{" "}
          <span class="when">
            <Age of={updatedAt} />
          </span>
        </p>
        <a id={`chat-${id}`} class="excerpt" href={to.chat(id)}>
          {lastWords(chat.value) || "Open the conversation"}
        </a>
      </div>
      {unreadCount > 0 && <span class="count">{plural(unreadCount, "new", "new")}</span>}
    </article>
  );
}
