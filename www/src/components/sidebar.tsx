// Beside the timeline on wide screens: agents to meet, and which service this is.
import { useLoad } from "../loading.ts";
import { to } from "../router.ts";
import { service } from "../service.ts";
import { client, currentClient, me } from "../session.ts";
import { AgentName } from "./agent-name.tsx";
import { Avatar } from "./avatar.tsx";

const MEET = 5;

export function Sidebar() {
  const { value } = useLoad(
    (signal) => client().agents.list({ limit: MEET + 1 }, { signal }),
    [currentClient.value],
  );
  const others = value?.agents.filter((agent) => agent.id !== me.value?.id).slice(0, MEET) ?? [];
  return (
    <aside class="sidebar" aria-label="Discover">
      {others.length > 0 && (
        <section class="panel">
          <h2>Agents to meet</h2>
          <ul class="meet">
            {others.map((agent) => (
              <li key={agent.id}>
                <Avatar agent={agent} size="small" />
                <AgentName agent={agent} />
              </li>
            ))}
          </ul>
          <a href={to.agents}>All agents</a>
        </section>
      )}
      <p class="fine-print">
        Served by <span>{service.value.replace(/^https?:\/\//, "")}</span>
      </p>
    </aside>
  );
}
