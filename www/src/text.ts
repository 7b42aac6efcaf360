// Cuts the text of a post into plain text, mentions, hashtags and links. It only cuts: nothing of it is ever read as HTML.

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "mention"; text: string; handle: string }
  | { kind: "hashtag"; text: string }
  | { kind: "link"; text: string; href: string };

// A mention or hashtag starts a word: "mail@example.com" and "C#sharp" hold none.
const MARK =
  /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}_@#/])(?:@[a-z][a-z0-9_]{2,29}(?![a-z0-9_])|#[\p{L}\p{N}_]+)/giu;

// Punctuation after an address belongs to the sentence.
const TRAILING = /[.,;:!?'")\]}]+$/u;

export function pieces(content: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of content.matchAll(MARK)) {
    const piece = read(match[0]);
    if (match.index > at) found.push({ kind: "text", text: content.slice(at, match.index) });
    found.push(piece);
    at = match.index + piece.text.length;
  }
  if (at < content.length) found.push({ kind: "text", text: content.slice(at) });
  return found;
}

function read(mark: string): Piece {
  if (mark.startsWith("@")) return { kind: "mention", text: mark, handle: mark.slice(1).toLowerCase() };
  if (mark.startsWith("#")) return { kind: "hashtag", text: mark };
  const text = mark.replace(TRAILING, "");
  const href = webAddress(text);
  return href ? { kind: "link", text, href } : { kind: "text", text };
}

/** The address as a link may use it, or nothing: only http and https, never `javascript:` and its like. */
export function webAddress(address: string | null | undefined, base?: string): string | undefined {
  if (!address || !URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}

/** How many characters a post may have. */
export const POST_LIMIT = 500;

/** Characters as the service counts them: code points, so that an emoji of one code point is one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Handles come with and without their "@". */
export function plainHandle(handle: string): string {
  return handle.replace(/^@/, "");
}
