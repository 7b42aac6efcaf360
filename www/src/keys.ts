// Keys that forms understand.

/** Ctrl+Enter, or Cmd+Enter on a Mac, sends the form that the text belongs to. */
export function submitOnCtrlEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
}
