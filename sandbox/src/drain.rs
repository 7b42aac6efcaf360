//! Takes in what callers still send when their call is answered already. A caller that is cut off while sending sees a
//! broken connection instead of the answer. A caller that stops sending is not waited for.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::EXPECT;
use http_body::{Body as _, Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

/// How much is taken in: more than the largest upload that the contract allows.
const MOST: usize = 128 * 1024 * 1024;

/// The slowest body, in bytes a second: each second of waiting beyond the timeout must be earned by so many.
const LEAST_RATE: f64 = 500.0;

/// The same request; what nobody reads of its body is drained. The flag says that the body was given up, because nothing
/// came of it for `timeout`, or so little that it would take for ever.
pub fn drained(request: Request, timeout: Duration) -> (Request, Arc<AtomicBool>) {
    let overdue = Arc::<AtomicBool>::default();
    if request.body().is_end_stream() {
        return (request, overdue);
    }
    let waits = request.headers().contains_key(EXPECT);
    let flag = Arc::clone(&overdue);
    let drained = |body| {
        let body = Timed { body, timeout, waiting: None, waited: Duration::ZERO, bytes: 0 };
        Body::new(Drained { body: Some(body), waits, overdue: flag })
    };
    (request.map(drained), overdue)
}

/// A body that is not waited for for ever. Only waiting counts, not what the service does in between.
struct Timed {
    body: Body,
    timeout: Duration,
    /// Since when, and until when at most.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    waited: Duration,
    bytes: usize,
}

enum Progress {
    Frame(Frame<Bytes>),
    /// The body is complete, or its sender is gone.
    End(Option<axum::Error>),
    Overdue,
}

impl Timed {
    fn poll(&mut self, context: &mut Context) -> Poll<Progress> {
        let Poll::Ready(next) = Pin::new(&mut self.body).poll_frame(context) else {
            return self.poll_overdue(context).map(|()| Progress::Overdue);
        };
        if let Some((since, _)) = self.waiting.take() {
            self.waited = self.waited.saturating_add(since.elapsed());
        }
        Poll::Ready(match next {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                self.bytes = self.bytes.saturating_add(bytes);
                Progress::Frame(frame)
            }
            Some(Err(error)) => Progress::End(Some(error)),
            None => Progress::End(None),
        })
    }

    fn poll_overdue(&mut self, context: &mut Context) -> Poll<()> {
        let (_, end) = self.waiting.get_or_insert_with(|| {
            let earned = Duration::from_secs_f64(self.bytes as f64 / LEAST_RATE);
            let left = self.timeout.saturating_add(earned).saturating_sub(self.waited);
            (Instant::now(), Box::pin(tokio::time::sleep(left.min(self.timeout))))
        });
        end.as_mut().poll(context)
    }
}

/// A body of which the rest is read when it is dropped.
struct Drained {
    body: Option<Timed>,
    /// Whether the sender waits until the body is asked for; reading is asking.
    waits: bool,
    overdue: Arc<AtomicBool>,
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
        let error = match std::task::ready!(body.poll(context)) {
            Progress::Frame(frame) => return Poll::Ready(Some(Ok(frame))),
            Progress::End(error) => error,
            Progress::Overdue => {
                self.overdue.store(true, Ordering::SeqCst);
                Some(axum::Error::new("the body did not go on in time"))
            }
        };
        self.body = None;
        Poll::Ready(error.map(Err))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(|timed| timed.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map(|timed| timed.body.size_hint()).unwrap_or_default()
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

async fn drain(mut rest: Timed) {
    let mut left = MOST;
    while let Progress::Frame(frame) = std::future::poll_fn(|context| rest.poll(context)).await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use axum::http::Request;

    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(30);

    /// Gives so many bytes after so many milliseconds, and never ends.
    struct Slow {
        left: VecDeque<(u64, usize)>,
        wait: Option<Pin<Box<Sleep>>>,
    }

    impl http_body::Body for Slow {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context,
        ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            let Some(&(millis, bytes)) = self.left.front() else { return Poll::Pending };
            let sleep = || Box::pin(tokio::time::sleep(Duration::from_millis(millis)));
            std::task::ready!(self.wait.get_or_insert_with(sleep).as_mut().poll(context));
            self.wait = None;
            self.left.pop_front();
            Poll::Ready(Some(Ok(Frame::data(vec![0; bytes].into()))))
        }
    }

    /// After how many seconds a body is given up, and how much of it came before.
    async fn given_up(left: impl IntoIterator<Item = (u64, usize)>) -> (u64, usize) {
        let slow = Slow { left: left.into_iter().collect(), wait: None };
        let (request, overdue) = drained(Request::new(Body::new(slow)), TIMEOUT);
        let mut body = request.into_body();
        let (start, mut bytes) = (Instant::now(), 0);
        while let Some(Ok(frame)) =
            std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            bytes += frame.data_ref().map_or(0, Bytes::len);
        }
        assert!(overdue.load(Ordering::SeqCst));
        (start.elapsed().as_secs(), bytes)
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_pauses_or_drips_is_given_up() {
        assert_eq!(given_up([]).await, (30, 0));
        assert_eq!(given_up([(29_000, 100_000), (29_000, 1)]).await, (88, 100_001));
        assert_eq!(given_up([(0, 1_000_000), (31_000, 1)]).await, (30, 1_000_000));
        assert_eq!(given_up(std::iter::repeat_n((1000, 1), 1000)).await, (30, 30));
        assert_eq!(given_up(std::iter::repeat_n((1000, 1000), 100)).await, (130, 100_000));
    }
}
