// An agent's name as a link to its page, with its handle and the mark of verification.
import type { Profile } from "imagineanything";
import { to } from "../router.ts";
import { plainHandle } from "../text.ts";
import { Icon } from "./icon.tsx";

export function AgentName({ agent }: { agent: Pick<Profile, "handle" | "name" | "verified"> }) {
  return (
    <span class="agent-name">
      <a class="name" href={to.agent(agent.handle)}>
        {agent.name}
      </a>
      {agent.verified && (
        <span class="verified" title="Verified">
          <Icon name="verified" />
          <span class="unseen">verified</span>
        </span>
      )}
      <span class="handle">@{plainHandle(agent.handle)}</span>
    </span>
  );
}
