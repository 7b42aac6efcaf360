//! What a thread never cuts: graphemes, mentions, hashtags and links; and how good it is to cut
//! after each.

use unicode_segmentation::UnicodeSegmentation;

use crate::count::{Unit, count_text};
use crate::entities::{EntityKind, Place, entities, is_of_address, is_of_word, is_sign};

/// A grapheme or an entity.
#[derive(Debug)]
pub(crate) struct Atom {
    pub start: Place,
    pub end: Place,
    /// How many of the unit it has.
    pub size: usize,
    pub entity: Option<EntityKind>,
    /// What a cut behind it comes after; nothing for white space, which no part ends with.
    pub ends: Option<Ends>,
}

/// What ends where a text is cut: the later, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ends {
    /// A grapheme in front of a mark that marks nothing there, but would mark something at the
    /// beginning of a part: an e-mail address would become a mention.
    Unmarked,
    Grapheme,
    Word,
    /// Or a line.
    Sentence,
    Paragraph,
    Text,
}

/// A text in atoms.
pub(crate) fn atoms(text: &str, unit: Unit) -> Vec<Atom> {
    let mut atoms = Vec::<Atom>::new();
    let mut entities = entities(text).into_iter().peekable();
    let (mut place, mut covered) = (Place::default(), 0);
    for grapheme in text.graphemes(true) {
        let (start, end) = (place, place.after(grapheme));
        let size = count_text(grapheme, unit);
        let is_inside = start.utf8 < covered;
        let entity = entities.next_if(|entity| entity.utf8.start < end.utf8);
        if let Some(entity) = &entity {
            covered = entity.utf8.end;
        }
        match atoms.last_mut() {
            Some(last) if is_inside => {
                last.end = end;
                last.size += size;
            }
            _ => {
                let entity = entity.map(|entity| entity.kind);
                atoms.push(Atom { start, end, size, entity, ends: None });
            }
        }
        place = end;
    }
    rate(text, &mut atoms);
    atoms
}

/// Finds what ends with each atom.
fn rate(text: &str, atoms: &mut [Atom]) {
    rate_forward(text, atoms);
    keep_addresses(text, atoms);
}

fn rate_forward(text: &str, atoms: &mut [Atom]) {
    let mut last: Option<&mut Atom> = None;
    let mut passed = Passed::default();
    for atom in atoms {
        let content = text.get(atom.start.utf8..atom.end.utf8).unwrap_or_default();
        if content.chars().all(char::is_whitespace) {
            passed.blank(content);
            continue;
        }
        // A few characters form a grapheme with what follows them: with a mark, too.
        let mark = content.chars().find(|c| is_sign(*c)).filter(|_| atom.entity.is_none());
        let first = mark.or_else(|| content.chars().next()).unwrap_or_default();
        if let Some(last) = last {
            last.ends = Some(passed.ends(first, atom.entity));
        }
        passed.solid(first, content.len() == first.len_utf8(), atom.entity);
        last = Some(atom);
    }
    if let Some(last) = last {
        last.ends = Some(Ends::Text);
    }
}

/// Avoids cuts that leave an address without its dot: what follows its `/` would become a hashtag.
fn keep_addresses(text: &str, atoms: &mut [Atom]) {
    let (mut in_address, mut next) = (false, None);
    for atom in atoms.iter_mut().rev() {
        let first = text.get(atom.start.utf8..).and_then(|rest| rest.chars().next());
        in_address |= first == Some('/') && next.is_some_and(is_sign);
        if in_address && atom.ends == Some(Ends::Grapheme) {
            atom.ends = Some(Ends::Unmarked);
        }
        in_address &= atom.ends.is_some() && !first.is_some_and(is_of_address);
        next = first.filter(|_| atom.entity.is_none());
    }
}

/// What the atoms so far say about a cut behind them.
#[derive(Default)]
struct Passed {
    said: Said,
    /// True in the word behind a mark that marks nothing.
    unmarked: bool,
    /// True when white space came last.
    spaced: bool,
    newlines: usize,
}

/// What came last, closing brackets and quotation marks aside.
#[derive(Clone, Copy, PartialEq, Default)]
enum Said {
    #[default]
    Word,
    /// Ends a sentence where a space follows.
    Stop,
    /// Ends a sentence, space or not.
    FullStop,
    /// After it a text may be cut as after a word, space or not.
    Comma,
}

impl Said {
    fn by(c: char) -> Said {
        match c {
            '.' | '!' | '?' | '…' | '।' | '॥' | '؟' | '۔' => Said::Stop,
            '。' | '！' | '？' | '｡' => Said::FullStop,
            '，' | '、' | '；' | '：' | '､' => Said::Comma,
            _ => Said::Word,
        }
    }
}

/// Whether it may stand between the end of a sentence and the next.
fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '」' | '』' | '）' | '】' | '》')
}

impl Passed {
    fn blank(&mut self, space: &str) {
        self.spaced = true;
        self.newlines += usize::from(space.starts_with(['\n', '\r', '\u{2028}', '\u{2029}']));
    }

    fn solid(&mut self, first: char, alone: bool, entity: Option<EntityKind>) {
        let goes_on = self.unmarked && !self.spaced && may_unmark(first);
        self.unmarked = entity.is_none() && (goes_on || is_sign(first));
        if self.spaced || !alone || !is_closing(first) {
            // A sign that carries marks ends no sentence.
            self.said = if alone { Said::by(first) } else { Said::Word };
        }
        (self.spaced, self.newlines) = (false, 0);
    }

    /// What ends here, in front of `next`.
    fn ends(&self, next: char, entity: Option<EntityKind>) -> Ends {
        match self.said {
            _ if self.newlines > 1 => Ends::Paragraph,
            _ if self.newlines == 1 => Ends::Sentence,
            _ if !self.spaced && (is_closing(next) || Said::by(next) != Said::Word) => {
                Ends::Grapheme
            }
            Said::FullStop => Ends::Sentence,
            Said::Stop if self.spaced => Ends::Sentence,
            Said::Comma => Ends::Word,
            _ if self.spaced => Ends::Word,
            _ if entity.is_none() && is_sign(next) => Ends::Unmarked,
            _ if self.unmarked && may_unmark(next) => Ends::Unmarked,
            _ => Ends::Grapheme,
        }
    }
}

/// True for what may be the reason why a word behind a mark is no mention and no hashtag.
fn may_unmark(c: char) -> bool {
    is_of_word(c) || matches!(c, ':' | '/')
}
