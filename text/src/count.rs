//! How long a text is.

use unicode_segmentation::UnicodeSegmentation;

/// What a text is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Unicode's numbered characters: what the service is taken to count by.
    #[default]
    CodePoints,
    /// What `length` of a string tells in JavaScript.
    Utf16,
    /// Bytes.
    Utf8,
    /// What people see as one character: extended grapheme clusters, as Unicode 17 has them.
    Graphemes,
}

/// How many of a unit a text has.
///
/// ```ignore-wasm32
/// use imagineanything_text::{Unit, count_text};
///
/// let flag = "🇨🇭";
/// let units = [Unit::CodePoints, Unit::Utf16, Unit::Utf8, Unit::Graphemes];
/// assert_eq!(units.map(|unit| count_text(flag, unit)), [2, 4, 8, 1]);
/// ```
pub fn count_text(text: &str, unit: Unit) -> usize {
    match unit {
        Unit::CodePoints => text.chars().count(),
        Unit::Utf16 => text.chars().map(char::len_utf16).sum(),
        Unit::Utf8 => text.len(),
        Unit::Graphemes => text.graphemes(true).count(),
    }
}

impl Unit {
    /// What they are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Unit::CodePoints => "characters",
            Unit::Utf16 => "UTF-16 code units",
            Unit::Utf8 => "bytes",
            Unit::Graphemes => "graphemes",
        }
    }
}
