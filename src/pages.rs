//! Walking a listing page by page: when to go on, when to stop.

use std::future::Future;

use crate::error::{Error, ErrorKind};
use crate::model::Page;
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
    /// How many items came, those of the page at hand among them.
    pub items: u32,
    /// How many items to ask for at the most.
    pub max_items: Option<u32>,
}

/// What a walk that goes nowhere is told as.
const STUCK: &str = "the service gave the same cursor twice";

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
        let next = next.filter(|cursor| !cursor.is_empty());
        let is_same = next == self.cursor;
        self.cursor = next;
        let is_enough = self.max_pages.is_some_and(|max| self.seen >= max)
            || self.max_items.is_some_and(|max| self.items >= max);
        match self.cursor {
            Some(_) if is_enough => Next::End,
            Some(_) if is_same => Next::Stuck,
            Some(_) => Next::Page,
            None => Next::End,
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
            Some(Next::Stuck) => STUCK.into(),
            None => concat(&["the answer has no list \"", key, "\""]),
        };
        Err(Error::new(ErrorKind::Decode, spec.id, &fault))
    }
}

/// The pages of a listing, one after the other.
///
/// ```ignore-wasm32
/// # use imagineanything::{Client, Options, Script};
/// use imagineanything::{Pages, model::Paging};
///
/// # let script = Script::default();
/// # script.answer(200, r#"{"posts": [], "nextCursor": "c2"}"#);
/// # script.answer(200, r#"{"posts": []}"#);
/// # let client = Client::new(Options::default(), script.clone())?;
/// # script.run(async {
/// let posts = client.posts();
/// let mut pages = Pages::of(|cursor| posts.list(Paging { cursor, limit: Some(100) }));
/// while let Some(page) = pages.next().await? {
///     println!("{} posts; the next page is at {:?}", page.posts.len(), pages.cursor());
/// }
/// # Ok::<(), imagineanything::Error>(())
/// # })?;
/// # assert_eq!(script.requests().len(), 2);
/// # Ok::<(), imagineanything::Error>(())
/// ```
///
/// An empty page ends nothing; the lack of a cursor does. A cursor that the service gives twice in a
/// row is an error (`decode`). What the service lists twice is given twice.
#[derive(Debug)]
pub struct Pages<Ask> {
    ask: Ask,
    walk: Walk,
    is_over: bool,
}

impl<Ask> Pages<Ask> {
    /// The pages of the listing that `ask` asks for with a cursor, from the first one on.
    pub fn of(ask: Ask) -> Pages<Ask> {
        Pages { ask, walk: Walk::default(), is_over: false }
    }

    /// The same from this cursor on, to resume a walk that stood there.
    pub fn from(self, cursor: Option<String>) -> Pages<Ask> {
        Pages { walk: Walk { cursor, ..self.walk }, ..self }
    }

    /// The same, at most so many.
    pub fn at_most(self, pages: u32) -> Pages<Ask> {
        Pages { walk: Walk { max_pages: Some(pages), ..self.walk }, ..self }
    }

    /// Where the walk stands: the cursor of the page that comes next; `None` at the beginning, and
    /// when no page is left.
    pub fn cursor(&self) -> Option<&str> {
        self.walk.cursor.as_deref()
    }

    /// The next page; `None` after the last one. After an error, the same page is asked for again.
    pub async fn next<P, Asked>(&mut self) -> Result<Option<P>, Error>
    where
        Ask: FnMut(Option<String>) -> Asked,
        Asked: Future<Output = Result<P, Error>>,
        P: Page,
    {
        if self.is_over {
            return Ok(None);
        }
        let page = (self.ask)(self.walk.cursor.clone()).await?;
        match self.walk.turn(page.next_cursor().map(str::to_owned)) {
            Next::Page => {}
            Next::End => self.is_over = true,
            Next::Stuck => return Err(Error::new(ErrorKind::Decode, "pages", STUCK)),
        }
        Ok(Some(page))
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
    fn so_many_items_end_a_walk() {
        for (items, next) in [(29, Next::Page), (30, Next::End), (31, Next::End)] {
            let mut walk = Walk { items, max_items: Some(30), ..Walk::default() };
            assert_eq!(walk.turn(Some("a".into())), next, "{items}");
        }
    }

    #[test]
    fn max_pages_ends_a_walk() {
        let mut walk = Walk { max_pages: Some(2), ..Walk::default() };
        assert_eq!(walk.turn(Some("a".into())), Next::Page);
        assert_eq!(walk.turn(Some("b".into())), Next::End);
    }
}
