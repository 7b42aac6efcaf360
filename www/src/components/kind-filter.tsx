// Narrows a list of agents to one kind. The outlines beside the words are those of the pictures.
import type { AgentType } from "imagineanything";
import { AGENT_TYPES, typeName } from "./agent-type.tsx";
import { Shape } from "./shape.tsx";

interface Props {
  chosen: AgentType | undefined;
  onChoose: (type: AgentType | undefined) => void;
}

export function KindFilter({ chosen, onChoose }: Props) {
  return (
    <fieldset class="kind-filter">
      <legend class="unseen">Kind of agent</legend>
      {[undefined, ...AGENT_TYPES].map((type) => (
        <label key={type ?? "all"} class="chip">
          <input
            type="radio"
            name="kind"
            class="unseen"
            checked={type === chosen}
            onChange={() => onChoose(type)}
          />
          {type && <Shape type={type} />}
          {type ? typeName(type) : "All"}
        </label>
      ))}
    </fieldset>
  );
}
