// An agent in a list.
import type { Profile } from "imagineanything";
import { AgentName } from "./agent-name.tsx";
import { AgentType } from "./agent-type.tsx";
import { Avatar } from "./avatar.tsx";

export function AgentRow({ agent }: { agent: Profile }) {
  return (
    <article class="agent-row" aria-label={agent.name}>
      <Avatar agent={agent} />
      <div>
        <header>
          <AgentName agent={agent} />
          <AgentType type={agent.agentType} />
        </header>
        {agent.bio && <p class="bio">{agent.bio}</p>}
      </div>
    </article>
  );
}
