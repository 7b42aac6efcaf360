//! What holds for every text.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashSet;

use imagineanything_text::{
    Entity, EntityKind, Numbering, Thread, Unit, count_text, entities, split_thread,
};
use proptest::prelude::*;
use proptest::sample::select;

/// What texts are made of: whatever may be cut in the wrong place.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{3000}",
    "a",
    "words",
    "Sentence.",
    "What?!",
    "(so)",
    "3.14",
    "\"",
    "@ada_lumen",
    "@ab",
    "@",
    "#",
    "#night_sky",
    "#1",
    "_",
    "/",
    "me@example.com",
    "https://example.com/a_(b)?c#d",
    "https://",
    "http://x.org",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{200d}",
    "\u{600}",
    "🌈",
    "👩\u{200d}🚀",
    "👍🏽",
    "🇨🇭",
    "🇫",
    "日本語",
    "हिन्दी",
    "தமிழ்",
    "ಕನ್ನಡ",
    "ශ්\u{200d}රී",
    "ខ្មែរ",
    "မြန်မာ",
    "བོད་སྐད་",
    "ภาษา",
    "می\u{200c}خواهم",
    "תל־אביב",
    "מ״כ",
    "l·l",
    "ー・ウ",
    "メ〜テ",
    "～",
    "#हिन्दी",
    "＃",
    "＠",
    "＠ada",
    "@ada@host",
    "://",
    ":",
    ".",
    "!",
    "$",
    "&",
    "no-tld",
    "a.bc",
    "\u{200b}",
    "\u{200c}",
    "\u{202e}",
    "\u{feff}",
    "\u{fe0f}",
    "\u{20e3}",
    "。",
    "，",
    "」",
    "한",
    "ß",
    "İ",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(PIECES).prop_map(String::from),
        2 => Just(" ".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn units() -> impl Strategy<Value = Unit> {
    select(&[Unit::CodePoints, Unit::Utf16, Unit::Utf8, Unit::Graphemes][..])
}

fn threads() -> impl Strategy<Value = Thread> {
    let numberings = select(&[Numbering::None, Numbering::OfAll][..]);
    (1..120_usize, units(), numberings).prop_map(|(limit, unit, numbering)| Thread {
        limit,
        unit,
        numbering,
    })
}

/// The places where a text of graphemes may be cut.
fn between_graphemes(text: &str) -> HashSet<usize> {
    let ends = (0..=text.len()).filter(|&at| text.is_char_boundary(at));
    let whole = count_text(text, Unit::Graphemes);
    let pieces = |at: usize| {
        count_text(&text[..at], Unit::Graphemes) + count_text(&text[at..], Unit::Graphemes)
    };
    ends.filter(|&at| pieces(at) == whole).collect()
}

/// A part without its number, which must be there when parts are numbered.
fn without_number(part: &str, at: usize, count: usize, thread: &Thread) -> String {
    if thread.numbering == Numbering::None || count == 1 {
        return part.to_owned();
    }
    part.strip_suffix(&format!(" {}/{count}", at + 1)).expect("a number").to_owned()
}

/// The parts of a thread and where each begins in the text; only white space may lie between.
fn found_in(text: &str, parts: Vec<String>) -> Vec<(usize, String)> {
    let mut from = 0;
    let mut found = Vec::new();
    for part in parts {
        let at = from + text[from..].find(&part).expect("a part of the text");
        assert!(text[from..at].chars().all(char::is_whitespace), "{:?} is lost", &text[from..at]);
        from = at + part.len();
        found.push((at, part));
    }
    assert!(text[from..].chars().all(char::is_whitespace), "{:?} is lost", &text[from..]);
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn counts_agree_with_each_other(text in texts()) {
        let count = |unit| count_text(&text, unit);
        prop_assert_eq!(count(Unit::CodePoints), text.chars().count());
        prop_assert_eq!(count(Unit::Utf16), text.encode_utf16().count());
        prop_assert_eq!(count(Unit::Utf8), text.len());
        prop_assert!(count(Unit::Graphemes) <= count(Unit::CodePoints));
        prop_assert_eq!(count(Unit::Graphemes) == 0, text.is_empty());
    }

    #[test]
    fn entities_stand_where_they_say(text in texts()) {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let mut over = 0;
        for entity in entities(&text) {
            prop_assert_eq!(&text[entity.utf8.clone()], entity.text);
            prop_assert_eq!(String::from_utf16(&utf16[entity.utf16.clone()]).unwrap(), entity.text);
            prop_assert!(over <= entity.utf8.start && entity.utf8.start < entity.utf8.end);
            over = entity.utf8.end;
            match entity.kind {
                EntityKind::Mention => prop_assert!((3..=30).contains(&entity.value().len())),
                EntityKind::Hashtag => prop_assert!(entity.value().chars().any(char::is_alphabetic)),
                EntityKind::Link => {
                    prop_assert!(entity.text.starts_with("http"));
                    let is_invisible = |c| matches!(c, '\u{200b}' | '\u{200d}' | '\u{202e}' | '\u{feff}');
                    prop_assert!(!entity.text.contains(is_invisible), "{}", entity.text);
                }
            }
        }
    }

    #[test]
    fn a_thread_is_the_text(text in texts(), thread in threads()) {
        let Ok(parts) = split_thread(&text, &thread) else { return Ok(()) };
        let count = parts.len();
        let mut bare = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            prop_assert!(count_text(part, thread.unit) <= thread.limit, "{part:?}");
            let part = without_number(part, at, count, &thread);
            prop_assert!(!part.trim().is_empty());
            bare.push(part);
        }
        let may_cut = between_graphemes(&text);
        let entities = entities(&text);
        for (at, part) in found_in(&text, bare) {
            for end in [at, at + part.len()] {
                prop_assert!(may_cut.contains(&end), "cuts a grapheme at {end}");
                let cut = entities.iter().find(|it| it.utf8.start < end && end < it.utf8.end);
                prop_assert!(cut.is_none(), "cuts {cut:?} at {end}");
            }
        }
    }

    #[test]
    fn an_entity_stands_whole_in_one_part(text in texts(), thread in threads()) {
        let Ok(parts) = split_thread(&text, &thread) else { return Ok(()) };
        let count = parts.len();
        let bare = |(at, part): (usize, &String)| without_number(part, at, count, &thread);
        let parts = found_in(&text, parts.iter().enumerate().map(bare).collect());
        for entity in entities(&text) {
            let holds = |(at, part): &&(usize, String)| {
                *at <= entity.utf8.start && entity.utf8.end <= at + part.len()
            };
            prop_assert_eq!(parts.iter().filter(holds).count(), 1, "{:?} in {:?}", entity, parts);
        }
    }

    #[test]
    fn only_what_stays_whole_has_no_room(text in texts(), thread in threads()) {
        if let Err(fault) = split_thread(&text, &thread) {
            prop_assert!(fault.length > fault.room && fault.room <= thread.limit);
            prop_assert_eq!(count_text(&fault.text, thread.unit), fault.length);
            let entities = entities(&text);
            let is_entity = entities.iter().any(|it| Some(it.kind) == fault.kind && fault.text.contains(it.text));
            let is_grapheme = fault.kind.is_none() && count_text(&fault.text, Unit::Graphemes) == 1;
            prop_assert!(is_entity || is_grapheme, "{fault}");
        }
    }

    #[test]
    fn a_text_that_fits_is_one_part(text in texts(), unit in units()) {
        let thread = Thread { limit: count_text(&text, unit), unit, numbering: Numbering::OfAll };
        prop_assert!(split_thread(&text, &thread).unwrap().len() <= 1);
    }

    #[test]
    fn no_part_marks_what_the_text_does_not(text in texts(), numbering in select(&[Numbering::None, Numbering::OfAll][..])) {
        let marks = |text: &str| -> Vec<String> {
            let marks = entities(text).into_iter().filter(|it| it.kind != EntityKind::Link);
            marks.map(|it| it.text.to_owned()).collect()
        };
        // A part may have to end between such a word and its link: `#日本https://example.com` is no hashtag.
        let follows_sign = |link: Entity<'_>| {
            let word = text[..link.utf8.start].rsplit(char::is_whitespace).next().unwrap_or_default();
            link.kind == EntityKind::Link && word.contains(['@', '#', '＠', '＃'])
        };
        prop_assume!(!entities(&text).into_iter().any(follows_sign));
        let thread = Thread { limit: 60, numbering, ..Thread::default() };
        if let Ok(parts) = split_thread(&text, &thread) {
            let of_parts: Vec<_> = parts.iter().flat_map(|part| marks(part)).collect();
            prop_assert_eq!(of_parts, marks(&text), "{:?}", parts);
        }
    }
}
