//! The one source of time, so that tests can move it instead of sleeping.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::sync::watch;

/// Milliseconds since the Unix epoch: how every moment is kept and compared.
pub type Millis = i64;

/// Tells the time: the system's or a still one, and as far ahead of that as it was told to be. Clones move together.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    ahead: Arc<watch::Sender<Millis>>,
}

#[derive(Clone, Copy)]
enum Source {
    System,
    Still(Millis),
}

impl Clock {
    pub fn system() -> Self {
        Self { source: Source::System, ahead: Arc::default() }
    }

    /// A clock that starts now and then stands still until `advance`.
    pub fn manual() -> Self {
        Self { source: Source::Still(Timestamp::now().as_millisecond()), ahead: Arc::default() }
    }

    /// Moves the clock, and all its clones, forward.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead.send_modify(|ahead| *ahead = ahead.saturating_add(millis));
    }

    /// How far it was moved.
    pub fn ahead(&self) -> Millis {
        *self.ahead.borrow()
    }

    /// Undoes every `advance`.
    pub fn set_right(&self) {
        self.ahead.send_replace(0);
    }

    pub fn now(&self) -> Millis {
        let unmoved = match self.source {
            Source::System => Timestamp::now().as_millisecond(),
            Source::Still(moment) => moment,
        };
        unmoved.saturating_add(self.ahead())
    }

    /// Waits until it is `moment`, whether time passes or the clock is moved.
    pub async fn reach(&self, moment: Millis) {
        let mut moved = self.ahead.subscribe();
        while let Ok(left @ 1..) = u64::try_from(moment.saturating_sub(self.now())) {
            let passed = async {
                match self.source {
                    Source::System => tokio::time::sleep(Duration::from_millis(left)).await,
                    Source::Still(_) => std::future::pending().await,
                }
            };
            tokio::select! {
                () = passed => {}
                // This clock itself is what moves, so there is no end to wait for.
                _ = moved.changed() => {}
            }
        }
    }
}

/// `2026-03-01T09:30:00.000Z`, as every time in an answer's body is written.
pub fn iso(at: Millis) -> String {
    timestamp(at).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `Sun, 01 Mar 2026 09:30:00 GMT`, for the `Date` header.
pub fn http_date(at: Millis) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&timestamp(at)).unwrap_or_default()
}

/// Times come from a clock, so one out of jiff's range (year 9999) is a broken clock: it reads as the epoch.
fn timestamp(at: Millis) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_contract_says() {
        assert_eq!(iso(1_772_357_400_000), "2026-03-01T09:30:00.000Z");
        assert_eq!(iso(1_772_357_400_042), "2026-03-01T09:30:00.042Z");
        assert_eq!(http_date(1_772_357_400_000), "Sun, 01 Mar 2026 09:30:00 GMT");
    }

    #[test]
    fn a_manual_clock_stands_still_until_it_is_moved() {
        let clock = Clock::manual();
        let start = clock.now();
        clock.clone().advance(Duration::from_millis(1500));
        assert_eq!((clock.now(), clock.ahead()), (start + 1500, 1500));
        clock.set_right();
        assert_eq!(clock.now(), start);
    }

    #[test]
    fn the_systems_clock_can_be_ahead_too() {
        let clock = Clock::system();
        let start = clock.now();
        clock.clone().advance(Duration::from_secs(3600));
        assert!((3_600_000..3_660_000).contains(&(clock.now() - start)));
    }

    #[tokio::test]
    async fn a_moment_is_reached_by_moving_the_clock_there() {
        let clock = Clock::manual();
        let moment = clock.now() + 1000;
        let mut reached = std::pin::pin!(clock.reach(moment));
        let mut is_reached = async || {
            tokio::select! {
                biased;
                () = &mut reached => true,
                () = std::future::ready(()) => false,
            }
        };
        assert!(!is_reached().await);
        clock.advance(Duration::from_millis(999));
        assert!(!is_reached().await);
        clock.advance(Duration::from_millis(1));
        assert!(is_reached().await);
        clock.reach(moment).await;
    }
}
