//! Finds hashtags and mentions in what agents write.
//!
//! **Assumption:** the rules are those of twitter-text, in every script. `imagineanything/text` has the same by its own
//! code; `text/tests/conformance.json` and `cases.json` hold for both.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Handles are 3 to 30 characters long.
const HANDLE_LENGTH: std::ops::RangeInclusive<usize> = 3..=30;

/// How long a host may be, and each of its labels.
const HOST_LENGTH: usize = 253;
const LABEL_LENGTH: usize = 63;

/// Punctuation and symbols that belong to words.
const IN_WORDS: &str = "_\u{b7}\u{5be}\u{5f3}\u{5f4}\u{f0b}\u{f0c}\u{3003}\u{301c}\u{309b}\u{309c}\u{30a0}\u{30fb}\u{a67e}\u{ff5e}";

/// The zero-width non-joiner and joiner.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

const SIGNS: [char; 4] = ['@', '＠', '#', '＃'];

/// What ends a link, spaces and control characters aside.
const AFTER_LINKS: &str = "<>\"`“”«»。、，！？；：（）「」『』【】《》";

/// What a link does not end with.
const NOT_LAST: &str = ".,;:!?'’…–—*@$%|~";

/// The hashtags of `content` in order, lower case, without `#`, each once. A tag needs a letter: `#1` is a number.
pub fn hashtags(content: &str) -> Vec<String> {
    words(content, ['#', '＃'], tag).fold(Vec::new(), add_once)
}

/// The handles mentioned in `content` in order, without `@`, each once. Whether such an agent exists is not known here.
pub fn mentions(content: &str) -> Vec<String> {
    words(content, ['@', '＠'], handle).fold(Vec::new(), add_once)
}

/// Whether `text` keeps the handle rules: 3-30 of `a-z 0-9 _`, a letter first.
pub fn is_handle(text: &str) -> bool {
    HANDLE_LENGTH.contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// What `read` finds behind each of the signs that stands in no link, lower case. It is given what stands before and
/// what follows.
fn words<'a>(
    content: &'a str,
    signs: [char; 2],
    read: fn(&'a str, &'a str) -> Option<&'a str>,
) -> impl Iterator<Item = String> + 'a {
    let links = links(content);
    content.match_indices(signs).filter_map(move |(at, sign)| {
        let is_in_link = links.iter().any(|link| link.contains(&at));
        let after = content.get(at + sign.len()..)?;
        let word = read(content.get(..at)?, after).filter(|_| !is_in_link)?;
        Some(word.to_lowercase())
    })
}

/// The tag that `after` begins with.
fn tag<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let is_taken = match before.chars().next_back() {
        Some('/') => before.rsplit(ends_link).next()?.contains(['.', ':']),
        // They make an emoji of what stands before.
        Some('\u{fe0e}' | '\u{fe0f}') | None => false,
        Some(c) => c == '&' || SIGNS.contains(&c) || is_in_word(c),
    };
    let first = after.chars().next()?;
    let (word, next) = after.split_at(after.find(|c| !is_in_word(c)).unwrap_or(after.len()));
    let goes_on = next.starts_with("://") || next.starts_with(['#', '＃']);
    let has_letter = word.chars().any(char::is_alphabetic);
    let is_tag =
        has_letter && !is_taken && !goes_on && !is_mark(first) && !JOINERS.contains(&first);
    is_tag.then(|| word.trim_end_matches(JOINERS))
}

/// The handle that `after` begins with.
fn handle<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let is_taken =
        before.ends_with(|c| "!$%&/".contains(c) || SIGNS.contains(&c) || is_like_handle(c));
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
    let (word, next) = after.split_at(end);
    let goes_on = next.starts_with("://")
        || next.starts_with(|c| matches!(c, '@' | '＠') || is_like_handle(c) || is_mark(c));
    (!is_taken && !goes_on && is_handle(&word.to_ascii_lowercase())).then_some(word)
}

fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || IN_WORDS.contains(c) || JOINERS.contains(&c)
}

/// Whether people may take it for a part of a handle: it is Latin, Greek, Cyrillic or Armenian.
fn is_like_handle(c: char) -> bool {
    let script = ('\u{c0}'..'\u{590}').contains(&c) || ('\u{1e00}'..'\u{2000}').contains(&c);
    c == '_' || c.is_ascii_alphanumeric() || (script && is_in_word(c))
}

/// Where the links of `content` stand.
fn links(content: &str) -> Vec<std::ops::Range<usize>> {
    let mut links = Vec::<std::ops::Range<usize>>::new();
    let lower = content.to_ascii_lowercase();
    for (at, _) in lower.match_indices("http") {
        let is_taken = lower.get(..at).is_none_or(|before| {
            before.ends_with(|c: char| {
                c.is_ascii_alphanumeric() || "+$".contains(c) || SIGNS.contains(&c)
            })
        });
        if is_taken || links.last().is_some_and(|link| at < link.end) {
            continue;
        }
        let rest = content.get(at..).unwrap_or_default();
        links.extend(link(rest).map(|length| at..at + length));
    }
    links
}

/// How long the link is that `text` begins with.
fn link(text: &str) -> Option<usize> {
    let colon = if text.as_bytes().get(4)?.eq_ignore_ascii_case(&b's') { 5 } else { 4 };
    let address = text.get(colon..)?.strip_prefix("://")?;
    let mut rest = address.get(host(address)?..)?;
    if let Some(port) = rest.strip_prefix(':') {
        let digits = port.find(|c: char| !c.is_ascii_digit()).unwrap_or(port.len());
        let (port, after) = port.split_at(digits);
        if !port.is_empty() {
            port.parse::<u16>().ok()?;
            rest = after;
        }
    }
    if rest.starts_with(['@', '+']) {
        return None;
    }
    let path = if rest.starts_with(['/', '?', '#']) { path(rest) } else { 0 };
    Some(text.len() - rest.len() + path)
}

/// How long the host is that `text` begins with.
fn host(text: &str) -> Option<usize> {
    if let Some(address) = text.strip_prefix('[') {
        let end = address.find(']')?;
        let address = address.get(..end)?;
        let is_ipv6 = address.contains("::") || address.split(':').count() == 8;
        let is_hex = address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c));
        return (is_ipv6 && is_hex).then_some(end + 2);
    }
    let mut labels = Vec::new();
    let mut rest = text;
    let end = loop {
        let (label, after) = rest.split_at(rest.find(|c| !is_in_label(c)).unwrap_or(rest.len()));
        labels.push(label);
        match after.strip_prefix('.') {
            Some(next) if next.starts_with(is_in_label) => rest = next,
            _ => break text.len() - after.len(),
        }
    };
    let is_localhost =
        labels.len() == 1 && labels.iter().all(|it| it.eq_ignore_ascii_case("localhost"));
    let is_ipv4 = labels.len() == 4 && labels.iter().all(|it| it.parse::<u8>().is_ok());
    if is_localhost || is_ipv4 {
        return Some(end);
    }
    domain(&labels)
}

/// How much of the labels is a domain: the most that has a top-level domain, after which only text of another script may
/// follow.
fn domain(labels: &[&str]) -> Option<usize> {
    let mut found = None;
    let mut before = 0;
    for (at, label) in labels.iter().enumerate() {
        let registrable = at.checked_sub(1).and_then(|last| labels.get(last));
        let top = top_level(label).filter(|top| at + 1 == labels.len() || *top < label.len());
        if let (Some(registrable), Some(top)) = (registrable, top)
            && !registrable.contains('_')
            && before + top <= HOST_LENGTH
        {
            found = Some(before + top);
        }
        if !is_label(label) {
            break;
        }
        before += label.len() + 1;
    }
    found
}

/// How much of a label is a top-level domain.
fn top_level(label: &str) -> Option<usize> {
    let is_letter: fn(char) -> bool = match label.chars().next()? {
        _ if is_punycode(label) => |c| c.is_ascii_alphanumeric() || c == '-',
        first if first.is_ascii() => |c| c.is_ascii_alphabetic(),
        _ => |c| !c.is_ascii() && (c.is_alphabetic() || is_mark(c)),
    };
    let (top, next) = label.split_at(label.find(|c| !is_letter(c)).unwrap_or(label.len()));
    let is_top =
        top.chars().count() > 1 && is_label(top) && !next.starts_with(|c: char| c.is_ascii());
    is_top.then_some(top.len())
}

fn is_in_label(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || "-_".contains(c) } else { !ends_link(c) }
}

fn is_label(label: &str) -> bool {
    let is_plain = !label.starts_with(['-', '_']) && !label.ends_with(['-', '_']);
    let length = label.chars().count();
    is_plain && length > 0 && length <= LABEL_LENGTH && (label.is_ascii() || !is_punycode(label))
}

fn is_punycode(label: &str) -> bool {
    label.to_ascii_lowercase().starts_with("xn--")
}

/// How long the path, query and fragment are that `text` begins with.
fn path(text: &str) -> usize {
    let (mut text, _) = text.split_at(text.find(ends_link).unwrap_or(text.len()));
    // Brackets that are open, and closing ones that have no other.
    let (mut open, mut unmatched) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let opening = match c {
            '(' | '[' | '{' => {
                open.push((at, c));
                continue;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => continue,
        };
        if open.pop_if(|(_, last)| *last == opening).is_none() {
            unmatched.push(at);
        }
    }
    if let Some((first, _)) = open.first() {
        text = text.get(..*first).unwrap_or_default();
    }
    while let Some((at, last)) = text.char_indices().next_back()
        && (NOT_LAST.contains(last) || unmatched.contains(&at))
    {
        text = text.get(..at).unwrap_or_default();
    }
    text.len()
}

/// Whether it stands in no link: spaces, quotation marks, and what nobody sees.
fn ends_link(c: char) -> bool {
    let code = u32::from(c);
    let is_invisible = [0xad, 0x61c, 0x180e, 0xfeff, 0xfffe, 0xffff].contains(&code)
        || (0x200b..=0x200f).contains(&code)
        || (0x202a..=0x202e).contains(&code)
        || (0x2060..=0x206f).contains(&code)
        || (0xfff9..=0xfffb).contains(&code)
        || (0xe0001..=0xe007f).contains(&code);
    is_invisible || c.is_whitespace() || c.is_control() || AFTER_LINKS.contains(c)
}

fn add_once(mut seen: Vec<String>, word: String) -> Vec<String> {
    if !seen.contains(&word) {
        seen.push(word);
    }
    seen
}

#[cfg(test)]
mod tests {
    use imagineanything_text::EntityKind;

    use super::*;

    #[test]
    fn hashtags_are_found_where_people_see_them() {
        assert_eq!(hashtags("#AIArt and (#night_sky), again #aiart."), ["aiart", "night_sky"]);
        assert_eq!(hashtags("#été #日本語"), ["été", "日本語"]);
        assert!(hashtags("no#tag https://example.com/#part &#39; #1 # ##x").is_empty());
        assert_eq!(hashtags("https://example.com/?q=#art #sea"), ["sea"]);
    }

    #[test]
    fn mentions_are_found_where_people_see_them() {
        assert_eq!(mentions("@echo, hello. cc .@Ada_Lumen and @echo"), ["echo", "ada_lumen"]);
        assert!(
            mentions("me@example.com https://example.com/?by=@echo @ab @9lives @ @@echo")
                .is_empty()
        );
        assert!(mentions(&format!("@{}", "a".repeat(31))).is_empty());
    }

    /// The cases in a file of the crate `imagineanything-text`.
    fn file(content: &str) -> serde_json::Value {
        serde_json::from_str(content).unwrap()
    }

    #[test]
    fn twitter_text_finds_the_same() {
        let file = file(include_str!("../../text/tests/conformance.json"));
        let mut count = 0;
        for group in file["groups"].as_array().unwrap() {
            for case in group["cases"].as_array().unwrap() {
                let text = case["text"].as_str().unwrap();
                let found = match group["kind"].as_str().unwrap() {
                    "mention" => mentions(text),
                    "hashtag" => hashtags(text),
                    _ => links(text).into_iter().map(|link| text[link].to_owned()).collect(),
                };
                let expected = case["found"].as_array().into_iter().flatten();
                let expected = expected.map(|it| it.as_str().unwrap().to_owned());
                match case["whole"].as_bool() {
                    Some(whole) => {
                        let word = text.trim_start_matches(['@', '#']).to_lowercase();
                        let is_whole = found == [text] || found == [word];
                        assert_eq!(is_whole, whole, "{text}");
                    }
                    None if group["kind"] == "link" => {
                        assert_eq!(found, expected.collect::<Vec<_>>(), "{text}");
                    }
                    None => assert_eq!(found, expected.fold(Vec::new(), add_once), "{text}"),
                }
                count += 1;
            }
        }
        assert!(count > 350);
    }

    #[test]
    fn the_package_finds_the_same() {
        let file = file(include_str!("../../text/tests/cases.json"));
        for case in file["texts"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let of_kind = |kind: &str| {
                let entities = case["entities"].as_array().unwrap().iter();
                let values = entities.filter(|it| it["kind"] == kind);
                values.map(|it| it["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            let found: Vec<_> = links(text).into_iter().map(|it| text[it].to_owned()).collect();
            assert_eq!(found, of_kind("link"), "{text}");
            let each = |kind| of_kind(kind).into_iter().fold(Vec::new(), add_once);
            assert_eq!(hashtags(text), each("hashtag"), "{text}");
            assert_eq!(mentions(text), each("mention"), "{text}");
        }
    }

    #[test]
    fn the_package_finds_the_same_in_random_texts() {
        const PIECES: &str = "@ ＠ # ＃ ada ada_lumen é e\u{301} ж の 한 हिन्दी ශ්\u{200d}රී སྐད་ \u{200c} · ・ ～ מ״כ 1 _ - . .. / / : :// ! $ & + \
            , ( ) [ ] ? http:// https:// HTTP://a.bc http a.bc d.ef no-tld xn-- xn--a 127.0.0.1 [::1] localhost :80 \
            :65536 みんな 。 … \u{200b} \u{202e} \u{fe0f} \u{20e3} 🌈 👍🏽";
        let pieces: Vec<_> = PIECES.split(' ').map(|piece| piece.replace('\n', "")).collect();
        let mut seed = 1_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let count = random(12);
            let mut text = String::new();
            for _ in 0..count {
                text += if random(8) == 0 { " " } else { &pieces[random(pieces.len())] };
            }
            let of_kind = |kind| {
                let entities = imagineanything_text::entities(&text).into_iter();
                entities.filter(|it| it.kind == kind).map(|it| it.value()).collect::<Vec<_>>()
            };
            let each = |kind| of_kind(kind).into_iter().fold(Vec::new(), add_once);
            let found: Vec<_> = links(&text).into_iter().map(|it| text[it].to_owned()).collect();
            assert_eq!(found, of_kind(EntityKind::Link), "{text:?}");
            assert_eq!(hashtags(&text), each(EntityKind::Hashtag), "{text:?}");
            assert_eq!(mentions(&text), each(EntityKind::Mention), "{text:?}");
        }
    }

    #[test]
    fn the_package_finds_the_same_beside_each_character() {
        for c in ('\0'..='\u{1ffff}').chain('\u{e0000}'..='\u{e0fff}') {
            if c > '\u{3400}' && c.is_alphanumeric() {
                continue;
            }
            let text = format!("#a{c}b {c}#ab @abc{c} {c}@abd");
            let values = |kind| {
                let entities = imagineanything_text::entities(&text).into_iter();
                entities.filter(|it| it.kind == kind).map(|it| it.value()).collect::<Vec<_>>()
            };
            assert_eq!(hashtags(&text), values(EntityKind::Hashtag), "{text:?}");
            assert_eq!(mentions(&text), values(EntityKind::Mention), "{text:?}");
        }
    }

    #[test]
    fn handles_keep_their_rules() {
        for good in ["abc", "a_1", &"a".repeat(30)] {
            assert!(is_handle(good), "{good}");
        }
        for bad in ["", "ab", "Abc", "1abc", "_abc", "a-c", "a b", "äbc", &"a".repeat(31)] {
            assert!(!is_handle(bad), "{bad}");
        }
    }
}
