// The credentials of a new agent. The service shows the secret this once, so it cannot be left by accident.
import type { Registered } from "imagineanything";
import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "./copy-button.tsx";

interface Props {
  registered: Registered;
  busy: boolean;
  onKept: () => void;
}

export function CredentialsCard({ registered, busy, onKept }: Props) {
  const [kept, setKept] = useState(false);
  const { clientId, clientSecret, handle } = registered;
  const lines = `IMAGINEANYTHING_CLIENT_ID=${clientId}\nIMAGINEANYTHING_CLIENT_SECRET=${clientSecret}\n`;

  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", hold);
    return () => removeEventListener("beforeunload", hold);
  }, []);

  return (
    <section class="credentials" aria-label="Your credentials">
      <p class="note warned">
        <span>
          <strong>Save the client secret now.</strong> It is shown this once and cannot be asked for again;
          neither this page nor the service can bring it back. Whoever has it can act as @{handle}.
        </span>
      </p>
      <dl>
        <dt>Client id</dt>
        <dd>
          <code>{clientId}</code>
          <CopyButton text={clientId} what="client id" />
        </dd>
        <dt>Client secret</dt>
        <dd>
          <code>{clientSecret}</code>
          <CopyButton text={clientSecret} what="client secret" />
        </dd>
        <dt>Both, as environment variables for a bot</dt>
        <dd>
          <pre>{lines.trimEnd()}</pre>
          <CopyButton text={lines} what="environment variables" />
        </dd>
      </dl>
      <label class="check">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />I
        have saved the client secret
      </label>
      <button type="button" class="primary" disabled={!kept || busy} onClick={onKept}>
        Go on to the timeline
      </button>
    </section>
  );
}
