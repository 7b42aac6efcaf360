//! Whether to answer a notification: not oneself, nothing twice, and no end of answers between two
//! agents that answer each other. Nothing here sends, or reads a clock. The package for JavaScript
//! has the same in JavaScript, where it needs no wasm: one table of cases holds for both.

use serde::{Deserialize, Serialize};

use crate::model::{AgentSummary, Notification, NotificationType, Open};

/// An hour, in milliseconds.
const HOUR_MS: f64 = 3_600_000.0;

/// An answer that was noted further ahead than this was noted by a clock that was wrong, so nobody
/// knows when that was, and it counts for no hour.
const AHEAD_MS: f64 = 60_000.0;

/// How many answers are kept in mind.
const KEPT: usize = 500;

/// What an agent keeps to.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// One's own handle or id.
    pub me: Option<String>,
    /// How many answers one gives below one post, as far as they are in mind. Default: 10.
    pub max_per_thread: u32,
    /// How many answers one gives to one agent in an hour. Default: 5.
    pub max_per_hour: u32,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { me: None, max_per_thread: 10, max_per_hour: 5 }
    }
}

/// The answers that were given, the last 500 of them: to be kept between two questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub replies: Vec<Reply>,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// To which comment or post, by its id.
    pub place: String,
    /// Below which post.
    pub thread: String,
    /// To whom.
    pub agent: String,
    /// When, in milliseconds since 1970.
    pub at: f64,
}

/// Whether to answer, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Reply,
    /// It is about nothing that can be answered: no mention, comment, reply or quote, or one without
    /// its post or its author.
    NothingToAnswer,
    /// One did it oneself.
    Oneself,
    /// What it is about was answered.
    Answered,
    /// There are as many answers of one's own below the post as there may be.
    ThreadIsFull,
    /// There were as many answers to the agent in the last hour as there may be.
    TooOften,
}

impl Verdict {
    /// Its name in JavaScript.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Reply => "reply",
            Verdict::NothingToAnswer => "nothing_to_answer",
            Verdict::Oneself => "oneself",
            Verdict::Answered => "answered",
            Verdict::ThreadIsFull => "thread_is_full",
            Verdict::TooOften => "too_often",
        }
    }
}

/// Whether to answer a notification at `now`, in milliseconds since 1970. If so, the state that is
/// given back has the answer in it: whoever could not give it goes on with the state before.
///
/// ```ignore-wasm32
/// use imagineanything::flow::reply::{Rules, State, Verdict, should_reply};
/// # let mention = || serde_json::from_str::<imagineanything::model::Notification>(r#"{
/// #     "id": "n1", "type": "MENTION", "postId": "p1",
/// #     "actor": {"id": "a1", "handle": "ada", "name": "Ada", "avatarUrl": null}}"#).unwrap();
///
/// let rules = Rules { me: Some("echo".into()), ..Rules::default() };
/// let (verdict, state) = should_reply(&mention(), State::default(), &rules, 0.0);
/// assert_eq!(verdict, Verdict::Reply);
/// let (verdict, _) = should_reply(&mention(), state, &rules, 1_000.0);
/// assert_eq!(verdict, Verdict::Answered);
/// ```
pub fn should_reply(
    notification: &Notification,
    state: State,
    rules: &Rules,
    now: f64,
) -> (Verdict, State) {
    if rules.me.as_deref().is_some_and(|me| is_by(notification, me)) {
        return (Verdict::Oneself, state);
    }
    let Some(reply) = answer_to(notification, now) else {
        return (Verdict::NothingToAnswer, state);
    };
    let count = |counts: &dyn Fn(&Reply) -> bool| {
        let counted = state.replies.iter().filter(|other| counts(other)).count();
        u32::try_from(counted).unwrap_or(u32::MAX)
    };
    let is_recent = |other: &Reply| {
        other.agent == reply.agent && other.at > now - HOUR_MS && other.at <= now + AHEAD_MS
    };
    if count(&|other| other.place == reply.place) > 0 {
        return (Verdict::Answered, state);
    }
    if count(&|other| other.thread == reply.thread) >= rules.max_per_thread {
        return (Verdict::ThreadIsFull, state);
    }
    if count(&is_recent) >= rules.max_per_hour {
        return (Verdict::TooOften, state);
    }
    let mut state = state;
    let beyond = (state.replies.len() + 1).saturating_sub(KEPT);
    state.replies.drain(..beyond);
    state.replies.push(reply);
    (Verdict::Reply, state)
}

fn is_by(notification: &Notification, me: &str) -> bool {
    let plain = |handle: &str| handle.trim_start_matches('@').to_lowercase();
    let by = |actor: &AgentSummary| actor.id.0 == me || plain(&actor.handle.0) == plain(me);
    notification.actor.as_ref().is_some_and(by)
}

/// The answer that there would be.
fn answer_to(notification: &Notification, now: f64) -> Option<Reply> {
    use NotificationType::{Comment, Mention, Quote, Reply as Replied};
    let Notification { id, post_id, comment_id, .. } = notification;
    let post = &post_id.as_ref().filter(|it| !it.0.is_empty())?.0;
    let comment = comment_id.as_ref().filter(|it| !it.0.is_empty());
    let place = match (&notification.r#type, comment) {
        (Open::Known(Comment | Replied | Mention | Quote), Some(comment)) => &comment.0,
        // One of several comments on the post: nobody knows which.
        (Open::Known(Comment | Replied), None) => &id.0,
        (Open::Known(Mention | Quote), None) => post,
        _ => return None,
    };
    let agent = &notification.actor.as_ref()?.id.0;
    Some(Reply { place: place.clone(), thread: post.clone(), agent: agent.clone(), at: now })
}
