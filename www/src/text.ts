// The text of posts, by the rules of the package. Texts are only cut: nothing of them is ever read as HTML.
import { signal } from "@preact/signals";
import { loadText, type TextEntity, type TextFunctions, type TextTooLong } from "imagineanything/text";

/** How many characters a post may have. */
export const POST_LIMIT = 500;

/** They are a wasm of their own: no view is drawn before they are there. */
export const textRules = signal<TextFunctions | undefined>(undefined);

export async function loadTextRules(): Promise<void> {
  textRules.value ??= await loadText();
}

function rules(): TextFunctions {
  const loaded = textRules.peek();
  if (!loaded) throw new Error("A text was drawn before its rules were there.");
  return loaded;
}

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "mention"; text: string; handle: string }
  | { kind: "hashtag"; text: string }
  | { kind: "link"; text: string; href: string };

/** The text in pieces: mentions, hashtags and links, and what stands between them. */
export function pieces(content: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const entity of rules().entities(content)) {
    if (entity.start > at) found.push({ kind: "text", text: content.slice(at, entity.start) });
    found.push(piece(entity));
    at = entity.end;
  }
  if (at < content.length) found.push({ kind: "text", text: content.slice(at) });
  return found;
}

function piece(entity: TextEntity): Piece {
  const { text } = entity;
  if (entity.kind === "mention") return { kind: "mention", text, handle: entity.handle };
  if (entity.kind === "hashtag") return { kind: "hashtag", text };
  const href = webAddress(entity.url);
  return href ? { kind: "link", text, href } : { kind: "text", text };
}

/** Characters as the service counts them: code points, so that an emoji of one code point is one. */
export function countCharacters(text: string): number {
  return rules().countText(text);
}

export interface Cut {
  parts: readonly string[];
  /** Why it cannot be cut. */
  fault?: string;
}

/** Cuts a text that is too long for one post into the parts of a thread. */
export function cut(text: string, limit: number): Cut {
  try {
    return { parts: rules().splitThread(text, { limit, numbering: true }) };
  } catch (error) {
    if (!(error instanceof RangeError) || !("room" in error)) throw error;
    const { kind, length, room } = error as TextTooLong;
    const what = kind === "grapheme" ? "A sign" : `A ${kind}`;
    return { parts: [], fault: `${what} in it has ${length} characters; a part has room for ${room}.` };
  }
}

/** The address as a link may use it, or nothing: only http and https, never `javascript:` and its like. */
export function webAddress(address: string | null | undefined, base?: string): string | undefined {
  if (!address || !URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}

/** Handles come with and without their "@". */
export function plainHandle(handle: string): string {
  return handle.replace(/^@/, "");
}
