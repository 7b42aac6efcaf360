//! Splits a text into the posts of a thread.

use std::fmt;
use std::ops::Range;

use crate::atoms::{Atom, Ends, atoms};
use crate::count::Unit;
use crate::entities::{EntityKind, Place};

/// How long a post may be.
pub const LIMIT: usize = 500;

/// A cut after a sentence must leave a part at least this full, one in so many: what only looks
/// like a sentence ("Dr.", "1.") makes no part.
const FULL_ENOUGH: usize = 4;

/// How a text is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thread {
    /// How long a part may be, its number included. Default: [`LIMIT`].
    pub limit: usize,
    /// What `limit` counts.
    pub unit: Unit,
    pub numbering: Numbering,
}

impl Default for Thread {
    fn default() -> Thread {
        Thread { limit: LIMIT, unit: Unit::default(), numbering: Numbering::default() }
    }
}

/// Whether parts tell which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbering {
    #[default]
    None,
    /// Each part ends in a space, its number, `/` and how many there are: "… 2/3". One part alone
    /// has no number.
    OfAll,
}

/// Something that is never cut has no room in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLong {
    /// What it is; `None` for a grapheme.
    pub kind: Option<EntityKind>,
    /// It itself.
    pub text: String,
    /// Where it stands, in bytes.
    pub utf8: Range<usize>,
    /// Where it stands, in UTF-16 code units.
    pub utf16: Range<usize>,
    /// How long it is.
    pub length: usize,
    /// How much room a part has for it: the limit, without the number.
    pub room: usize,
    /// What `length` and `room` count.
    pub unit: Unit,
}

/// Splits a text into parts that each keep to a limit.
///
/// - A part ends with the last paragraph that fits, else with the last sentence or line, if that
///   leaves it at least a quarter full, else with the last word, else inside of a word.
/// - Graphemes, mentions, hashtags and links stay whole.
/// - Parts begin and end without white space. They are the text in order, and nothing but white
///   space lies between two of them, before the first and after the last. A blank text has none.
///
/// ```ignore-wasm32
/// use imagineanything_text::{Numbering, Thread, split_thread};
///
/// let thread = Thread { limit: 28, numbering: Numbering::OfAll, ..Thread::default() };
/// assert_eq!(
///     split_thread("Is it late? Ask @ada_lumen about it.", &thread)?,
///     ["Is it late? 1/2", "Ask @ada_lumen about it. 2/2"],
/// );
/// # Ok::<(), imagineanything_text::TooLong>(())
/// ```
///
/// # Errors
///
/// [`TooLong`] when something that stays whole is longer than a part.
pub fn split_thread(text: &str, thread: &Thread) -> Result<Vec<String>, TooLong> {
    let parts = cut(text, thread)?;
    let count = parts.len();
    let numbered = thread.numbering == Numbering::OfAll && count > 1;
    let content = |part: &Part| text.get(part.start.utf8..part.end.utf8).unwrap_or_default();
    let write = |(at, part): (usize, &Part)| match numbered {
        true => format!("{} {}/{count}", content(part), at + 1),
        false => content(part).to_owned(),
    };
    Ok(parts.iter().enumerate().map(write).collect())
}

/// A part without its number.
pub(crate) struct Part {
    pub start: Place,
    pub end: Place,
}

/// Where the parts of a text begin and end.
pub(crate) fn cut(text: &str, thread: &Thread) -> Result<Vec<Part>, TooLong> {
    let atoms = atoms(text, thread.unit);
    let too_long = |(atom, room): (&Atom, usize)| TooLong::new(text, atom, room, thread.unit);
    let parts = parts(&atoms, |_| thread.limit).map_err(too_long)?;
    if thread.numbering == Numbering::None || parts.len() < 2 {
        return Ok(parts);
    }
    // How wide the numbers are depends on how many parts there are, and that on how wide they are.
    let mut width = 1;
    loop {
        let room = |number| thread.limit.saturating_sub(" /".len() + digits(number) + width);
        let parts = self::parts(&atoms, room).map_err(too_long)?;
        if digits(parts.len()) <= width {
            return Ok(parts);
        }
        width += 1;
    }
}

/// Fills part after part, `room` telling how much fits into which. Fails with what does not fit.
fn parts(atoms: &[Atom], room: impl Fn(usize) -> usize) -> Result<Vec<Part>, (&Atom, usize)> {
    let mut parts = Vec::new();
    let mut rest = atoms.iter().as_slice();
    loop {
        let blank = rest.iter().take_while(|atom| atom.ends.is_none()).count();
        rest = rest.get(blank..).unwrap_or_default();
        let Some(first) = rest.first() else { return Ok(parts) };
        let room = room(parts.len() + 1);
        let (count, last) = fill(rest, room).ok_or((first, room))?;
        parts.push(Part { start: first.start, end: last.end });
        rest = rest.get(count..).unwrap_or_default();
    }
}

/// How many atoms go into a part with this room, and the last of them.
fn fill(atoms: &[Atom], room: usize) -> Option<(usize, &Atom)> {
    let mut used = 0;
    let mut best: Option<(Option<Ends>, usize, &Atom)> = None;
    for (at, atom) in atoms.iter().enumerate() {
        used += atom.size;
        if used > room {
            break;
        }
        let ends = match atom.ends {
            Some(Ends::Sentence) if used < room / FULL_ENOUGH => Some(Ends::Word),
            ends => ends,
        };
        if ends.is_some() && best.is_none_or(|(best, ..)| ends >= best) {
            best = Some((ends, at + 1, atom));
        }
    }
    best.map(|(_, count, last)| (count, last))
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

impl TooLong {
    fn new(text: &str, atom: &Atom, room: usize, unit: Unit) -> TooLong {
        let Atom { start, end, size, entity, .. } = *atom;
        TooLong {
            kind: entity,
            text: text.get(start.utf8..end.utf8).unwrap_or_default().to_owned(),
            utf8: start.utf8..end.utf8,
            utf16: start.utf16..end.utf16,
            length: size,
            room,
            unit,
        }
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Some(EntityKind::Mention) => "mention",
            Some(EntityKind::Hashtag) => "hashtag",
            Some(EntityKind::Link) => "link",
            None => "grapheme",
        };
        let TooLong { text, length, room, unit, .. } = self;
        let unit = unit.name();
        write!(f, "the {what} {text:?} has {length} {unit}; a part has room for {room}")
    }
}

impl std::error::Error for TooLong {}
