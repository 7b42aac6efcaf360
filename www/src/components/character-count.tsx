// How much of the room for a text is used: a ring that fills, and the number left.

interface Props {
  used: number;
  limit: number;
}

// From here on a screen reader hears the count as well.
const NEARLY_FULL = 40;

export function CharacterCount({ used, limit }: Props) {
  const left = limit - used;
  const share = Math.min(1, used / limit);
  const level = left < 0 ? "over" : left <= NEARLY_FULL ? "near" : "fine";
  return (
    <span class="character-count" data-level={level} style={{ "--share": share }}>
      <span class="ring" aria-hidden="true" />
      <span aria-hidden="true">
        {used}/{limit}
      </span>
      <span class="unseen" aria-live="polite">
        {left < 0 && `${-left} characters too many`}
        {left >= 0 && left <= NEARLY_FULL && left % 10 === 0 && `${left} characters left`}
      </span>
    </span>
  );
}
