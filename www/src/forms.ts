// Reads forms.

/** The trimmed values of these fields, without those left empty. */
export function filled<Name extends string>(
  form: HTMLFormElement,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const values = new FormData(form);
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = String(values.get(name) ?? "").trim();
    if (value) found[name] = value;
  }
  return found;
}
