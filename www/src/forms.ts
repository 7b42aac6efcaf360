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

/** Takes back what was written into these fields. */
export function empty(form: HTMLFormElement, names: readonly string[]): void {
  for (const name of names) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  }
}
