// Short messages over the page: failures of a click, and successes that would otherwise be silent.
import { signal } from "@preact/signals";
import { describe, type Trouble } from "./trouble.ts";

export type Notice = { done: string } | { failed: Trouble };

/** One at a time: the latest is what the user just did. A failure stays until it is dismissed. */
export const notice = signal<Notice | undefined>(undefined);

const DONE_STAYS_MS = 5000;

export function tell(doing: string, error: unknown): void {
  notice.value = { failed: describe(error, doing) };
}

export function done(text: string): void {
  const mine: Notice = { done: text };
  notice.value = mine;
  setTimeout(() => {
    if (notice.peek() === mine) notice.value = undefined;
  }, DONE_STAYS_MS);
}
