//! Takes in what callers still send when their call is answered already. A caller that is cut off while sending sees a
//! broken connection instead of the answer.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::EXPECT;
use http_body::{Body as _, Frame, SizeHint};
use tokio::runtime::Handle;

/// How much is taken in: more than the largest upload that the contract allows.
const MOST: usize = 128 * 1024 * 1024;

/// The same request; what nobody reads of its body is drained.
pub fn drained(request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    let waits = request.headers().contains_key(EXPECT);
    request.map(|body| Body::new(Drained { body: Some(body), waits }))
}

/// A body of which the rest is read when it is dropped.
struct Drained {
    body: Option<Body>,
    /// Whether the sender waits until the body is asked for; reading is asking.
    waits: bool,
}

impl http_body::Body for Drained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.waits = false;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(context);
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(Body::size_hint).unwrap_or_default()
    }
}

impl Drop for Drained {
    fn drop(&mut self) {
        let rest = self.body.take().filter(|_| !self.waits);
        if let (Some(rest), Ok(runtime)) = (rest, Handle::try_current()) {
            runtime.spawn(drain(rest));
        }
    }
}

async fn drain(mut body: Body) {
    let mut left = MOST;
    let next = async |body: &mut Body| {
        std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
    };
    while let Some(Ok(frame)) = next(&mut body).await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}
