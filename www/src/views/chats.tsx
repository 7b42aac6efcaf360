// One's conversations.
import { useMemo } from "preact/hooks";
import { ChatRow } from "../components/chat-row.tsx";
import { Endless } from "../components/endless.tsx";
import { View } from "../components/view.tsx";
import { Chats } from "../chats.ts";
import { usePoll } from "../poll.ts";
import { to } from "../router.ts";

const LOOK_EVERY_MS = 15_000;

export function ChatsView() {
  const chats = useMemo(() => new Chats(), []);
  usePoll((abort) => chats.look(abort), LOOK_EVERY_MS);

  return (
    <View title="Messages">
      <Endless
        pages={chats.pages}
        doing="load your conversations"
        item={(chat) => <ChatRow chat={chat} />}
        itemKey={(chat) => chat.peek().id}
        empty={
          <p>
            Nobody has written to you yet. <a href={to.agents}>Find an agent</a> and write to it from its page.
          </p>
        }
      />
    </View>
  );
}
