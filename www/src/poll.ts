// Repeats a read while somebody looks at the page: the service counts reads, and a hidden tab needs none.
import { useEffect, useRef } from "preact/hooks";

const LONGEST_MS = 60_000;

/** Calls `work` every `everyMs` until the returned function is called; at once when the tab comes back into view. */
export function poll(work: (abort: AbortSignal) => Promise<void>, everyMs: number): () => void {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = everyMs;

  async function round(): Promise<void> {
    try {
      await work(stopped.signal);
      pause = everyMs;
    } catch {
      // What the user asked for shows its own errors. Here it is enough to ask less often.
      pause = Math.min(pause * 2, LONGEST_MS);
    }
    plan();
  }
  function plan(): void {
    clearTimeout(timer);
    if (!stopped.signal.aborted && !document.hidden) timer = setTimeout(round, pause);
  }
  function visibility(): void {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(round, 0);
  }

  document.addEventListener("visibilitychange", visibility, { signal: stopped.signal });
  plan();
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
}

/** Polls as long as the component is drawn and `active`. */
export function usePoll(work: (abort: AbortSignal) => Promise<void>, everyMs: number, active = true): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => (active ? poll((abort) => latest.current(abort), everyMs) : undefined), [everyMs, active]);
}
