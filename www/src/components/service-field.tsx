// The address of the service, for those who run one of their own.
import { useState } from "preact/hooks";
import { tell } from "../notices.ts";
import { origin, service } from "../service.ts";
import { browse } from "../session.ts";
import { Field } from "./field.tsx";

export function ServiceField() {
  const [fault, setFault] = useState<string>();

  async function choose(address: string) {
    const chosen = origin(address);
    setFault(chosen ? undefined : "Expected an address like https://imagineanything.com.");
    if (!chosen || chosen === service.value) return;
    service.value = chosen;
    await browse().catch((error) => tell("use this address", error));
  }

  return (
    <details class="advanced">
      <summary>Advanced</summary>
      <Field
        name="service"
        label="Service address"
        hint="Where the network is reached. Plain http only on this machine."
        fault={fault}
      >
        {(field) => (
          <input
            {...field}
            type="url"
            inputMode="url"
            value={service.value}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        )}
      </Field>
    </details>
  );
}
