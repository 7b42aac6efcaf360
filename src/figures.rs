//! Numbers as the service and the proxies before it write them into headers and bodies. The one parser of
//! `Retry-After`, `X-RateLimit-*` and the fields of refusals.

use crate::value::{Kind, Value};

/// Of a header that proxies added again (`"2, 2"`), the largest.
pub(crate) fn largest(text: &str) -> Option<f64> {
    each(text, f64::max)
}

/// Of a header that proxies added again, the smallest.
#[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "fetch.js reads these headers"))]
pub(crate) fn smallest(text: &str) -> Option<f64> {
    each(text, f64::min)
}

/// The number that a value is, or that its text tells.
pub(crate) fn of(value: &Value) -> Option<f64> {
    match value.kind() {
        Kind::Number => value.number().filter(|number| number.is_finite() && *number >= 0.0),
        Kind::Text => largest(&value.text()?),
        _ => None,
    }
}

/// When a window has room again, in milliseconds since 1970. **Assumption:** what is too small for a
/// time since 1970 counts from now, and what is too large for seconds is in milliseconds.
pub(crate) fn reset_at(reset: f64, now: f64) -> f64 {
    const YEAR_2001_S: f64 = 1e9;
    const YEAR_5138_S: f64 = 1e11;
    if reset < YEAR_2001_S {
        now + reset * 1000.0
    } else if reset < YEAR_5138_S {
        reset * 1000.0
    } else {
        reset
    }
}

fn each(text: &str, choose: fn(f64, f64) -> f64) -> Option<f64> {
    let mut chosen = None;
    for part in text.split(',') {
        let number = decimal(part.trim_ascii())?;
        chosen = Some(chosen.map_or(number, |so_far| choose(so_far, number)));
    }
    chosen
}

/// Digits, with a plus sign before them and a fraction behind them or not. The library's own parser
/// takes 10 kB of the wasm.
fn decimal(text: &str) -> Option<f64> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (mut number, mut unit) = (0.0, 1.0);
    for digit in whole.bytes() {
        number = number * 10.0 + value_of(digit)?;
    }
    for digit in fraction.bytes() {
        unit /= 10.0;
        number += value_of(digit)? * unit;
    }
    (!whole.is_empty() && number.is_finite()).then_some(number)
}

fn value_of(digit: u8) -> Option<f64> {
    digit.is_ascii_digit().then(|| f64::from(digit - b'0'))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, number) in [
            ("2", Some(2.0)),
            (" 2\t", Some(2.0)),
            ("+5", Some(5.0)),
            ("1.5", Some(1.5)),
            ("3.", Some(3.0)),
            ("2, 2", Some(2.0)),
            ("2,30", Some(30.0)),
            ("99999999999", Some(99_999_999_999.0)),
            ("-1", None),
            (".5", None),
            ("", None),
            (",", None),
            ("2,", None),
            ("soon", None),
            ("1e3", None),
            ("0x10", None),
            ("1.2.3", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", None),
        ] {
            assert_eq!(largest(text), number, "{text:?}");
        }
        assert_eq!(smallest("30, 29"), Some(29.0));
    }

    #[test]
    fn a_reset_is_a_time_or_a_span() {
        let now = 1_800_000_000_000.0;
        assert_eq!(reset_at(30.0, now), now + 30_000.0);
        assert_eq!(reset_at(1_800_000_030.0, now), now + 30_000.0);
        assert_eq!(reset_at(1_800_000_030_000.0, now), now + 30_000.0);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text in ".{0,20}") {
            let number = largest(&text);
            prop_assert!(number.is_none_or(|number| number >= 0.0 && number.is_finite()));
        }

        #[test]
        fn what_is_told_twice_is_the_longer(one in 0_u64..1 << 50, other in 0_u64..1 << 50) {
            prop_assert_eq!(largest(&format!(" {one} ,\t{other}")), Some(one.max(other) as f64));
            prop_assert_eq!(smallest(&format!("{one},{other}")), Some(one.min(other) as f64));
        }

        #[test]
        fn fractions_are_read(number in 0_u32..1_000_000, thousandths in 0_u32..1000) {
            let read = largest(&format!("+{number}.{thousandths:03}")).unwrap();
            prop_assert!((read - (f64::from(number) + f64::from(thousandths) / 1000.0)).abs() < 1e-6);
        }
    }
}
