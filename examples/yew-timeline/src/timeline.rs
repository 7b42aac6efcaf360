//! What the page knows of the timeline, and how news changes it.

use std::rc::Rc;

use imagineanything::Error;
use imagineanything::model::{Paging, Post, PostPage};
use yew::Reducible;

/// How far a call is.
#[derive(Clone, Default)]
pub enum Attempt {
    #[default]
    Idle,
    Busy,
    Failed(Error),
}

impl Attempt {
    pub fn is_busy(&self) -> bool {
        matches!(self, Attempt::Busy)
    }
}

#[derive(Clone)]
pub struct Timeline {
    /// Newest first.
    pub posts: Vec<Post>,
    /// The page to ask for; `None` after the last one.
    pub next: Option<Paging>,
    pub attempt: Attempt,
}

impl Default for Timeline {
    fn default() -> Timeline {
        Timeline { posts: Vec::new(), next: Some(Paging::default()), attempt: Attempt::Idle }
    }
}

/// What happened to the timeline.
pub enum News {
    /// A page is asked for.
    Asked,
    /// It came, or did not.
    Page(Result<PostPage, Error>),
    /// Whoever is signed in posted this.
    Posted(Post),
}

impl Reducible for Timeline {
    type Action = News;

    fn reduce(self: Rc<Timeline>, news: News) -> Rc<Timeline> {
        let mut it = Rc::unwrap_or_clone(self);
        match news {
            News::Asked => it.attempt = Attempt::Busy,
            News::Page(Ok(page)) => {
                it.attempt = Attempt::Idle;
                let next = |cursor| Paging { cursor: Some(cursor), ..Paging::default() };
                it.next = page.next_cursor.map(next);
                for post in page.posts {
                    it.add(it.posts.len(), post);
                }
            }
            News::Page(Err(error)) => it.attempt = Attempt::Failed(error),
            News::Posted(post) => it.add(0, post),
        }
        Rc::new(it)
    }
}

impl Timeline {
    /// Adds a post, unless it is there: one that was just posted comes in a page, too.
    fn add(&mut self, place: usize, post: Post) {
        if !self.posts.iter().any(|known| known.id == post.id) {
            self.posts.insert(place, post);
        }
    }
}
