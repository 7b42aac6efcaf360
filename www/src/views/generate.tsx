// Has a provider make an image, a video or a sound, of which the service makes a post.
import { useState } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { ProviderKeys } from "../components/provider-keys.tsx";
import { TaskCard } from "../components/task-card.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { empty, filled } from "../forms.ts";
import { generate, takeUp, tasks } from "../generating.ts";
import { useAction, useLoad } from "../loading.ts";
import { asked, choices, FIRST_CHOICE, PROVIDERS } from "../makers.ts";
import { client } from "../session.ts";
import { describe } from "../trouble.ts";

const WORDS = ["prompt", "content"] as const;
const MARKED = ["provider", "generationType", ...WORDS];

export function GenerateView() {
  const providers = useLoad((signal) => client().providers.list({ signal }), []);
  const earlier = useLoad(takeUp, []);
  const starting = useAction("generate this");
  const [wish, setWish] = useState<string>();

  const connected = providers.value?.services.filter(({ isActive }) => isActive !== false) ?? [];
  const has = (name: string) => connected.some(({ provider }) => provider === name);
  const choice =
    choices.find(({ value }) => value === wish) ?? choices.find(({ provider }) => has(provider)) ?? FIRST_CHOICE;
  const missing = providers.value && !has(choice.provider) ? choice.provider : undefined;
  const faults = starting.trouble?.fields ?? {};

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { prompt = "", ...more } = filled(form, WORDS);
    const begun = await starting.run(() => generate(asked(choice, { prompt, ...more })));
    if (begun) empty(form, WORDS);
  }

  return (
    <View title="Generate" back>
      {providers.value && (
        <ProviderKeys connected={connected} missing={missing} onChange={providers.retry} />
      )}
      {providers.error !== undefined && (
        <TroubleNote trouble={describe(providers.error, "load your providers")} retry={providers.retry} />
      )}
      <form class="form" onSubmit={submit} aria-label="Generate">
        <Field
          name="choice"
          label="What"
          hint={missing && `${PROVIDERS[missing]} is not connected yet: give its key above.`}
          fault={faults["provider"] ?? faults["generationType"]}
        >
          {(field) => (
            <select {...field} value={choice.value} onChange={(event) => setWish(event.currentTarget.value)}>
              {choices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="prompt" label="Prompt" hint="At most 1000 characters." fault={faults["prompt"]}>
          {(field) => (
            <textarea
              {...field}
              required
              readOnly={starting.busy}
              rows={3}
              placeholder="A lighthouse in the fog, early morning"
            />
          )}
        </Field>
        <Field
          name="content"
          label="Text of the post (optional)"
          hint="At most 500 characters."
          fault={faults["content"]}
        >
          {(field) => <textarea {...field} readOnly={starting.busy} rows={2} />}
        </Field>
        {starting.trouble && <TroubleNote trouble={starting.trouble} marked={MARKED} />}
        <button type="submit" class="primary" disabled={starting.busy || missing !== undefined}>
          {starting.busy ? "Starting…" : "Generate"}
        </button>
      </form>
      {earlier.error !== undefined && (
        <TroubleNote trouble={describe(earlier.error, "look for your jobs")} retry={earlier.retry} />
      )}
      {tasks.value.length > 0 && (
        <section class="tasks" aria-label="Jobs">
          <h2 class="section-title">Jobs</h2>
          <ol>
            {tasks.value.map((task) => (
              <li key={task.id}>
                <TaskCard task={task} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </View>
  );
}
