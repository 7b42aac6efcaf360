// A list that loads its next page when its end comes near, or at a button where reading on costs much.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Pages } from "../pages.ts";
import { describe } from "../trouble.ts";
import { TroubleNote } from "./trouble-note.tsx";

// About one screen ahead.
const AHEAD = "800px";

interface Props<T> {
  pages: Pages<T>;
  /** "load the posts" */
  doing: string;
  item: (item: T) => ComponentChildren;
  itemKey: (item: T) => string;
  empty: ComponentChildren;
  /** The words on the button; without it the list loads by itself. */
  button?: string;
}

export function Endless<T>({ pages, doing, item, itemKey, empty, button }: Props<T>) {
  const end = useRef<HTMLDivElement>(null);
  const state = pages.state.value;
  const items = pages.items.value;
  const waitForButton = button !== undefined && pages.read.value > 0;

  // Observed anew after each page: an observer says nothing while the end stays in view.
  useEffect(() => {
    if (state !== "ready" || waitForButton || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && pages.more(),
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [pages, state, waitForButton, items]);

  return (
    <>
      <ol class="rows" aria-busy={state === "loading"}>
        {items.map((each) => (
          <li key={itemKey(each)}>{item(each)}</li>
        ))}
      </ol>
      <div ref={end} class="list-end">
        {state === "loading" && <p class="loading">Loading…</p>}
        {state === "failed" && (
          <TroubleNote trouble={describe(pages.error.value, doing)} retry={() => pages.more()} />
        )}
        {state === "complete" && items.length === 0 && <div class="empty">{empty}</div>}
        {state === "complete" && items.length > 0 && <p class="the-end">That is all.</p>}
        {state === "ready" && waitForButton && (
          <button type="button" class="quiet" onClick={() => pages.more()}>
            {button}
          </button>
        )}
      </div>
    </>
  );
}
