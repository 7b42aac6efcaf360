//! Walking a listing page by page: when to go on, when to stop. Nothing here sends.

use crate::error::{Error, ErrorKind};
use crate::operation::Spec;
use crate::text::concat;
use crate::value::{Kind, Value};

/// Where a walk stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// The cursor of the page to ask for; `None` for the first.
    pub cursor: Option<String>,
    /// How many pages came.
    pub seen: u32,
    /// How many pages to ask for at the most.
    pub max_pages: Option<u32>,
}

/// What follows a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Another page, at the walk's cursor.
    Page,
    End,
    /// The service gave the cursor that it was asked with: going on would never end.
    Stuck,
}

impl Walk {
    /// Takes note of a page whose answer carries `next`.
    ///
    /// An empty page does not end a walk; the lack of a cursor does. An empty cursor is none: the
    /// service would take it for a wish to begin anew.
    pub fn turn(&mut self, next: Option<String>) -> Next {
        self.seen += 1;
        match next.filter(|cursor| !cursor.is_empty()) {
            None => Next::End,
            Some(_) if self.max_pages.is_some_and(|max| self.seen >= max) => Next::End,
            Some(cursor) if self.cursor.as_ref() == Some(&cursor) => Next::Stuck,
            Some(cursor) => {
                self.cursor = Some(cursor);
                Next::Page
            }
        }
    }
}

impl Walk {
    /// Takes note of the page that an answer of `spec` is: whether another one follows it, or what is
    /// wrong with it.
    pub fn pass(&mut self, spec: &Spec, answer: &Value) -> Result<bool, Error> {
        let key = spec.pages.unwrap_or_default();
        let has_items = answer.get(key).is_some_and(|items| items.kind() == Kind::List);
        let next = has_items.then(|| self.turn(answer.get_text("nextCursor")));
        let fault = match next {
            Some(Next::Page) => return Ok(true),
            Some(Next::End) => return Ok(false),
            Some(Next::Stuck) => "the service gave the same cursor twice".into(),
            None => concat(&["the answer has no list \"", key, "\""]),
        };
        Err(Error::new(ErrorKind::Decode, spec.id, &fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_ends_without_a_cursor_and_only_then() {
        let mut walk = Walk::default();
        assert_eq!(walk.turn(Some("a".into())), Next::Page);
        assert_eq!(walk.cursor.as_deref(), Some("a"));
        assert_eq!(walk.turn(Some("b".into())), Next::Page);
        assert_eq!(walk.turn(None), Next::End);
    }

    #[test]
    fn a_cursor_that_does_not_move_is_told() {
        let mut walk = Walk { cursor: Some("a".into()), ..Walk::default() };
        assert_eq!(walk.turn(Some("a".into())), Next::Stuck);
    }

    #[test]
    fn an_empty_cursor_ends_a_walk() {
        assert_eq!(Walk::default().turn(Some(String::new())), Next::End);
    }

    #[test]
    fn max_pages_ends_a_walk() {
        let mut walk = Walk { max_pages: Some(2), ..Walk::default() };
        assert_eq!(walk.turn(Some("a".into())), Next::Page);
        assert_eq!(walk.turn(Some("b".into())), Next::End);
    }
}
