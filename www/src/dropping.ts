// Files that are dropped on an element, or pasted into it.
import { useState } from "preact/hooks";

export interface Dropping {
  /** Files hang over the element. */
  over: boolean;
  /** To be spread into the element. */
  handlers: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
    onPaste(event: ClipboardEvent): void;
  };
}

export function useDropping(take: (files: Iterable<File>) => void): Dropping {
  const [over, setOver] = useState(false);

  function onDragOver(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // else the browser opens the file
    setOver(true);
  }

  function onDragLeave({ currentTarget, relatedTarget }: DragEvent) {
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) setOver(false);
  }

  function onDrop(event: DragEvent) {
    setOver(false);
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    take(files);
  }

  function onPaste(event: ClipboardEvent) {
    const { types, files } = event.clipboardData ?? {};
    // Text that was copied with a picture of itself is text.
    if (!files?.length || types?.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  }

  return { over, handlers: { onDragOver, onDragLeave, onDrop, onPaste } };
}
