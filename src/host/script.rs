//! A platform that plays a script: answers given in order, requests kept, a clock set by hand.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::{Body, Content, Failure, Host, Local, Reply, Request};
use crate::value::{Form, Part, Text};

/// A host for tests. Clones share the script, so a test can keep one beside the client.
///
/// ```
/// use imagineanything::{Client, Options, Script, model::Paging};
///
/// let script = Script::default();
/// script.answer(200, r#"{"posts": [], "nextCursor": null}"#);
/// let client = Client::new(Options::default(), script.clone()).unwrap();
/// let page = script.run(client.posts().list(Paging::default())).unwrap();
/// assert!(page.posts.is_empty());
/// assert_eq!(script.requests()[0].url, "https://imagineanything.com/api/posts");
/// ```
#[derive(Clone, Default)]
pub struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    answers: RefCell<VecDeque<Answer>>,
    requests: RefCell<Vec<Sent>>,
    store: RefCell<HashMap<String, Text>>,
    now: Cell<f64>,
}

enum Answer {
    Reply { status: u16, headers: Vec<(&'static str, String)>, body: String },
    Failure { message: String },
}

/// A request as the script saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// The body of a request that carries JSON.
    pub body: Option<String>,
    /// The parts of a request that carries a form.
    pub form: Vec<Part>,
}

impl Sent {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Script {
    /// The next request is answered with this.
    pub fn answer(&self, status: u16, body: &str) {
        self.answer_with(status, &[], body);
    }

    /// The next request is answered with this, headers named in lower case.
    pub fn answer_with(&self, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        let answer = Answer::Reply { status, headers, body: body.to_owned() };
        self.0.answers.borrow_mut().push_back(answer);
    }

    /// The next request gets no answer.
    pub fn fail(&self, message: &str) {
        self.0.answers.borrow_mut().push_back(Answer::Failure { message: message.to_owned() });
    }

    /// What was sent so far.
    pub fn requests(&self) -> Vec<Sent> {
        self.0.requests.borrow().clone()
    }

    /// Moves the clock on.
    pub fn advance(&self, seconds: f64) {
        self.0.now.set(self.0.now.get() + seconds * 1000.0);
    }

    /// What is in the store under `key`.
    pub fn stored(&self, key: &str) -> Option<String> {
        self.0.store.borrow().get(key).map(|text| text.0.clone())
    }

    /// Runs a call, or anything else that waits for this host alone, to its end.
    pub fn run<T>(&self, future: impl IntoFuture<Output = T>) -> T {
        let mut future = std::pin::pin!(future.into_future());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}

impl Host for Script {
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>> {
        let Request { method, url, headers, content, .. } = request;
        let (body, form) = match content {
            Some(Content::Json(Text(body))) => (Some(body), Vec::new()),
            Some(Content::Form(Form(parts))) => (None, parts),
            None => (None, Vec::new()),
        };
        self.0.requests.borrow_mut().push(Sent { method, url, headers, body, form });
        Box::pin(async move {
            yield_once().await;
            match self.0.answers.borrow_mut().pop_front() {
                Some(Answer::Reply { status, headers, body }) => Ok(Reply {
                    status,
                    header: Box::new(move |name| {
                        headers.iter().find(|(key, _)| *key == name).map(|(_, v)| v.clone())
                    }),
                    body: read(&body),
                }),
                Some(Answer::Failure { message }) => {
                    Err(Failure { aborted: false, message, cause: None })
                }
                None => Err(Failure {
                    aborted: false,
                    message: "the script has no more answers".into(),
                    cause: None,
                }),
            }
        })
    }

    fn now(&self) -> f64 {
        self.0.now.get()
    }

    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Option<Text>> {
        let value = self.0.store.borrow().get(key).cloned();
        Box::pin(async move { value })
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, ()> {
        match value {
            Some(text) => self.0.store.borrow_mut().insert(key.to_owned(), text),
            None => self.0.store.borrow_mut().remove(key),
        };
        Box::pin(async {})
    }
}

/// A body as JSON, as nothing, or the excerpt of what is neither.
fn read(body: &str) -> Body {
    match Text::from(body).parse() {
        Some(value) => Body::Json(value),
        None if body.trim().is_empty() => Body::Empty,
        None => Body::Other(body.trim().chars().take(Body::EXCERPT).collect()),
    }
}

/// Lets other calls go on before the answer comes, as a network does.
pub(crate) async fn yield_once() {
    let mut first = true;
    std::future::poll_fn(|context| match std::mem::take(&mut first) {
        true => {
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        }
        false => std::task::Poll::Ready(()),
    })
    .await
}
