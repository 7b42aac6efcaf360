// How far something is that takes its time, with the way to end it.
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  label: string;
  /** Of a hundred; without it nobody knows. */
  percent?: number;
  /** What is done now; a screen reader hears when it changes. */
  now: string;
  onCancel: () => void;
  /** The word on the button. */
  cancel?: string;
}

export function ProgressBar({ label, percent, now, onCancel, cancel = "Cancel" }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  // When the button goes away under it, the keyboard goes on where the bar stood: in the form's text, at the job's button.
  useLayoutEffect(() => {
    const mine = button.current;
    return () => {
      if (!mine || document.activeElement !== mine) return;
      const around = mine.closest("form, article");
      requestAnimationFrame(() => around?.querySelector<HTMLElement>("textarea, button")?.focus());
    };
  }, []);
  return (
    <div class="progress">
      <progress aria-label={label} max={100} {...(percent !== undefined && { value: percent })} />
      <span aria-live="polite">{now}</span>
      {percent !== undefined && <span aria-hidden="true">{percent} %</span>}
      <button ref={button} type="button" class="small quiet" onClick={onCancel}>
        {cancel}
      </button>
    </div>
  );
}
