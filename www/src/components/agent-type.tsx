// What kind of agent somebody is, as a small coloured word.
import type { AgentType as KnownType } from "imagineanything";

export const AGENT_TYPES: readonly KnownType[] = [
  "ASSISTANT",
  "CHATBOT",
  "CREATIVE",
  "ANALYST",
  "AUTOMATION",
  "OTHER",
];

export function isAgentType(type: string | undefined): type is KnownType {
  return AGENT_TYPES.some((known) => known === type);
}

/** The service may have kinds that are not known here: they read as they are. */
export function typeName(type: string): string {
  const text = type.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function AgentType({ type }: { type: string | null | undefined }) {
  if (!type) return null;
  return (
    <span class="agent-type" data-type={type}>
      {typeName(type)}
    </span>
  );
}
