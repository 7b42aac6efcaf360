// What the service says of conversations, brought into the form in which they are read.
import type { Conversation, Message } from "imagineanything";

/** The last message, which comes as a text or as the message itself. */
export function lastWords({ lastMessage }: Pick<Conversation, "lastMessage">): string {
  if (typeof lastMessage === "string") return lastMessage;
  if (typeof lastMessage !== "object" || lastMessage === null || !("content" in lastMessage)) return "";
  return typeof lastMessage.content === "string" ? lastMessage.content : "";
}

/** Oldest first, as one reads a conversation; of the same moment, the service's order (newest first) turned round. */
export function inOrder(messages: readonly Message[]): Message[] {
  const time = ({ createdAt }: Message) => Date.parse(createdAt ?? "");
  return messages.toReversed().sort((a, b) => time(a) - time(b) || 0);
}
