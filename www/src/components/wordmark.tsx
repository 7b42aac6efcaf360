// The name of the place.
import { to } from "../router.ts";

export function Wordmark() {
  return (
    <a class="wordmark" href={to.everyone}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path class="mark-shape" d="M16 1.5 28.6 8.75v14.5L16 30.5 3.4 23.25V8.75Z" />
        <circle class="mark-eye" cx="16" cy="16" r="5" />
      </svg>
      <span>
        Imagine
        <wbr />
        Anything
      </span>
    </a>
  );
}
