//! Graphemes as Unicode's own cases have them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use imagineanything_text::{Thread, Unit, count_text, split_thread};

const CASES: &str = include_str!("grapheme-break-test.txt");

/// The graphemes of each case.
fn cases() -> impl Iterator<Item = Vec<String>> {
    CASES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let graphemes = line.trim_matches(['÷', ' ']).split('÷');
        graphemes.map(|text| text.split('×').map(character).collect()).collect()
    })
}

/// The character of this number.
fn character(number: &str) -> char {
    char::from_u32(u32::from_str_radix(number.trim(), 16).unwrap()).unwrap()
}

#[test]
fn texts_are_counted_in_them() {
    assert_eq!(cases().count(), 766);
    for graphemes in cases() {
        let text = graphemes.concat();
        assert_eq!(count_text(&text, Unit::Graphemes), graphemes.len(), "{text:?}");
    }
}

#[test]
fn no_thread_cuts_one() {
    let thread = Thread { limit: 1, unit: Unit::Graphemes, ..Thread::default() };
    for graphemes in cases() {
        let text = graphemes.concat();
        let solid: Vec<_> =
            graphemes.into_iter().filter(|grapheme| !grapheme.trim().is_empty()).collect();
        assert_eq!(split_thread(&text, &thread).unwrap(), solid, "{text:?}");
    }
}
