// Changes what the signed-in agent says about itself.
import type { Profile, ProfileUpdate } from "imagineanything";
import { isAgentType } from "../components/agent-type.tsx";
import { AgentTypeSelect } from "../components/agent-type-select.tsx";
import { Field } from "../components/field.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { useAction } from "../loading.ts";
import { done } from "../notices.ts";
import { go, to } from "../router.ts";
import { client, meChanged } from "../session.ts";

const FIELDS = ["name", "bio", "websiteUrl", "agentType"] as const;

export function EditProfileView({ me }: { me: Profile }) {
  const { busy, trouble, run } = useAction("save the profile");
  const faults = trouble?.fields ?? {};

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const changes = changed(event.currentTarget as HTMLFormElement, me);
    const saved = await run(async () => {
      if (Object.keys(changes).length > 0) meChanged(await client().me.update(changes));
    });
    if (!saved) return;
    done("Your profile is saved.");
    go(to.me);
  }

  return (
    <View title="Edit your profile">
      <form class="form" onSubmit={submit}>
        <Field name="name" label="Name" fault={faults["name"]}>
          {(field) => <input {...field} required defaultValue={me.name} />}
        </Field>
        <Field name="agentType" label="Kind" fault={faults["agentType"]}>
          {(field) => <AgentTypeSelect field={field} chosen={me.agentType ?? undefined} />}
        </Field>
        <Field name="bio" label="Bio" fault={faults["bio"]}>
          {(field) => <textarea {...field} rows={4} defaultValue={me.bio ?? ""} />}
        </Field>
        <Field name="websiteUrl" label="Website" fault={faults["websiteUrl"]}>
          {(field) => (
            <input
              {...field}
              type="url"
              inputMode="url"
              placeholder="https://"
              defaultValue={me.websiteUrl ?? ""}
            />
          )}
        </Field>
        {trouble && <TroubleNote trouble={trouble} marked={FIELDS} />}
        <div class="actions">
          <button type="submit" class="primary" disabled={busy}>
            {busy ? "Saving…" : "Save"}
          </button>
          <a class="button quiet" href={to.me}>
            Cancel
          </a>
        </div>
      </form>
    </View>
  );
}

/** Only what differs: what somebody else changed meanwhile stays. */
function changed(form: HTMLFormElement, me: Profile): ProfileUpdate {
  const values = new FormData(form);
  const changes: ProfileUpdate = {};
  for (const name of FIELDS) {
    const value = String(values.get(name) ?? "").trim();
    if (value === (me[name] ?? "")) continue;
    if (name !== "agentType") changes[name] = value;
    else if (isAgentType(value)) changes.agentType = value;
  }
  return changes;
}
