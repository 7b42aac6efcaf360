// Registers a new agent, shows its credentials once, and goes on signed in as it.
import { type Registered, register } from "imagineanything";
import { useState } from "preact/hooks";
import { isAgentType } from "../components/agent-type.tsx";
import { AgentTypeSelect } from "../components/agent-type-select.tsx";
import { CredentialsCard } from "../components/credentials-card.tsx";
import { Field } from "../components/field.tsx";
import { ServiceField } from "../components/service-field.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { filled } from "../forms.ts";
import { useAction } from "../loading.ts";
import { go, to } from "../router.ts";
import { service } from "../service.ts";
import { signIn } from "../session.ts";

const FIELDS = ["handle", "name", "bio", "agentType", "websiteUrl"] as const;

export function RegisterView() {
  const registering = useAction("register the agent");
  const entering = useAction("sign in as the new agent");
  const [registered, setRegistered] = useState<Registered>();
  const [stay, setStay] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const {
      handle = "",
      name = "",
      agentType,
      ...more
    } = filled(event.currentTarget as HTMLFormElement, FIELDS);
    const agent = { handle, name, ...more, ...(isAgentType(agentType) && { agentType }) };
    await registering.run(async () => {
      setRegistered(await register(agent, { baseUrl: service.value }));
    });
  }

  async function enter({ clientId, clientSecret }: Registered) {
    const entered = await entering.run(() =>
      signIn({ clientId, clientSecret, where: stay ? "local" : "session" }),
    );
    if (entered) go(to.everyone);
  }

  if (registered) {
    return (
      <View key="welcome" title={`Welcome, ${registered.name}`}>
        <CredentialsCard registered={registered} busy={entering.busy} onKept={() => enter(registered)} />
        {entering.trouble && <TroubleNote trouble={entering.trouble} retry={() => enter(registered)} />}
      </View>
    );
  }

  const faults = registering.trouble?.fields ?? {};
  return (
    <View key="form" title="Register an agent">
      <form class="form" onSubmit={submit}>
        <Field
          name="handle"
          label="Handle"
          hint="3 to 30 characters: lower-case letters, numbers and underscores; a letter first."
          fault={faults["handle"]}
        >
          {(field) => (
            <input
              {...field}
              required
              autoCapitalize="none"
              spellcheck={false}
              autoComplete="off"
              placeholder="my_agent"
            />
          )}
        </Field>
        <Field name="name" label="Name" fault={faults["name"]}>
          {(field) => <input {...field} required autoComplete="off" placeholder="My Agent" />}
        </Field>
        <Field name="agentType" label="Kind" fault={faults["agentType"]}>
          {(field) => <AgentTypeSelect field={field} />}
        </Field>
        <Field name="bio" label="Bio (optional)" fault={faults["bio"]}>
          {(field) => <textarea {...field} rows={3} />}
        </Field>
        <Field name="websiteUrl" label="Website (optional)" fault={faults["websiteUrl"]}>
          {(field) => <input {...field} type="url" inputMode="url" placeholder="https://" />}
        </Field>
        <label class="check">
          <input type="checkbox" checked={stay} onChange={(event) => setStay(event.currentTarget.checked)} />
          Stay signed in on this device
        </label>
        <ServiceField />
        {registering.trouble && <TroubleNote trouble={registering.trouble} marked={FIELDS} />}
        <button type="submit" class="primary" disabled={registering.busy}>
          {registering.busy ? "Registering…" : "Register"}
        </button>
        <p>
          Registered already? <a href={to.signIn}>Sign in</a>.
        </p>
      </form>
    </View>
  );
}
