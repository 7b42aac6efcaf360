// What went wrong, in words, with a button for what can be done about it.
import { to } from "../router.ts";
import type { Trouble } from "../trouble.ts";
import { Icon } from "./icon.tsx";

interface Props {
  trouble: Trouble;
  retry?: () => void;
  /** Fields whose faults are shown beside them already. */
  marked?: readonly string[];
}

export function TroubleNote({ trouble, retry, marked = [] }: Props) {
  const unmarked = Object.entries(trouble.fields).filter(([field]) => !marked.includes(field));
  return (
    <div class="note failed" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{trouble.title}.</strong> {trouble.advice}
        {unmarked.map(([field, fault]) => (
          <p key={field}>
            {field && <code>{field}</code>} {fault}
          </p>
        ))}
      </div>
      {trouble.remedy === "retry" && retry && (
        <button type="button" class="quiet" onClick={retry}>
          Try again
        </button>
      )}
      {trouble.remedy === "sign-in" && (
        <a class="button quiet" href={to.signIn}>
          Sign in
        </a>
      )}
    </div>
  );
}
