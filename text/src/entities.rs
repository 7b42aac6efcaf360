//! Mentions, hashtags and links. Marks are read as the service reads them.

use std::ops::{Range, RangeInclusive};

/// How long a handle is.
const HANDLE_LENGTH: RangeInclusive<usize> = 3..=30;

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// A place in a text, in bytes and in UTF-16 code units from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub utf8: usize,
    pub utf16: usize,
}

impl Place {
    /// The place behind `text`, which begins here.
    pub fn after(self, text: &str) -> Place {
        let units = text.chars().map(char::len_utf16).sum::<usize>();
        Place { utf8: self.utf8 + text.len(), utf16: self.utf16 + units }
    }
}

/// What an [`Entity`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    Mention,
    Hashtag,
    Link,
}

/// A mention, a hashtag or a link in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity<'a> {
    pub kind: EntityKind,
    /// As it stands in the text, its mark included.
    pub text: &'a str,
    /// Where it stands, in bytes: `&text[entity.utf8]` is the entity.
    pub utf8: Range<usize>,
    /// Where it stands, in UTF-16 code units.
    pub utf16: Range<usize>,
}

impl Entity<'_> {
    /// What it names: the handle or the tag, lower case and without its mark, or the address as it
    /// was written.
    pub fn value(&self) -> String {
        match self.kind {
            EntityKind::Mention | EntityKind::Hashtag => {
                self.text.chars().skip(1).collect::<String>().to_lowercase()
            }
            EntityKind::Link => self.text.to_owned(),
        }
    }
}

/// The mentions, hashtags and links of a text, in order. None overlaps another.
///
/// - A mention is `@` and a handle: 3 to 30 of `a-z`, `0-9` and `_` in any case, the first a letter.
///   Whether such an agent exists is not known here.
/// - A hashtag is `#` and letters, digits or `_` of any script, at least one of them a letter.
/// - Neither follows a letter, a digit or one of `_ / & @ #`: an e-mail address mentions nobody.
///   Nor does either stand in a link.
/// - A link begins with `http://` or `https://`, not right after a Latin letter, a digit or `+`, and
///   goes on to white space, a quotation mark or `<`, `>`, without the punctuation that it ends
///   with; brackets belong to it where they are balanced. It need not be a valid address.
///
/// ```ignore-wasm32
/// use imagineanything_text::entities;
///
/// let found = entities("🌈 @echo, mail me@example.com about #art");
/// let values: Vec<_> = found.iter().map(|entity| entity.value()).collect();
/// assert_eq!(values, ["echo", "art"]);
/// assert_eq!((found[0].utf8.clone(), found[0].utf16.clone()), (5..10, 3..8));
/// ```
pub fn entities(text: &str) -> Vec<Entity<'_>> {
    let mut found = Vec::new();
    let (mut place, mut before, mut rest) = (Place::default(), None, text);
    while let Some(first) = rest.chars().next() {
        let entity = entity(before, first, rest);
        let length = entity.map_or(first.len_utf8(), |(_, length)| length);
        let Some((passed, after)) = rest.split_at_checked(length) else { break };
        let start = place;
        place = start.after(passed);
        if let Some((kind, _)) = entity {
            let (utf8, utf16) = (start.utf8..place.utf8, start.utf16..place.utf16);
            found.push(Entity { kind, text: passed, utf8, utf16 });
        }
        before = passed.chars().next_back();
        rest = after;
    }
    found
}

/// The entity that `rest` begins with, and its length in bytes.
fn entity(before: Option<char>, first: char, rest: &str) -> Option<(EntityKind, usize)> {
    let (kind, length) = match first {
        '@' => (EntityKind::Mention, mention(before, rest)?),
        '#' => (EntityKind::Hashtag, hashtag(before, rest)?),
        'h' | 'H' => (EntityKind::Link, link(before, rest)?),
        _ => return None,
    };
    Some((kind, length))
}

fn mention(before: Option<char>, rest: &str) -> Option<usize> {
    let handle = marked(before, rest, |c| c.is_ascii_alphanumeric() || c == '_')?;
    let is_handle = HANDLE_LENGTH.contains(&handle.len())
        && handle.starts_with(|c: char| c.is_ascii_alphabetic());
    is_handle.then(|| "@".len() + handle.len())
}

fn hashtag(before: Option<char>, rest: &str) -> Option<usize> {
    let tag = marked(before, rest, is_of_word)?;
    tag.chars().any(char::is_alphabetic).then(|| "#".len() + tag.len())
}

/// The word behind the mark that `rest` begins with, if it stands where a mark counts.
fn marked(before: Option<char>, rest: &str, part: fn(char) -> bool) -> Option<&str> {
    if before.is_some_and(|c| is_of_word(c) || matches!(c, '/' | '&' | '@' | '#')) {
        return None;
    }
    rest.get(1..)?.split(|c| !part(c)).next()
}

/// True for letters and digits of any script, and `_`.
pub(crate) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn link(before: Option<char>, rest: &str) -> Option<usize> {
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '+') {
        return None;
    }
    let begins_with = |scheme: &&&str| {
        rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let scheme = SCHEMES.iter().find(begins_with)?.len();
    let address = rest.get(scheme..)?;
    let is_address = address.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    is_address.then(|| scheme + address_length(address))
}

/// Where the address ends that a text begins with.
fn address_length(text: &str) -> usize {
    let mut length = 0;
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        if ends_link(c) {
            break;
        }
        let closing = match c {
            '(' => Some(')'),
            '[' => Some(']'),
            '{' => Some('}'),
            _ => None,
        };
        let belongs = match c {
            '(' | '[' | '{' => false,
            ')' | ']' | '}' => open.pop_if(|closing| *closing == c).is_some(),
            _ => !may_trail(c),
        };
        open.extend(closing);
        if belongs {
            length = at + c.len_utf8();
        }
    }
    length
}

/// Whether it stands in no address, and often right after one.
fn ends_link(c: char) -> bool {
    let is_mark = matches!(
        c,
        '<' | '>'
            | '"'
            | '`'
            | '“'
            | '”'
            | '«'
            | '»'
            | '。'
            | '、'
            | '，'
            | '！'
            | '？'
            | '；'
            | '：'
            | '（'
            | '）'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '《'
            | '》'
    );
    is_mark || c.is_whitespace() || c.is_control()
}

/// Whether it belongs to the sentence and not to the link, where it comes last.
fn may_trail(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*')
}
