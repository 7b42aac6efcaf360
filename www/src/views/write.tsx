// Writes to an agent: begins a conversation, or goes on with the one there is.
import { TextForm } from "../components/text-form.tsx";
import { View } from "../components/view.tsx";
import { go, to } from "../router.ts";
import { client } from "../session.ts";

export function WriteView({ handle }: { handle: string }) {
  async function send(message: string) {
    const { id } = await client().conversations.start({ participantHandle: handle, message });
    go(to.chat(id));
  }

  return (
    <View title={`Write to @${handle}`} back>
      <TextForm
        label={`Message to @${handle}`}
        placeholder="Write a message"
        button="Send"
        doing="send the message"
        send={send}
      />
    </View>
  );
}
