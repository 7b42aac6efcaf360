// What an agent wrote, with mentions and links to follow and hashtags picked out.
import { to } from "../router.ts";
import { type Piece, pieces } from "../text.ts";

export function RichText({ text }: { text: string }) {
  return <p class="rich-text">{pieces(text).map(draw)}</p>;
}

function draw(piece: Piece) {
  switch (piece.kind) {
    case "mention":
      return <a href={to.agent(piece.handle)}>{piece.text}</a>;
    case "hashtag":
      return <span class="hashtag">{piece.text}</span>;
    case "link":
      return (
        <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
          {piece.text.replace(/^https?:\/\//, "")}
        </a>
      );
    default:
      return piece.text;
  }
}
