//! Posting a thread: a post, and what goes on from it, part by part and no part twice.

use serde::{Deserialize, Serialize};

use super::plan::{Next, Plan, carry_on};
use super::{Work, expect};
use crate::answer;
use crate::api::me;
use crate::api::posts::{Posts, specs};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Issue};
use crate::host::Local;
use crate::model::NewPost;
use crate::operation::Spec;
use crate::pages::Walk;
use crate::rules::{Context, Field, Fields, Limit, Shape};
use crate::text::{concat, number};
use crate::value::{Kind, Value, is_same_text};

/// How much the time of a post may differ from the time at which the thread began, in milliseconds.
const LEEWAY_MS: f64 = 60_000.0;

/// The same while the service's clock is not known: by how much clocks are commonly off.
const UNKNOWN_CLOCK_MS: f64 = 900_000.0;

/// How long a service may take to commit a write whose answer was lost, in milliseconds. A part that
/// is not there is looked for once more after this time, before it is posted again.
const COMMIT_MS: f64 = 3_000.0;

const PAGE: f64 = 100.0;

const ADVICE: &str = "; go on by posts.resumeThread(receipt)";

/// What a receipt must be.
const RECEIPT: Fields = Fields {
    open: true,
    ..Fields::of(&[
        Field::new("parts", true, Shape::Any, Limit::None),
        Field::new("as", true, Shape::OneOf(&["comments", "quotes"]), Limit::None),
        Field::new("ids", true, Shape::List(&Shape::Text), Limit::None),
        Field::new("startedAt", true, Shape::Number, Limit::None),
    ])
};

/// What the parts of a thread are after the first, which is a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThreadAs {
    /// Comments on the post, each an answer to the one before.
    #[default]
    Comments,
    /// Posts, each a quote of the one before.
    Quotes,
}

impl ThreadAs {
    pub(crate) fn named(name: Option<String>) -> ThreadAs {
        if name.as_deref() == Some("quotes") { ThreadAs::Quotes } else { ThreadAs::Comments }
    }
}

/// A part of a thread: a text, or a post with media. Comments and quotes hold text alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ThreadPart {
    Text(String),
    Post(NewPost),
}

impl From<&str> for ThreadPart {
    fn from(text: &str) -> ThreadPart {
        ThreadPart::Text(text.into())
    }
}

impl From<String> for ThreadPart {
    fn from(text: String) -> ThreadPart {
        ThreadPart::Text(text)
    }
}

impl From<NewPost> for ThreadPart {
    fn from(post: NewPost) -> ThreadPart {
        ThreadPart::Post(post)
    }
}

/// How far a thread is. To be kept, and to go on from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The whole thread.
    pub parts: Vec<ThreadPart>,
    pub r#as: ThreadAs,
    /// The ids of what is posted: of a post, then of comments or of posts.
    pub ids: Vec<String>,
    /// When it began, by the service's clock, in milliseconds since 1970.
    pub started_at: f64,
}

impl Posts {
    /// Posts a thread: its first part as a post, those that follow as comments or quotes. All
    /// parts are checked before the first is sent. [`Thread::next`] posts the next part.
    ///
    /// An error on the way has the receipt of what was posted; [`resume_thread`] goes on from
    /// there. It looks whether the next part is there already before it posts it: an answer may
    /// have been lost.
    ///
    /// ```ignore-wasm32
    /// use imagineanything::flow::{Receipt, ThreadAs};
    /// use imagineanything::{Client, Credentials, Options, Script};
    ///
    /// let script = Script::default();
    /// script.answer(201, r#"{"id": "p1"}"#);
    /// script.answer(201, r#"{"id": "c1"}"#);
    ///
    /// let credentials = Credentials::Token("iat_1".into());
    /// let client = Client::new(Options { credentials, ..Options::default() }, script.clone())?;
    /// let mut thread = client.posts().thread(["A long story", "and its end"], ThreadAs::Comments)?;
    /// let mut last: Option<Receipt> = None;
    /// script.run(async {
    ///     while let Some(receipt) = thread.next().await? {
    ///         last = Some(receipt);
    ///     }
    ///     Ok::<(), imagineanything::Error>(())
    /// })?;
    /// assert_eq!(last.unwrap().ids, ["p1", "c1"]);
    /// # Ok::<(), imagineanything::Error>(())
    /// ```
    ///
    /// `POST /api/posts`, then `POST /api/posts/{postId}/comments` or `POST /api/posts/{postId}/quote`
    ///
    /// [`resume_thread`]: Posts::resume_thread
    pub fn thread<P: Into<ThreadPart>>(
        &self,
        parts: impl IntoIterator<Item = P>,
        r#as: ThreadAs,
    ) -> Result<Thread, Error> {
        let parts: Vec<ThreadPart> = parts.into_iter().map(P::into).collect();
        Thread::new(self.client.clone(), Value::encode(&parts), r#as)
    }

    /// Goes on with a thread from its receipt, and posts no part that is there.
    pub fn resume_thread(&self, receipt: &Receipt) -> Result<Thread, Error> {
        Thread::resumed(self.client.clone(), Value::encode(receipt))
    }
}

/// A thread that is being posted.
pub struct Thread {
    client: Client,
    posting: Posting,
}

struct Posting {
    parts: Vec<Value>,
    r#as: ThreadAs,
    ids: Vec<Value>,
    /// When it began, by the clock of this machine.
    began: Option<f64>,
    /// When it began, by the service's clock, as the receipt says that it goes on from.
    started_at: Option<f64>,
    stage: Stage,
    /// Whether the next part may be there.
    looks: bool,
    /// Whether a write that was lost has had its time to be committed.
    is_settled: bool,
    /// The handle of the author, once it had to be known.
    author: Option<Value>,
    /// How far it looked for the next part.
    walk: Walk,
    /// Whether the same call again would post no part twice.
    is_resumed: bool,
}

/// What was done last.
enum Stage {
    Nothing,
    /// It asked who the author is.
    Asked,
    /// It looked for the next part.
    Looked,
    /// It posted the next part, or tried to.
    Posted,
    Over,
}

impl Thread {
    pub(crate) fn new(
        client: Client,
        parts: Option<Value>,
        r#as: ThreadAs,
    ) -> Result<Thread, Error> {
        Thread::at("posts.thread", client, parts, r#as, "")
    }

    pub(crate) fn resumed(client: Client, receipt: Option<Value>) -> Result<Thread, Error> {
        const NAME: &str = "posts.resumeThread";
        let receipt = receipt.unwrap_or_else(|| Value::object(&[]));
        let issues = RECEIPT.check(&receipt, &Context::default());
        if !issues.is_empty() {
            return Err(Error::invalid(NAME, issues));
        }
        let r#as = ThreadAs::named(receipt.get_text("as"));
        let mut thread = Thread::at(NAME, client, receipt.get("parts"), r#as, "parts")?;
        let posting = &mut thread.posting;
        posting.ids = receipt.get("ids").and_then(|ids| ids.items()).unwrap_or_default();
        posting.started_at = receipt.get_number("startedAt");
        posting.looks = true;
        posting.is_resumed = true;
        Ok(thread)
    }

    /// A thread of these parts, which lie at `path` of the argument, or all that is wrong with them.
    fn at(
        name: &'static str,
        client: Client,
        parts: Option<Value>,
        r#as: ThreadAs,
        path: &str,
    ) -> Result<Thread, Error> {
        // A copy, since the caller's own may change, and a receipt must be JSON.
        let copy = parts.as_ref().and_then(|parts| parts.to_json()?.parse()?.items());
        let posting = Posting { parts: copy.unwrap_or_default(), r#as, ..Posting::NEW };
        let mut issues = Vec::new();
        if posting.parts.is_empty() {
            let got = parts.map_or("nothing".into(), |parts| parts.describe());
            issues.push(Issue::new(path, "an array with a text or a post at least", &got));
        }
        for (at, part) in posting.parts.iter().enumerate() {
            let place = concat(&[path, "[", &number(at), "]"]);
            let faults = client.faults(posting.spec(at), &body(part));
            issues.extend(faults.into_iter().map(|issue| issue.within(&place)));
        }
        if issues.is_empty() {
            Ok(Thread { client, posting })
        } else {
            Err(Error::invalid(name, issues))
        }
    }

    /// How long it may take from now on, in milliseconds; as long as it takes by default. When that
    /// is over it ends with `timeout`.
    pub fn deadline_ms(mut self, ms: f64) -> Thread {
        self.client.end_in(ms);
        self
    }

    /// Posts the next part; `None` when all are there.
    pub async fn next(&mut self) -> Result<Option<Receipt>, Error> {
        match self.step().await? {
            Some(receipt) => answer::decode(&specs::create, Some(receipt)).map(Some),
            None => Ok(None),
        }
    }
}

impl Work for Thread {
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>> {
        carry_on(&self.client, &mut self.posting)
    }
}

impl Plan for Posting {
    fn next(&mut self, client: &Client, answer: Option<Value>) -> Result<Next, Error> {
        match self.stage {
            Stage::Nothing if self.ids.len() >= self.parts.len() => Ok(self.give(client)),
            Stage::Nothing if !self.looks => Ok(self.post(client)),
            Stage::Nothing if self.author.is_none() => {
                self.stage = Stage::Asked;
                Ok(Next::Call(&me::specs::get, [None, None]))
            }
            Stage::Nothing => Ok(self.look()),
            Stage::Asked => {
                self.author = Some(expect(&me::specs::get, answer, "handle")?);
                Ok(self.look())
            }
            Stage::Looked => self.found(client, answer),
            Stage::Posted => {
                self.ids.push(expect(self.spec(self.ids.len()), answer, "id")?);
                self.looks = false;
                Ok(self.give(client))
            }
            Stage::Over => Ok(Next::Give(None)),
        }
    }

    fn failed(&mut self, client: &Client, error: Error) -> Error {
        if let Stage::Posted = self.stage {
            // What was refused is not there, and will not come.
            let is_lost = [ErrorKind::AmbiguousWrite, ErrorKind::Timeout, ErrorKind::Aborted];
            self.is_settled = !is_lost.contains(&error.kind());
        }
        self.stage = Stage::Nothing;
        error.with(|it| {
            it.progress = Some(("receipt", self.receipt(client)));
            it.retryable &= self.is_resumed || self.ids.is_empty();
        })
    }

    fn advice(&self) -> &'static str {
        ADVICE
    }
}

impl Posting {
    const NEW: Posting = Posting {
        parts: Vec::new(),
        r#as: ThreadAs::Comments,
        ids: Vec::new(),
        began: None,
        started_at: None,
        stage: Stage::Nothing,
        looks: false,
        is_settled: false,
        author: None,
        walk: Walk { cursor: None, seen: 0, max_pages: None, items: 0, max_items: None },
        is_resumed: false,
    };

    /// The operation that posts a part.
    fn spec(&self, at: usize) -> &'static Spec {
        match (at, self.r#as) {
            (0, _) => &specs::create,
            (_, ThreadAs::Quotes) => &specs::quote,
            (_, ThreadAs::Comments) => &specs::comment,
        }
    }

    /// Where the next part is listed, once it is posted.
    fn listing(&self) -> &'static Spec {
        match (self.ids.len(), self.r#as) {
            (0, _) => &specs::list,
            (_, ThreadAs::Quotes) => &specs::reposts,
            (_, ThreadAs::Comments) => &specs::comments,
        }
    }

    /// A call about the next part: the first of all, or one on the post that it hangs on.
    fn call(&self, spec: &'static Spec, body: Value) -> Next {
        let on = match self.r#as {
            ThreadAs::Quotes => self.ids.last(),
            ThreadAs::Comments => self.ids.first(),
        };
        match on.cloned() {
            None => Next::Call(spec, [Some(body), None]),
            post => Next::Call(spec, [post, Some(body)]),
        }
    }

    /// Posts the next part. Until its id is known it may be there all the same.
    fn post(&mut self, client: &Client) -> Next {
        self.began.get_or_insert(client.now());
        self.looks = true;
        self.is_settled = false;
        self.stage = Stage::Posted;
        let at = self.ids.len();
        let mut body = self.parts.get(at).map_or_else(|| Value::object(&[]), body);
        if let (ThreadAs::Comments, [_, .., last]) = (self.r#as, self.ids.as_slice()) {
            body = body.with("parentId", last.clone());
        }
        self.call(self.spec(at), body)
    }

    /// Gives the receipt, after the last part for the last time.
    fn give(&mut self, client: &Client) -> Next {
        let is_whole = self.ids.len() >= self.parts.len();
        self.stage = if is_whole { Stage::Over } else { Stage::Nothing };
        Next::Give(Some(self.receipt(client)))
    }

    /// Looks for the next part, in the page of the walk.
    fn look(&mut self) -> Next {
        self.stage = Stage::Looked;
        let mut query = Value::object(&[("limit", PAGE.into())]);
        if let Some(cursor) = &self.walk.cursor {
            query = query.with("cursor", cursor.as_str().into());
        }
        self.call(self.listing(), query)
    }

    /// Takes note of a page where the next part may be.
    ///
    /// **Assumption:** the service may keep a text in another form: see [`is_same_text`]. The comments on a post are listed with the answers to them, and of posts the
    /// newest come first.
    fn found(&mut self, client: &Client, page: Option<Value>) -> Result<Next, Error> {
        let content =
            self.parts.get(self.ids.len()).and_then(|part| body(part).get_text("content"));
        let content = content.unwrap_or_default();
        let author = self.author.clone().and_then(handle);
        // The timeline may have an older post of the same text, the thread's own posts have not.
        let leeway = if client.knows_clock() { LEEWAY_MS } else { UNKNOWN_CLOCK_MS };
        let earliest = if self.ids.is_empty() { self.started_at(client) - leeway } else { 0.0 };
        let is_before = |item: &Value| {
            item.get("createdAt").and_then(|at| at.time()).is_some_and(|at| at < earliest)
        };
        let spec = self.listing();
        let page = page.unwrap_or_else(|| Value::object(&[]));
        let items = page.get(spec.pages.unwrap_or_default()).and_then(|items| items.items());
        let items = items.unwrap_or_default();
        let found = items.iter().find(|item| {
            item.get("agent").and_then(|agent| handle(agent.get("handle")?)) == author
                && item.get_text("content").is_some_and(|text| is_same_text(&text, &content))
                && !is_before(item)
                && !self.ids.iter().any(|id| Some(id) == item.get("id").as_ref())
        });
        if let Some(id) = found.and_then(|item| item.get("id")) {
            self.walk = Walk::default();
            self.looks = self.is_resumed;
            self.is_settled = false;
            self.ids.push(id);
            return Ok(self.give(client));
        }
        if self.walk.pass(spec, &page)? && !items.last().is_some_and(is_before) {
            return Ok(self.look());
        }
        self.walk = Walk::default();
        if self.is_settled {
            return Ok(self.post(client));
        }
        self.is_settled = true;
        self.stage = Stage::Nothing;
        Ok(Next::Pause(spec, COMMIT_MS))
    }

    /// When it began, by the service's clock, which is known once there was a call.
    fn started_at(&self, client: &Client) -> f64 {
        let ahead = client.service_time() - client.now();
        self.started_at.unwrap_or_else(|| self.began.unwrap_or_else(|| client.now()) + ahead)
    }

    fn receipt(&self, client: &Client) -> Value {
        let r#as = match self.r#as {
            ThreadAs::Comments => "comments",
            ThreadAs::Quotes => "quotes",
        };
        Value::object(&[
            ("parts", Value::list(&self.parts)),
            ("as", r#as.into()),
            ("ids", Value::list(&self.ids)),
            ("startedAt", self.started_at(client).into()),
        ])
    }
}

/// A handle, which may have a mark before it.
fn handle(handle: Value) -> Option<String> {
    let handle = handle.text()?;
    Some(handle.strip_prefix('@').unwrap_or(&handle).to_ascii_lowercase())
}

/// A part as it is sent.
fn body(part: &Value) -> Value {
    match part.kind() {
        Kind::Text => Value::object(&[("content", part.clone())]),
        _ => part.clone(),
    }
}
