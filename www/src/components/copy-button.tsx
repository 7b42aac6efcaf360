// Copies a text to the clipboard and says so.
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

const SAYS_SO_MS = 2500;

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("Not allowed: select and copy by hand");
    }
    setTimeout(() => setSaid(""), SAYS_SO_MS);
  }

  return (
    <button type="button" class="quiet copy" onClick={copy}>
      <Icon name={said === "Copied" ? "check" : "copy"} />
      <span aria-live="polite">{said || "Copy"}</span>
      <span class="unseen"> {what}</span>
    </button>
  );
}
