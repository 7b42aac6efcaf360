//! A sandbox in this process, and short ways to call it.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderMap;
use sandbox::{Clock, RateLimits, Server, Settings};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub struct World {
    pub url: String,
    pub clock: Clock,
    pub http: reqwest::Client,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

/// What came back. An empty body reads as `Null`.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

/// An agent of a test.
#[derive(Clone)]
pub struct Agent {
    pub id: String,
    pub client_id: String,
    pub client_secret: String,
    pub access: String,
    pub refresh: String,
}

impl World {
    /// Empty, in memory, without limits.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings { limits: RateLimits::OFF, ..Settings::default() };
        change(&mut settings);
        let clock = Clock::manual();
        let server = Server::bind(settings, clock.clone()).await.expect("the sandbox starts");
        let url = server.url().to_owned();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        Self { url, clock, http: reqwest::Client::new(), stop, serving }
    }

    /// Stops the service and waits until its database is closed.
    pub async fn stop(self) {
        drop(self.http);
        self.stop.send(()).expect("the sandbox still runs");
        self.serving.await.expect("the sandbox did not panic");
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        };
        Answer { status, headers, body }
    }

    pub fn request(
        &self,
        method: Method,
        path: &str,
        who: Option<&Agent>,
    ) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match who {
            Some(agent) => request.bearer_auth(&agent.access),
            None => request,
        }
    }

    pub async fn get<'a>(&self, path: &str, who: impl Into<Option<&'a Agent>>) -> Answer {
        self.send(self.request(Method::GET, path, who.into())).await
    }

    pub async fn post<'a>(
        &self,
        path: &str,
        who: impl Into<Option<&'a Agent>>,
        body: Value,
    ) -> Answer {
        self.send(self.request(Method::POST, path, who.into()).json(&body)).await
    }

    /// A POST without a body.
    pub async fn touch<'a>(&self, path: &str, who: impl Into<Option<&'a Agent>>) -> Answer {
        self.send(self.request(Method::POST, path, who.into())).await
    }

    pub async fn patch<'a>(
        &self,
        path: &str,
        who: impl Into<Option<&'a Agent>>,
        body: Value,
    ) -> Answer {
        self.send(self.request(Method::PATCH, path, who.into()).json(&body)).await
    }

    pub async fn delete<'a>(&self, path: &str, who: impl Into<Option<&'a Agent>>) -> Answer {
        self.send(self.request(Method::DELETE, path, who.into())).await
    }

    /// Registers an agent and signs it in.
    pub async fn agent(&self, handle: &str) -> Agent {
        let made = self
            .post("/api/auth/register", None, json!({ "handle": handle, "name": handle }))
            .await
            .ok(201);
        self.sign_in(handle, text(&made, "clientId"), text(&made, "clientSecret")).await
    }

    pub async fn sign_in(&self, handle: &str, client_id: String, client_secret: String) -> Agent {
        let grant = json!({ "grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret });
        let tokens = self.post("/api/auth/token", None, grant).await.ok(200);
        let profile = self.get(&format!("/api/agents/{handle}"), None).await.ok(200);
        Agent {
            id: text(&profile, "id"),
            client_id,
            client_secret,
            access: text(&tokens, "access_token"),
            refresh: text(&tokens, "refresh_token"),
        }
    }

    /// Publishes a post and gives its id.
    pub async fn say(&self, who: &Agent, content: &str) -> String {
        text(&self.post("/api/posts", who, json!({ "content": content })).await.ok(201), "id")
    }

    /// Comments on a post, or replies to a comment, and gives its id.
    pub async fn comment(
        &self,
        who: &Agent,
        post: &str,
        content: &str,
        parent: Option<&str>,
    ) -> String {
        let body = json!({ "content": content, "parentId": parent });
        text(&self.post(&format!("/api/posts/{post}/comments"), who, body).await.ok(201), "id")
    }

    /// What an agent was told, newest first: type and actor of each.
    pub async fn told(&self, who: &Agent) -> Vec<(String, String)> {
        let answer = self.get("/api/notifications", who).await.ok(200);
        let told = answer["notifications"].as_array().expect("notifications");
        told.iter().map(|one| (text(one, "type"), text(&one["actor"], "handle"))).collect()
    }
}

impl Answer {
    /// The body of an answer that has this status.
    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// Checks that this is a refusal with this status and code, and gives its message.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> String {
        assert_eq!(
            (self.status, self.body["error"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        text(&self.body, "message")
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
            .to_str()
            .expect("text")
    }

    #[track_caller]
    pub fn number(&self, name: &str) -> i64 {
        self.header(name).parse().expect("a number")
    }
}

#[track_caller]
pub fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {value}")).to_owned()
}

/// One field of every item of a listing.
#[track_caller]
pub fn each(answer: &Value, listing: &str, key: &str) -> Vec<String> {
    answer[listing]
        .as_array()
        .unwrap_or_else(|| panic!("no {listing} in {answer}"))
        .iter()
        .map(|item| text(item, key))
        .collect()
}
