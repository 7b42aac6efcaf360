//! Dates as HTTP and JSON write them, where no engine reads them.

use crate::text::concat;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Sun, 06 Nov 1994 08:49:37 GMT`, in milliseconds since 1970. `None` for anything else: the
/// older forms that HTTP knows are not written any more.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let mut parts = text.split_ascii_whitespace().skip(1);
    let mut next = || parts.next();
    let (day, month, year, time) = (next()?, next()?, next()?, next()?);
    let month = MONTHS.iter().position(|name| *name == month)? as u32 + 1;
    let days = days_since_1970(year.parse().ok()?, month, day.parse().ok()?)?;
    Some(f64::from(days) * 86_400_000.0 + f64::from(seconds(time)?) * 1000.0)
}

/// `1994-11-06T08:49:37.123Z`, in milliseconds since 1970. `None` for anything else.
pub(crate) fn parse_iso(text: &str) -> Option<f64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = date.split('-').map(str::parse);
    let mut next = || parts.next()?.ok();
    let days = days_since_1970(next()?, next()?, next()?)?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let fraction: f64 = concat(&["0.", fraction]).parse().ok()?;
    Some(f64::from(days) * 86_400_000.0 + (f64::from(seconds(time)?) + fraction) * 1000.0)
}

fn seconds(time: &str) -> Option<u32> {
    time.split(':').try_fold(0_u32, |sum, part| {
        let part: u32 = part.parse().ok().filter(|part| *part < 62)?;
        Some(sum * 60 + part)
    })
}

/// By the calendar whose year begins in March, so that the day of a leap year is its last.
fn days_since_1970(year: u32, month: u32, day: u32) -> Option<u32> {
    if !(1970..=9999).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year / 4 - year / 100 + year / 400;
    (year * 365 + leaps + (month * 153 + 2) / 5 + day).checked_sub(719_469)
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_iso};

    #[test]
    fn dates_are_read_as_http_writes_them() {
        for (text, at) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000.0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199_000.0),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200_000.0),
            ("Sun, 01 Mar 2026 09:30:00 GMT", 1_772_357_400_000.0),
        ] {
            assert_eq!(parse(text), Some(at), "{text}");
        }
    }

    #[test]
    fn times_are_read_as_json_writes_them() {
        for (text, at) in [
            ("1970-01-01T00:00:00Z", Some(0.0)),
            ("2026-03-01T09:30:00.250Z", Some(1_772_357_400_250.0)),
            ("2026-03-01T09:30:00+01:00", None),
            ("2026-13-01", None),
            ("soon", None),
        ] {
            assert_eq!(parse_iso(text), at, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "120",
            "soon",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 40 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:99:37 GMT",
            "Sun, 06 Nov 1901 08:49:37 GMT",
            "Sun, 06 Nov 1994",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
