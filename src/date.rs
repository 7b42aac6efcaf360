//! Dates as HTTP writes them, where no engine reads them.

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
    let seconds = time.split(':').try_fold(0_u32, |sum, part| {
        let part: u32 = part.parse().ok().filter(|part| *part < 62)?;
        Some(sum * 60 + part)
    })?;
    Some(f64::from(days) * 86_400_000.0 + f64::from(seconds) * 1000.0)
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
    use super::parse;

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
