//! How far a listing of what comes newest first was worked through. Nothing here sends.

use crate::value::{Text, Value};

/// How many ids are kept: when some are deleted meanwhile, one is to be there still.
const KEPT: usize = 100;

/// What was handled last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// The ids, oldest first, a space after each.
    handled: String,
    /// When the last of them came, as ISO 8601, whose texts sort as the times do; empty if that is
    /// not told.
    time: String,
}

/// What is known of an item without its content.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub id: String,
    pub time: String,
}

impl Position {
    /// Whether an item is one that was handled, or older than the last of those.
    pub fn covers(&self, mark: &Mark) -> bool {
        self.handled.split(' ').any(|id| id == mark.id)
            || (!mark.time.is_empty() && mark.time < self.time)
    }

    /// An item was handled.
    pub fn advance(&mut self, mark: Mark) {
        if self.handled.split(' ').count() > KEPT
            && let Some((_, rest)) = self.handled.split_once(' ')
        {
            self.handled = rest.to_owned();
        }
        self.handled.push_str(&mark.id);
        self.handled.push(' ');
        if !mark.time.is_empty() {
            self.time = mark.time;
        }
    }

    pub fn to_stored(&self) -> Option<Text> {
        let (handled, time) = (self.handled.as_str().into(), self.time.as_str().into());
        Value::object(&[("handled", handled), ("time", time)]).to_json()
    }

    pub fn from_stored(text: &Text) -> Option<Position> {
        let stored = text.parse()?;
        Some(Position { handled: stored.get_text("handled")?, time: stored.get_text("time")? })
    }
}

impl Mark {
    /// What is known of an item; nothing of one without an id.
    pub fn of(item: &Value) -> Option<Mark> {
        let time = item.get_text("createdAt").unwrap_or_default();
        Some(Mark { id: item.get_text("id")?, time })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: u32, time: &str) -> Mark {
        Mark { id: id.to_string(), time: time.into() }
    }

    #[test]
    fn what_was_handled_and_what_is_older_is_covered() {
        let mut position = Position::default();
        position.advance(mark(1, "2026-03-01T09:30:00.000Z"));
        for (other, covered) in [
            (mark(1, ""), true),
            (mark(2, ""), false),
            (mark(2, "2026-03-01T09:29:59.999Z"), true),
            (mark(2, "2026-03-01T09:30:00.000Z"), false),
            (mark(2, "2026-03-01T09:30:00.001Z"), false),
        ] {
            assert_eq!(position.covers(&other), covered, "{other:?}");
        }
    }

    #[test]
    fn a_hundred_ids_are_kept_and_stored() {
        let mut position = Position::default();
        (0..=100).for_each(|id| position.advance(mark(id, "t")));
        position.advance(mark(101, ""));
        assert!(!position.covers(&mark(1, "")) && position.covers(&mark(2, "")));
        let stored = position.to_stored().unwrap();
        assert_eq!(Position::from_stored(&stored), Some(position));
    }

    #[test]
    fn a_position_at_the_very_beginning_is_stored_too() {
        let stored = Position::default().to_stored().unwrap();
        assert_eq!(Position::from_stored(&stored), Some(Position::default()));
        for other in ["", "7", "{}", "null"] {
            assert_eq!(Position::from_stored(&other.into()), None, "{other}");
        }
    }
}
