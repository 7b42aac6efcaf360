//! Mentions, hashtags and links, by the rules that `entities` names.

use std::ops::{Range, RangeInclusive};

use unicode_segmentation::UnicodeSegmentation;

/// How long a handle is.
const HANDLE_LENGTH: RangeInclusive<usize> = 3..=30;

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// How long a label of a host may be, and the host.
const LABEL_LENGTH: usize = 63;
const HOST_LENGTH: usize = 253;

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

/// Returns the mentions, hashtags and links of a text, in order. None overlaps another.
///
/// **Assumption:** the rules of the live service are not known. These are the rules of the field,
/// those of [twitter-text](https://github.com/twitter/twitter-text), with the service's own handles;
/// `tests/conformance.json` has its cases and names those that are left out.
///
/// - A mention is `@` or `＠` and a handle: 3 to 30 of `a-z`, `0-9` and `_` in any case, the first a
///   letter. Whether such an agent exists is not known here. No mention follows one of
///   `_ ! $ % & / @ #` or a Latin, Greek, Cyrillic or Armenian letter; a letter of another script
///   may stand before it (`日本語@ada`). A handle that goes on with an accented or combining letter,
///   `@` or `://` is no mention.
/// - A hashtag is `#` or `＃` and letters, digits, `_` and combining marks of any script, at least one
///   of them a letter. What joins the letters of a word belongs to it: a middle dot, the Hebrew
///   geresh, gershayim and maqaf, the Tibetan tsheg, a wave dash, and between letters a zero-width
///   joiner or non-joiner. No hashtag follows such a character or one of `& @ #`, none goes on with
///   `#` or `://`, and none follows the `/` of an address without a scheme.
/// - Neither stands in a link: an e-mail address or an address of the fediverse mentions nobody.
/// - A link begins with `http://` or `https://`, not right after a Latin letter, a digit or one of
///   `+ @ # $`, and a host. It goes on to white space, a quotation mark, `<`, `>`, or a zero-width or
///   bidirectional control character, without the punctuation that it ends with; brackets belong to
///   it where they are balanced.
/// - The host of a link is a name with a top-level domain of two letters or more, `localhost`, an
///   IPv4 address, or an IPv6 address in brackets, with or without a port. A name may be
///   international, encoded (`xn--`) or not. None of its labels begins or ends with `-` or `_`, and
///   `_` stands in none of the last two. A user name or a password before the host makes it no link.
///   Whether the top-level domain exists is not known here.
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
    let (mut place, mut before, mut rest) = (Place::default(), Before::default(), text);
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
        passed.chars().for_each(|c| before.pass(c));
        rest = after;
    }
    found
}

/// What stands before a place in a text.
#[derive(Clone, Copy, Default)]
struct Before {
    character: Option<char>,
    /// True in what may be an address without a scheme: a dot or a colon came before.
    in_address: bool,
}

impl Before {
    fn pass(&mut self, c: char) {
        self.character = Some(c);
        self.in_address = !ends_link(c) && (self.in_address || is_of_address(c));
    }

    fn is(self, what: impl Fn(char) -> bool) -> bool {
        self.character.is_some_and(what)
    }
}

/// Returns the entity that `rest` begins with, and its length in bytes.
fn entity(before: Before, first: char, rest: &str) -> Option<(EntityKind, usize)> {
    let after = rest.get(first.len_utf8()..)?;
    let (kind, length) = match first {
        '@' | '＠' => (EntityKind::Mention, first.len_utf8() + mention(before, after)?),
        '#' | '＃' => (EntityKind::Hashtag, first.len_utf8() + hashtag(before, after)?),
        'h' | 'H' => (EntityKind::Link, link(before, rest)?),
        _ => return None,
    };
    Some((kind, length))
}

/// Returns the length of the handle that `rest` begins with, if a mention may stand here.
fn mention(before: Before, rest: &str) -> Option<usize> {
    if before.is(|c| is_of_name(c) || matches!(c, '!' | '$' | '%' | '&' | '/') || is_sign(c)) {
        return None;
    }
    let is_of_handle = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (handle, after) = split_run(rest, is_of_handle)?;
    let is_handle = HANDLE_LENGTH.contains(&handle.len())
        && handle.starts_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = |c: char| is_of_name(c) || is_combining(c) || matches!(c, '@' | '＠');
    (is_handle && !after.starts_with(goes_on) && !after.starts_with("://")).then_some(handle.len())
}

/// Returns the length of the tag that `rest` begins with, if a hashtag may stand here.
fn hashtag(before: Before, rest: &str) -> Option<usize> {
    let is_inside = |c: char| match c {
        // What makes an emoji of a character is no part of a word.
        '\u{fe0e}' | '\u{fe0f}' => false,
        '/' => before.in_address,
        _ => c == '&' || is_sign(c) || is_of_word(c),
    };
    if before.is(is_inside) || rest.starts_with(|c| is_zero_width_joiner(c) || is_combining(c)) {
        return None;
    }
    let (word, after) = split_run(rest, is_of_word)?;
    if after.starts_with(['#', '＃']) || after.starts_with("://") {
        return None;
    }
    word.contains(char::is_alphabetic).then(|| word.trim_end_matches(is_zero_width_joiner).len())
}

/// Splits a text behind the characters of a kind that it begins with.
fn split_run(text: &str, is_of_run: impl Fn(char) -> bool) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(|c| !is_of_run(c)).unwrap_or(text.len()))
}

/// True for what begins a mention or a hashtag.
pub(crate) fn is_sign(c: char) -> bool {
    matches!(c, '@' | '#' | '＠' | '＃')
}

/// True for what makes an address of a word in front of a `/`.
pub(crate) fn is_of_address(c: char) -> bool {
    matches!(c, '.' | ':')
}

/// True for letters, digits and combining marks of any script, and for what joins them to a word.
pub(crate) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || joins_letters(c) || is_zero_width_joiner(c) || is_combining(c)
}

/// True for the punctuation and the symbols that belong to words.
fn joins_letters(c: char) -> bool {
    matches!(
        c,
        '_' | '·'
            | '\u{5be}'
            | '\u{5f3}'
            | '\u{5f4}'
            | '\u{f0b}'
            | '\u{f0c}'
            | '〃'
            | '〜'
            | '\u{309b}'
            | '\u{309c}'
            | '\u{30a0}'
            | '・'
            | '\u{a67e}'
            | '～'
    )
}

fn is_zero_width_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// True for `\p{M}`. The tables of graphemes know it, but for a few characters.
fn is_combining(c: char) -> bool {
    match c {
        // Letters, emoji modifiers and tags that form a grapheme with what stands before.
        '\0'..='\u{7f}'
        | '\u{e33}'
        | '\u{eb3}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{ff9e}'..='\u{ff9f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}' => false,
        // Marks that form none.
        '\u{102b}'..='\u{102c}'
        | '\u{1038}'
        | '\u{1062}'..='\u{1064}'
        | '\u{1067}'..='\u{106d}'
        | '\u{1083}'
        | '\u{1087}'..='\u{108c}'
        | '\u{108f}'
        | '\u{109a}'..='\u{109c}'
        | '\u{1a61}'
        | '\u{1a63}'..='\u{1a64}'
        | '\u{aa7b}'
        | '\u{aa7d}'
        | '\u{11720}'..='\u{11721}' => true,
        _ => {
            let mut pair = String::from("a");
            pair.push(c);
            pair.graphemes(true).nth(1).is_none()
        }
    }
}

/// True for letters of the scripts that handles and the names in e-mail addresses are written in,
/// or that look like them: Latin, Greek, Cyrillic and Armenian, with their marks.
fn is_of_name(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' => is_of_word(c),
        _ => c.is_ascii_alphanumeric() || c == '_',
    }
}

/// Returns the length of the link that `rest` begins with.
fn link(before: Before, rest: &str) -> Option<usize> {
    if before.is(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '$') || is_sign(c)) {
        return None;
    }
    let begins_with = |scheme: &&&str| {
        rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let mut length = SCHEMES.iter().find(begins_with)?.len();
    length += host(rest.get(length..)?)?;
    length += port(rest.get(length..)?)?;
    let after = rest.get(length..)?;
    match after.chars().next() {
        Some('@' | '+') => None,
        Some('/' | '?' | '#') => Some(length + path_length(after)),
        _ => Some(length),
    }
}

/// Returns the length of the host that a text begins with.
fn host(text: &str) -> Option<usize> {
    if let Some(address) = text.strip_prefix('[') {
        let (address, _) = address.split_once(']')?;
        let is_ipv6 = address.contains("::") || address.matches(':').count() == 7;
        let is_of_ipv6 = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
        return (is_ipv6 && address.chars().all(is_of_ipv6)).then(|| address.len() + "[]".len());
    }
    let (name, _) = split_run(text, |c| c == '.' || is_of_label(c))?;
    // Two dots end a host: they are an ellipsis.
    let name = name.split("..").next()?.trim_end_matches('.');
    let labels: Vec<_> = name.split('.').collect();
    let is_ipv4 = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    if is_ipv4 || name.eq_ignore_ascii_case("localhost") {
        return Some(name.len());
    }
    // Text without spaces may follow at once, and have dots, too: `http://example.comは2.0です`.
    (1..labels.len()).rev().find_map(|at| {
        let (domain, rest) = labels.split_at_checked(at)?;
        let (top, after) = rest.split_first()?;
        let length = top_level(top)?;
        let is_end = after.is_empty() || length < top.len();
        let is_domain = domain.iter().all(|label| is_label(label));
        let is_registrable = domain.last().is_some_and(|label| !label.contains('_'));
        let whole = domain.iter().map(|label| label.len() + 1).sum::<usize>() + length;
        let is_host = is_end && is_domain && is_registrable && whole <= HOST_LENGTH;
        is_host.then_some(whole)
    })
}

/// Returns the length of the top-level domain that a label begins with: letters that are all ASCII,
/// or none of them, or an encoded name. Text that is not ASCII may follow.
fn top_level(label: &str) -> Option<usize> {
    let first = label.chars().next()?;
    let is_encoded = is_encoded(label);
    let (top, after) = split_run(label, |c| match first.is_ascii() {
        true => c.is_ascii_alphabetic() || is_encoded && (c.is_ascii_digit() || c == '-'),
        false => !c.is_ascii() && (c.is_alphabetic() || is_combining(c)),
    })?;
    let is_top = top.chars().nth(1).is_some() && is_label(top);
    (is_top && !after.starts_with(|c: char| c.is_ascii())).then_some(top.len())
}

fn is_of_label(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
        false => !ends_link(c),
    }
}

fn is_label(label: &str) -> bool {
    let is_dash = |c| matches!(c, '-' | '_');
    (1..=LABEL_LENGTH).contains(&label.chars().count())
        && !label.starts_with(is_dash)
        && !label.ends_with(is_dash)
        && (label.is_ascii() || !is_encoded(label))
}

fn is_encoded(label: &str) -> bool {
    label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// Returns the length of the port that a text begins with; nothing if it is out of range.
fn port(text: &str) -> Option<usize> {
    let Some((digits, _)) = text.strip_prefix(':').and_then(|port| split_run(port, is_digit))
    else {
        return Some(0);
    };
    match digits.len() {
        0 => Some(0),
        length => digits.parse::<u16>().ok().map(|_| ":".len() + length),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Returns where the path, the query and the fragment end that a text begins with.
fn path_length(text: &str) -> usize {
    let mut length = 0;
    // What closes each open bracket, and the length without it.
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
            ')' | ']' | '}' => open.pop_if(|(closing, _)| *closing == c).is_some(),
            _ => !may_trail(c),
        };
        open.extend(closing.map(|closing| (closing, length)));
        if belongs {
            length = at + c.len_utf8();
        }
    }
    open.first().map_or(length, |(_, length)| *length)
}

/// True for what stands in no address, and often right after one.
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
    is_mark || is_invisible(c) || c.is_whitespace() || c.is_control()
}

/// True for zero-width and bidirectional control characters.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{e0001}'..='\u{e007f}'
    )
}

/// True for what belongs to the sentence and not to the link, where it comes last.
fn may_trail(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '\''
            | '’'
            | '…'
            | '–'
            | '—'
            | '*'
            | '@'
            | '$'
            | '%'
            | '|'
            | '~'
    )
}
