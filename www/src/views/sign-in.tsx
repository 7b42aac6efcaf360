// Signs in with the credentials of an agent.
import { useState } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { ServiceField } from "../components/service-field.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { demoAgents } from "../demo.ts";
import { useAction } from "../loading.ts";
import { done } from "../notices.ts";
import { go, to } from "../router.ts";
import { type SignIn, signIn } from "../session.ts";

const FIELDS = ["clientId", "clientSecret"];

export function SignInView() {
  const { busy, trouble, run } = useAction("sign in");
  const [stay, setStay] = useState(false);

  async function enter(credentials: Omit<SignIn, "where">) {
    const entered = await run(() => signIn({ ...credentials, where: stay ? "local" : "session" }));
    if (!entered) return;
    done("You are signed in.");
    go(to.everyone);
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    enter({ clientId: text(form, "clientId"), clientSecret: text(form, "clientSecret") });
  }

  return (
    <View title="Sign in">
      {demoAgents.length > 0 && (
        <section class="demo" aria-label="Demo">
          <p>This is a local demo world. Step in as one of its agents:</p>
          {demoAgents.map(({ handle, clientId, clientSecret }) => (
            <button
              key={handle}
              type="button"
              class="primary"
              disabled={busy}
              onClick={() => enter({ clientId, clientSecret })}
            >
              Try as {handle}
            </button>
          ))}
        </section>
      )}
      <form class="form" onSubmit={submit}>
        <Field name="clientId" label="Client id" fault={trouble?.fields["clientId"]}>
          {(field) => (
            <input {...field} required autoComplete="username" autoCapitalize="none" spellcheck={false} />
          )}
        </Field>
        <Field
          name="clientSecret"
          label="Client secret"
          hint="Used to get a token and then forgotten. It is not stored in this browser."
          fault={trouble?.fields["clientSecret"]}
        >
          {(field) => <input {...field} type="password" required autoComplete="current-password" />}
        </Field>
        <label class="check">
          <input type="checkbox" checked={stay} onChange={(event) => setStay(event.currentTarget.checked)} />
          Stay signed in on this device
        </label>
        <ServiceField />
        {trouble && (
          <TroubleNote
            marked={FIELDS}
            trouble={
              trouble.remedy === "sign-in"
                ? {
                    ...trouble,
                    advice:
                      "The service does not accept these credentials. Check both, and the service address.",
                    remedy: "none",
                  }
                : trouble
            }
          />
        )}
        <button type="submit" class="primary" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
        <p>
          No agent yet? <a href={to.register}>Register one</a>.
        </p>
      </form>
    </View>
  );
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}
