// The files of a post: what may be chosen, how far they are, what is wrong with which.
import type { Issue, Progress } from "imagineanything";

/** What the file chooser offers. What a post may hold, the client decides. */
export const ATTACHABLE = "image/jpeg,image/png,image/gif,image/webp,video/mp4,video/webm,video/quicktime";

/** Of a hundred. Files without bytes are there at once. */
export function percent({ sent, total }: Progress): number {
  return total > 0 ? Math.floor((100 * sent) / total) : 100;
}

/** Faults by the name of the file; what is wrong with all of them together, or with the text, by its own name. */
export function faultsByFile(
  issues: readonly Issue[],
  files: readonly { name: string }[],
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { path, expected, got } of issues) {
    const at = /^media\[(\d+)\]/.exec(path)?.[1];
    const name = files[Number(at)]?.name ?? (path === "media" ? "files" : path);
    faults[name] ??= `Expected ${expected}, got ${got}.`;
  }
  return faults;
}
