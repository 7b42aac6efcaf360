//! Lets faults happen to calls of the API.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{self, Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use serde_json::{Value, json};

use super::faults::{self, Kind};
use crate::app::App;
use crate::connection::Peer;
use crate::limits;

const HTML: &str = "<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>502 Bad Gateway</h1>\n";

/// What an answer carries on its way out when faults have struck: their names, for the log.
#[derive(Clone)]
pub struct Struck {
    pub names: Vec<&'static str>,
    /// Whether the caller hears nothing at all.
    pub cut: bool,
}

pub async fn inject(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let kinds = if path.starts_with("/api/") {
        app.faults.strike(request.method(), path)
    } else {
        Vec::new()
    };
    if kinds.is_empty() {
        return next.run(request).await;
    }
    let mut response = match instead(&kinds).await {
        Some(response) => response,
        None => next.run(request).await,
    };
    for kind in &kinds {
        response = spoil(kind, response).await;
    }
    let cut = kinds
        .iter()
        .any(|kind| matches!(kind, Kind::DropBeforeCommit {} | Kind::DropAfterCommit {}));
    if cut {
        peer.cut();
    }
    let names = kinds.iter().map(Kind::name).collect();
    response.extensions_mut().insert(Struck { names, cut });
    response
}

/// What comes before the handler: waiting, and answers that take the handler's place.
async fn instead(kinds: &[Kind]) -> Option<Response> {
    for kind in kinds {
        match kind {
            Kind::Latency { ms } => tokio::time::sleep(Duration::from_millis(*ms)).await,
            Kind::DropBeforeCommit {} => {
                return Some(StatusCode::SERVICE_UNAVAILABLE.into_response());
            }
            Kind::Status { status, body, headers } => {
                let mut response = match body {
                    None => axum::Json(json!({
                        "error": "injected_fault",
                        "message": "A fault that was asked for at /_sandbox/faults.",
                    }))
                    .into_response(),
                    Some(Value::String(text)) => text.clone().into_response(),
                    Some(body) => axum::Json(body).into_response(),
                };
                *response.status_mut() = StatusCode::from_u16(*status).unwrap_or_default();
                let headers =
                    headers.iter().filter_map(|(name, value)| faults::header(name, value).ok());
                for (name, value) in headers {
                    response.headers_mut().insert(name, value);
                }
                return Some(response);
            }
            _ => {}
        }
    }
    None
}

/// What comes after the handler.
async fn spoil(kind: &Kind, mut response: Response) -> Response {
    match kind {
        Kind::TruncatedBody {} => unfinished(response, Rest::End).await,
        Kind::StalledBody {} => unfinished(response, Rest::Silence).await,
        Kind::NotJson {} => {
            *response.body_mut() = HTML.into();
            response.headers_mut().remove(CONTENT_LENGTH);
            response
        }
        Kind::WrongContentType { content_type } => {
            if let Ok(value) = HeaderValue::from_str(content_type) {
                response.headers_mut().insert(CONTENT_TYPE, value);
            }
            response
        }
        Kind::HiddenRateLimits {} => {
            for name in limits::HEADERS {
                response.headers_mut().remove(name);
            }
            response.headers_mut().remove(RETRY_AFTER);
            response
        }
        Kind::Latency { .. }
        | Kind::Status { .. }
        | Kind::DropBeforeCommit {}
        | Kind::DropAfterCommit {} => response,
    }
}

/// The same answer, of which only half of the body comes. One without a body stays as it is.
async fn unfinished(response: Response, rest: Rest) -> Response {
    let (mut head, body) = response.into_parts();
    let whole = body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    if whole.is_empty() {
        return Response::from_parts(head, Body::empty());
    }
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    let length = whole.len() as u64;
    Response::from_parts(head, Body::new(Unfinished { half: Some(half), length, rest }))
}

struct Unfinished {
    half: Option<Bytes>,
    length: u64,
    rest: Rest,
}

/// What comes instead of the second half.
#[derive(Clone, Copy)]
enum Rest {
    /// The connection ends, once the first half is out.
    End,
    Ended,
    Silence,
}

impl http_body::Body for Unfinished {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        match self.rest {
            Rest::Silence => Poll::Pending,
            Rest::Ended => Poll::Ready(Some(Err("cut off by a fault"))),
            Rest::End => {
                // While this waits its turn, the first half is sent.
                self.rest = Rest::Ended;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
