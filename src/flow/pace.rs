//! How often to ask for what changes seldom. Nothing here waits.

/// The pause before each question: short at first and after a change, longer as long as nothing
/// happens, and never quite the same, so that many who ask do not ask at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    least_ms: f64,
    most_ms: f64,
    next_ms: f64,
}

impl Pace {
    pub(crate) const fn new(least_ms: f64, most_ms: f64) -> Pace {
        Pace { least_ms, most_ms, next_ms: least_ms }
    }

    /// Something happened: more may follow soon.
    pub(crate) fn quicken(&mut self) {
        self.next_ms = self.least_ms;
    }

    /// How long to wait now, in milliseconds; `random` is from 0 to 1.
    pub(crate) fn pause(&mut self, random: f64) -> f64 {
        let ms = self.next_ms;
        self.next_ms = (ms * 1.5).min(self.most_ms);
        ms * 0.8 + ms * 0.4 * random
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;

    #[test]
    fn the_pace_slows_down_to_its_limit_and_quickens_after_a_change() {
        let mut pace = Pace::new(1000.0, 2000.0);
        let mut pauses = || [0; 4].map(|_| pace.pause(0.5));
        assert_eq!(pauses(), [1000.0, 1500.0, 2000.0, 2000.0]);
        pace.quicken();
        assert_eq!(pace.pause(0.0), 800.0, "a fifth less at the least");
        assert_eq!(pace.pause(1.0).round(), 1800.0, "a fifth more at the most");
    }
}
