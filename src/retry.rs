//! What to do about a call that failed: give up, or make it again, and when. Nothing here waits.

use crate::operation::Again;

/// The first wait, of which chance takes a part; it doubles with each further one.
const FIRST_MS: f64 = 500.0;
const LONGEST_MS: f64 = 8_000.0;

/// How a call failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Failed {
    /// The service answered with this status, and may have said how long to wait, in milliseconds.
    Refused { status: u16, retry_after_ms: Option<f64> },
    /// There was no whole answer; `sent` unless the request surely never left.
    Unanswered { sent: bool },
    /// The service did it, and its answer cannot be read.
    Garbled,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// It failed, and making it again would not help.
    Stop,
    /// It failed, and nobody knows whether the service did it: making it again might do it twice.
    Ambiguous,
    /// Make it again after so many milliseconds.
    Again(f64),
}

/// Whether a status is one that proxies and gateways make up for a call that they ended: the service
/// may have done it.
pub(crate) fn is_from_gateway(status: u16) -> bool {
    matches!(status, 444 | 449 | 460 | 463 | 499)
}

/// Whether making a call again may help, and whether the service surely did not do it.
fn nature(failed: Failed, again: Again) -> (bool, bool) {
    match failed {
        // 421 and 425: the service refused to look at it.
        Failed::Refused { status: 421 | 425 | 429, .. } => (true, true),
        Failed::Refused { status: 503, retry_after_ms: Some(_) } => (true, true),
        Failed::Refused { status: 408 | 500..=599, .. } => (true, false),
        Failed::Refused { status, .. } if is_from_gateway(status) => (true, false),
        Failed::Refused { .. } => (false, true),
        Failed::Unanswered { sent } => (true, !sent),
        // A read can be made again; a write was done.
        Failed::Garbled => (again == Again::Safe, true),
    }
}

/// Whether making a call again may help, and does no harm.
pub(crate) fn may_help(failed: Failed, again: Again) -> bool {
    let (passing, surely_undone) = nature(failed, again);
    passing && (surely_undone || again == Again::Safe)
}

/// The verdict over a call that was made `attempts` times and may be made `retries` times more.
/// `random` is a number from 0 to 1.
pub fn verdict(failed: Failed, again: Again, attempts: u32, retries: u32, random: f64) -> Verdict {
    let (passing, surely_undone) = nature(failed, again);
    if !passing {
        return Verdict::Stop;
    }
    if !surely_undone && again == Again::Unsafe {
        return Verdict::Ambiguous;
    }
    if attempts > retries {
        return Verdict::Stop;
    }
    let told = match failed {
        Failed::Refused { retry_after_ms, .. } => retry_after_ms,
        Failed::Unanswered { .. } | Failed::Garbled => None,
    };
    Verdict::Again(told.unwrap_or_else(|| backoff(attempts, random)))
}

/// A wait with full jitter: anything from nothing to a bound that doubles from one to the next.
fn backoff(attempts: u32, random: f64) -> f64 {
    let doublings = attempts.saturating_sub(1).min(10);
    (FIRST_MS * f64::from(1_u32 << doublings)).min(LONGEST_MS) * random
}

#[cfg(test)]
mod tests {
    use super::*;
    use Again::{Safe, Unsafe};

    const fn refused(status: u16) -> Failed {
        Failed::Refused { status, retry_after_ms: None }
    }

    const ASKED: Failed = Failed::Refused { status: 503, retry_after_ms: Some(7_000.0) };
    const SENT: Failed = Failed::Unanswered { sent: true };
    const UNSENT: Failed = Failed::Unanswered { sent: false };

    #[test]
    fn the_table_of_verdicts() {
        let again = Verdict::Again(250.0);
        for (failed, safe, other) in [
            (SENT, again, Verdict::Ambiguous),
            (UNSENT, again, again),
            (refused(408), again, Verdict::Ambiguous),
            (refused(421), again, again),
            (refused(425), again, again),
            (refused(429), again, again),
            (refused(499), again, Verdict::Ambiguous),
            (refused(500), again, Verdict::Ambiguous),
            (refused(502), again, Verdict::Ambiguous),
            (refused(503), again, Verdict::Ambiguous),
            (ASKED, Verdict::Again(7_000.0), Verdict::Again(7_000.0)),
            (refused(400), Verdict::Stop, Verdict::Stop),
            (refused(401), Verdict::Stop, Verdict::Stop),
            (refused(404), Verdict::Stop, Verdict::Stop),
            (refused(409), Verdict::Stop, Verdict::Stop),
            (refused(302), Verdict::Stop, Verdict::Stop),
            (Failed::Garbled, again, Verdict::Stop),
        ] {
            assert_eq!(verdict(failed, Safe, 1, 2, 0.5), safe, "{failed:?}");
            assert_eq!(verdict(failed, Unsafe, 1, 2, 0.5), other, "{failed:?}");
        }
    }

    #[test]
    fn it_is_made_as_often_as_asked_for() {
        assert_eq!(verdict(SENT, Safe, 1, 0, 0.5), Verdict::Stop);
        assert_eq!(verdict(SENT, Safe, 2, 2, 0.5), Verdict::Again(500.0));
        assert_eq!(verdict(SENT, Safe, 3, 2, 0.5), Verdict::Stop);
        assert_eq!(verdict(SENT, Unsafe, 3, 0, 0.5), Verdict::Ambiguous, "that is no question");
    }

    #[test]
    fn waits_double_up_to_eight_seconds_and_chance_spreads_them() {
        let waits = [1, 2, 3, 4, 5, 6, 40].map(|attempts| backoff(attempts, 1.0));
        assert_eq!(waits, [500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 8_000.0, 8_000.0]);
        assert_eq!(backoff(3, 0.0), 0.0);
    }
}
