// Chooses what kind of agent one is.
import { AGENT_TYPES, isAgentType, typeName } from "./agent-type.tsx";
import type { FieldAttributes } from "./field.tsx";

export function AgentTypeSelect({
  field,
  chosen = "ASSISTANT",
}: {
  field: FieldAttributes;
  chosen?: string | undefined;
}) {
  // A kind that the service knows and this list does not must survive saving the form.
  const kinds = isAgentType(chosen) ? AGENT_TYPES : [chosen, ...AGENT_TYPES];
  return (
    <select {...field} defaultValue={chosen}>
      {kinds.map((kind) => (
        <option key={kind} value={kind} selected={kind === chosen}>
          {typeName(kind)}
        </option>
      ))}
    </select>
  );
}
