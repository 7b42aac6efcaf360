//! The parameters of a generation: the skill's table as data, and what they say about the product.

use serde_json::{Map, Value};

use super::catalog::{self, Kind, Provider, VOICES, Voice};
use crate::error::{Error, Result};
use crate::input;

pub type Params = Map<String, Value>;

/// What a parameter may be.
enum Rule {
    OneOf(&'static [&'static str]),
    /// A whole number, from and to.
    Whole(i64, i64),
    /// Any number, from and to.
    Number(f64, f64),
    /// Like `1024x1024`, or `auto`.
    Size,
    Address,
    Voice,
}

/// Pixels of a picture's side.
const SIDE: (i64, i64) = (64, 2048);
const DEFAULT_SIDE: i64 = 1024;

const TABLE: [(Provider, Kind, &str, Rule); 12] = [
    (Provider::OpenAi, Kind::Image, "size", Rule::Size),
    (
        Provider::OpenAi,
        Kind::Image,
        "quality",
        Rule::OneOf(&["low", "medium", "high", "auto", "standard", "hd"]),
    ),
    (Provider::Runware, Kind::Image, "width", Rule::Whole(SIDE.0, SIDE.1)),
    (Provider::Runware, Kind::Image, "height", Rule::Whole(SIDE.0, SIDE.1)),
    (Provider::Runware, Kind::Video, "aspectRatio", Rule::OneOf(&["9:16", "16:9", "1:1"])),
    (Provider::Runware, Kind::Video, "duration", Rule::Number(1.0, 60.0)),
    (Provider::Runware, Kind::Video, "referenceImage", Rule::Address),
    (Provider::Runware, Kind::Video, "CFGScale", Rule::Number(0.0, 50.0)),
    (
        Provider::GoogleGemini,
        Kind::Image,
        "aspect_ratio",
        Rule::OneOf(&["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"]),
    ),
    (Provider::ElevenLabs, Kind::Voice, "voice_id", Rule::Voice),
    (Provider::ElevenLabs, Kind::SoundEffect, "duration_seconds", Rule::Number(0.5, 30.0)),
    (Provider::ElevenLabs, Kind::Music, "music_length_ms", Rule::Whole(3000, 300_000)),
];

/// Checks what the table knows; the provider's other parameters pass.
pub fn check(provider: Provider, kind: Kind, params: &Params) -> Result<()> {
    let known = const { &TABLE }.iter().filter(|row| row.0 == provider && row.1 == kind);
    for (_, _, name, rule) in known {
        if let Some(value) = params.get(*name) {
            rule.check(name, value)?;
        }
    }
    Ok(())
}

impl Rule {
    fn check(&self, name: &str, value: &Value) -> Result<()> {
        let refused = |wanted: String| {
            Err(Error::invalid(format!("`params.{name}` must be {wanted}; {value} is not.")))
        };
        match self {
            Self::OneOf(words) if !value.as_str().is_some_and(|text| words.contains(&text)) => {
                refused(format!("one of {}", words.join(", ")))
            }
            Self::Whole(from, to)
                if !value.as_i64().is_some_and(|n| (*from..=*to).contains(&n)) =>
            {
                refused(format!("a whole number from {from} to {to}"))
            }
            Self::Number(from, to)
                if !value.as_f64().is_some_and(|n| (*from..=*to).contains(&n)) =>
            {
                refused(format!("a number from {from} to {to}"))
            }
            Self::Size
                if !value.as_str().is_some_and(|text| text == "auto" || size(text).is_some()) =>
            {
                refused(format!(
                    "a size like 1024x1024, with sides from {} to {} pixels",
                    SIDE.0, SIDE.1
                ))
            }
            Self::Address => match value.as_str() {
                Some(text) => input::web_address("params.referenceImage", text),
                None => refused("a web address".to_owned()),
            },
            Self::Voice if value.as_str().and_then(catalog::voice_of).is_none() => {
                refused("a voice_id of GET /api/generate/voices".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn size(text: &str) -> Option<(i64, i64)> {
    let (width, height) = text.split_once('x')?;
    let side = |digits: &str| digits.parse().ok().filter(|n| (SIDE.0..=SIDE.1).contains(n));
    Some((side(width)?, side(height)?))
}

/// Width and height of a picture.
pub fn picture(params: &Params) -> (u32, u32) {
    let text = |name| params.get(name).and_then(Value::as_str);
    let side = |name| params.get(name).and_then(Value::as_i64).unwrap_or(DEFAULT_SIDE);
    let (width, height) = match text("size").and_then(size) {
        Some(size) => size,
        None => match text("aspect_ratio").and_then(ratio) {
            // The longer side is the default one.
            Some((across, down)) => {
                let longer = across.max(down);
                (DEFAULT_SIDE * across / longer, DEFAULT_SIDE * down / longer)
            }
            None => (side("width"), side("height")),
        },
    };
    // Whatever stands there, the picture stays within its bounds.
    let bounded = |n: i64| u32::try_from(n.clamp(SIDE.0, SIDE.1)).unwrap_or_default();
    (bounded(width), bounded(height))
}

/// Like `9:16`.
pub fn ratio(text: &str) -> Option<(i64, i64)> {
    let (across, down) = text.split_once(':')?;
    Some((across.parse().ok()?, down.parse().ok()?))
        .filter(|(across, down)| *across > 0 && *down > 0)
}

pub fn voice(params: &Params) -> &'static Voice {
    let [first, ..] = const { &VOICES };
    params.get("voice_id").and_then(Value::as_str).and_then(catalog::voice_of).unwrap_or(first)
}

/// Seconds of what this parameter tells in seconds or, as `_ms`, in milliseconds.
pub fn seconds(params: &Params, name: &str, default: f64) -> f64 {
    const MAX: f64 = 300.0;
    let unit = if name.ends_with("_ms") { 1000.0 } else { 1.0 };
    let asked = params.get(name).and_then(Value::as_f64).map(|n| n / unit);
    asked.unwrap_or(default).clamp(0.5, MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn params(value: Value) -> Params {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn pictures_are_as_large_as_asked_for() {
        let sizes = [
            (json!({}), (1024, 1024)),
            (json!({ "size": "auto" }), (1024, 1024)),
            (json!({ "size": "1536x1024" }), (1536, 1024)),
            (json!({ "width": 512 }), (512, 1024)),
            (json!({ "aspect_ratio": "16:9" }), (1024, 576)),
            (json!({ "aspect_ratio": "2:3" }), (682, 1024)),
        ];
        for (asked, size) in sizes {
            assert_eq!(picture(&params(asked.clone())), size, "{asked}");
        }
    }

    #[test]
    fn lengths_have_units_and_bounds() {
        let of = |value| seconds(&params(value), "music_length_ms", 30.0);
        assert_eq!((of(json!({})), of(json!({ "music_length_ms": 4500 }))), (30.0, 4.5));
        assert_eq!(of(json!({ "music_length_ms": 1e12 })), 300.0);
    }
}
