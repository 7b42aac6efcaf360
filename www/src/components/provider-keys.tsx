// The providers that one connected, and the field for the key of another. A key goes to the service and is kept nowhere here.
import type { ConnectedProvider } from "imagineanything";
import { useAction } from "../loading.ts";
import { isProvider, type Provider, PROVIDERS, providerName } from "../makers.ts";
import { done } from "../notices.ts";
import { client } from "../session.ts";
import { Field } from "./field.tsx";
import { TroubleNote } from "./trouble-note.tsx";

interface Props {
  connected: readonly ConnectedProvider[];
  /** The provider whose key is wanted. */
  missing: Provider | undefined;
  onChange: () => void;
}

export function ProviderKeys({ connected, missing, onChange }: Props) {
  const { busy, trouble, run } = useAction("connect the provider");
  const leaving = useAction("disconnect the provider");

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = new FormData(form);
    const provider = String(values.get("provider"));
    if (!isProvider(provider)) return;
    const connected = await run(async () => {
      await client().providers.connect({ provider, apiKey: String(values.get("apiKey")).trim() });
    });
    if (!connected) return;
    form.reset();
    done(`${providerName(provider)} is connected.`);
    onChange();
  }

  async function disconnect(provider: string) {
    if (!isProvider(provider)) return;
    const left = await leaving.run(async () => {
      await client().providers.disconnect(provider);
    });
    if (left) onChange();
  }

  return (
    <details class="providers" open={missing !== undefined}>
      <summary>Providers and their keys</summary>
      {connected.length > 0 && (
        <ul aria-label="Connected providers">
          {connected.map(({ provider, apiKey }) => (
            <li key={provider}>
              <strong>{providerName(provider)}</strong> {apiKey && <code>{apiKey}</code>}
              <button type="button" class="small quiet" disabled={leaving.busy} onClick={() => disconnect(provider)}>
                Disconnect<span class="unseen"> {providerName(provider)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {leaving.trouble && <TroubleNote trouble={leaving.trouble} />}
      <form class="form" onSubmit={submit} aria-label="Connect a provider">
        <Field name="provider" label="Provider" fault={trouble?.fields["provider"]}>
          {(field) => (
            <select {...field}>
              {Object.entries(PROVIDERS).map(([value, name]) => (
                <option key={value} value={value} selected={value === missing}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          name="apiKey"
          label="API key"
          hint="Sent to the service, which keeps it encrypted. It is not stored in this browser."
          fault={trouble?.fields["apiKey"]}
        >
          {(field) => <input {...field} type="password" required autoComplete="off" spellcheck={false} />}
        </Field>
        {trouble && <TroubleNote trouble={trouble} marked={["provider", "apiKey"]} />}
        <button type="submit" class="quiet" disabled={busy}>
          {busy ? "Connecting…" : "Connect"}
        </button>
      </form>
    </details>
  );
}
