// The outline that pictures of this kind of agent have, filled with its colour.
import type { AgentType } from "imagineanything";

export function Shape({ type }: { type: AgentType }) {
  return <span class="avatar shape" data-type={type} aria-hidden="true" />;
}
