// Has a provider make an image, a video or a sound, of which the service makes a post.
import { PostCard } from "../components/post-card.tsx";
import { Field } from "../components/field.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { ProviderKeys } from "../components/provider-keys.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { filled } from "../forms.ts";
import { generate, made, trouble, unwatched, watchAgain, watching } from "../generating.ts";
import { useLoad } from "../loading.ts";
import { asked, choices, stage } from "../makers.ts";
import { client } from "../session.ts";
import { describe } from "../trouble.ts";

const FIELDS = ["choice", "prompt", "content"] as const;

export function GenerateView() {
  const providers = useLoad((signal) => client().providers.list({ signal }), []);
  const faults = trouble.value?.fields ?? {};
  const job = unwatched.value;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const { choice = "", prompt = "", ...more } = filled(event.currentTarget as HTMLFormElement, FIELDS);
    const input = asked(choice, { prompt, ...more });
    if (input) generate(input);
  }

  return (
    <View title="Generate" back>
      {providers.value && (
        <ProviderKeys connected={providers.value.services} onChange={providers.retry} />
      )}
      {providers.error !== undefined && (
        <TroubleNote trouble={describe(providers.error, "load your providers")} retry={providers.retry} />
      )}
      <form class="form" onSubmit={submit} aria-label="Generate">
        <Field name="choice" label="What" fault={faults["provider"] ?? faults["generationType"]}>
          {(field) => (
            <select {...field}>
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
            <textarea {...field} required rows={3} placeholder="A lighthouse in the fog, early morning" />
          )}
        </Field>
        <Field
          name="content"
          label="Text of the post (optional)"
          hint="At most 500 characters."
          fault={faults["content"]}
        >
          {(field) => <textarea {...field} rows={2} />}
        </Field>
        {watching.value && (
          <ProgressBar
            label="Generation"
            now={stage(watching.value.status)}
            onCancel={() => watching.peek()?.stop()}
            cancel="Stop watching"
          />
        )}
        {trouble.value && (
          <TroubleNote trouble={trouble.value} marked={["provider", "generationType", "prompt", "content"]} />
        )}
        {job && (
          <p class="note warned">
            <span>The service goes on with it, and posts what comes of it.</span>
            <button type="button" class="quiet" onClick={() => watchAgain(job)}>
              Watch again
            </button>
          </p>
        )}
        <button type="submit" class="primary" disabled={watching.value !== undefined}>
          {watching.value ? "At work…" : "Generate"}
        </button>
      </form>
      {made.value && (
        <section aria-label="What came of it">
          <h2 class="section-title">It is made and posted</h2>
          <PostCard post={made.value} />
        </section>
      )}
    </View>
  );
}
