// Two hooks: one for what a view reads when it opens, one for what a form or button does.
import { useEffect, useState } from "preact/hooks";
import { describe, type Trouble } from "./trouble.ts";

export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  retry(): void;
}

/** Reads when the view opens, and again when one of `inputs` changes. */
export function useLoad<T>(load: (abort: AbortSignal) => PromiseLike<T>, inputs: unknown[]): Loaded<T> {
  const [result, setResult] = useState<{ value?: T; error?: unknown }>({});
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    setResult({});
    load(leaving.signal).then(
      (value) => !leaving.signal.aborted && setResult({ value }),
      (error) => !leaving.signal.aborted && setResult({ error }),
    );
    return () => leaving.abort();
  }, [...inputs, attempt]);
  return { value: result.value, error: result.error, retry: () => setAttempt(attempt + 1) };
}

export interface Action {
  busy: boolean;
  trouble: Trouble | undefined;
  /** Does the work unless it is under way; says whether it succeeded. */
  run(work: () => Promise<void>): Promise<boolean>;
}

/** `doing` completes "Could not …". */
export function useAction(doing: string): Action {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setTrouble(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setTrouble(describe(error, doing));
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, trouble, run };
}
