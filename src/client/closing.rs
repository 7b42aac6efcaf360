//! What waits for a client, and must not wait on when it is closed.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Poll, Waker};

/// Whether a client is closed, and the waits to end when it is.
#[derive(Default)]
pub(super) struct Closing {
    is_closed: Cell<bool>,
    last_id: Cell<u64>,
    waiting: RefCell<Vec<(u64, Waker)>>,
}

/// A wait, which is forgotten when it is over.
struct Waiting<'a>(&'a Closing, u64);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.borrow_mut().retain(|(id, _)| *id != self.1);
    }
}

impl Closing {
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    pub(super) fn close(&self) {
        self.is_closed.set(true);
        let waiting = self.waiting.take();
        waiting.into_iter().for_each(|(_, waker)| waker.wake());
    }

    /// What `work` comes to; `None` when the client is closed before.
    pub(super) async fn unless_closed<T>(
        &self,
        mut work: Pin<&mut dyn Future<Output = T>>,
    ) -> Option<T> {
        self.last_id.set(self.last_id.get() + 1);
        let waiting = Waiting(self, self.last_id.get());
        poll_fn(|context| {
            if self.is_closed() {
                return Poll::Ready(None);
            }
            let polled = work.as_mut().poll(context).map(Some);
            // The work itself may have closed the client.
            if polled.is_pending() && !self.is_closed() {
                let mut all = self.waiting.borrow_mut();
                if !all.iter().any(|(id, _)| *id == waiting.1) {
                    all.push((waiting.1, context.waker().clone()));
                }
            }
            polled
        })
        .await
    }
}
