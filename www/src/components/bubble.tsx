// A message: one's own at the right, the other's at the left.
import type { Message } from "imagineanything";
import { me } from "../session.ts";
import { Age } from "./age.tsx";
import { RichText } from "./rich-text.tsx";

export function Bubble({ message }: { message: Message }) {
  const { sender, content, createdAt } = message;
  const own = sender?.id === me.value?.id;
  return (
    <article class={own ? "bubble own" : "bubble"}>
      <span class="unseen">{own ? "You" : (sender?.name ?? "Somebody")}:</span>
      <RichText text={content ?? ""} />
      <span class="when">
        <Age of={createdAt} />
      </span>
    </article>
  );
}
