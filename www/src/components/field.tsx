// A labelled form field with its hint and its fault, tied together for screen readers.
import type { ComponentChild } from "preact";
import { useId } from "preact/hooks";

/** To be spread into the input. */
export interface FieldAttributes {
  id: string;
  name: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface Props {
  name: string;
  label: string;
  hint?: ComponentChild;
  fault?: string | undefined;
  children: (attributes: FieldAttributes) => ComponentChild;
}

export function Field({ name, label, hint, fault, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        ...(described && { "aria-describedby": described }),
        ...(fault && { "aria-invalid": true }),
      })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
