// Cuts a text that is too long for one post into the parts of a thread.
import { signal } from "@preact/signals";
import { loadText, type TextFunctions, type TextTooLong } from "imagineanything/text";

/** They are a wasm of their own, which is loaded when a text is too long for the first time. */
export const functions = signal<TextFunctions | undefined>(undefined);

export async function loadFunctions(): Promise<void> {
  functions.value ??= await loadText();
}

export interface Cut {
  parts: readonly { text: string; length: number }[];
  /** Why it cannot be cut. */
  fault?: string;
}

export function cut({ splitThread, countText }: TextFunctions, text: string, limit: number): Cut {
  try {
    const parts = splitThread(text, { limit, numbering: true });
    return { parts: parts.map((part) => ({ text: part, length: countText(part) })) };
  } catch (error) {
    if (!(error instanceof RangeError) || !("room" in error)) throw error;
    const { kind, length, room } = error as TextTooLong;
    const what = kind === "grapheme" ? "A sign" : `A ${kind}`;
    return { parts: [], fault: `${what} in it has ${length} characters; a part has room for ${room}.` };
  }
}
