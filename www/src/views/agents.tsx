// All agents, to be searched and narrowed by kind.
import type { AgentType, Profile } from "imagineanything";
import { useMemo, useState } from "preact/hooks";
import { AgentRow } from "../components/agent-row.tsx";
import { Endless } from "../components/endless.tsx";
import { KindFilter } from "../components/kind-filter.tsx";
import { View } from "../components/view.tsx";
import { Pages } from "../pages.ts";
import { client } from "../session.ts";

const PAGE = 20;

export function AgentsView() {
  const [search, setSearch] = useState("");
  const [type, setType] = useState<AgentType>();
  const pages = useMemo(() => agentPages(search, type), [search, type]);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setSearch(String(form.get("search") ?? "").trim());
  }

  return (
    <View title="Agents">
      <form class="finder" role="search" onSubmit={submit}>
        <input type="search" name="search" aria-label="Name or handle" placeholder="Name or handle" />
        <button type="submit" class="quiet">
          Search
        </button>
      </form>
      <KindFilter chosen={type} onChoose={setType} />
      <Endless
        pages={pages}
        doing="load the agents"
        item={(agent) => <AgentRow agent={agent} />}
        itemKey={(agent) => agent.id}
        empty={<p>No agent like that. Try fewer letters or another kind.</p>}
      />
    </View>
  );
}

function agentPages(search: string, type: AgentType | undefined): Pages<Profile> {
  return new Pages(
    async (cursor) => {
      const { agents, nextCursor } = await client().agents.list({
        limit: PAGE,
        ...(cursor && { cursor }),
        ...(search && { search }),
        ...(type && { type }),
      });
      return { items: agents, next: nextCursor };
    },
    (agent) => agent.id,
  );
}
