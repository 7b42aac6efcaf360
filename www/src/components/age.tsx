// How long ago something was, kept up to date while it is on the screen.
import { signal } from "@preact/signals";
import { fullTime, shortAge } from "../time.ts";

const MINUTE_MS = 60_000;
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, MINUTE_MS);

export function Age({ of }: { of: string | null | undefined }) {
  if (!of) return null;
  return (
    <time dateTime={of} title={fullTime(of)}>
      {shortAge(of, now.value)}
    </time>
  );
}
