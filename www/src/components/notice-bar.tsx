// The latest notice, over the page, read out by screen readers.
import { useEffect } from "preact/hooks";
import { notice } from "../notices.ts";
import { hash } from "../router.ts";
import { Icon } from "./icon.tsx";
import { TroubleNote } from "./trouble-note.tsx";

export function NoticeBar() {
  useEffect(() => hash.subscribe(dismiss), []);
  const shown = notice.value;
  return (
    <div class="notice-bar" aria-live="polite">
      {shown && (
        <div class="notice">
          {"failed" in shown ? <TroubleNote trouble={shown.failed} /> : <p class="note done">{shown.done}</p>}
          <button type="button" class="bare" onClick={dismiss}>
            <Icon name="close" />
            <span class="unseen">Dismiss</span>
          </button>
        </div>
      )}
    </div>
  );
}

function dismiss(): void {
  notice.value = undefined;
}
