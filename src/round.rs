//! One does the work that several need; the others wait and share what came of it.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A round of work, if one is under way.
pub(crate) struct Round<T>(RefCell<Option<Rc<RefCell<State<T>>>>>);

struct State<T> {
    result: Option<T>,
    waiting: Vec<Waker>,
}

impl<T> Default for Round<T> {
    fn default() -> Round<T> {
        Round(RefCell::new(None))
    }
}

impl<T: Clone> Round<T> {
    /// The result of the round under way; without one, that of `work`.
    pub(crate) async fn join(&self, work: impl Future<Output = T>) -> T {
        loop {
            let under_way = self.0.borrow().clone();
            let Some(state) = under_way else { return self.lead(work).await };
            let result = poll_fn(|context| {
                let mut its = state.borrow_mut();
                match &its.result {
                    Some(result) => Poll::Ready(Some(result.clone())),
                    // Its leader was dropped: somebody else must do the work.
                    None if !self.is_under_way(&state) => Poll::Ready(None),
                    None => {
                        its.waiting.push(context.waker().clone());
                        Poll::Pending
                    }
                }
            });
            if let Some(result) = result.await {
                return result;
            }
        }
    }

    fn is_under_way(&self, state: &Rc<RefCell<State<T>>>) -> bool {
        self.0.borrow().as_ref().is_some_and(|now| Rc::ptr_eq(now, state))
    }

    async fn lead(&self, work: impl Future<Output = T>) -> T {
        let state = Rc::new(RefCell::new(State { result: None, waiting: Vec::new() }));
        self.0.replace(Some(state.clone()));
        let end = End { round: self, state };
        let result = work.await;
        end.state.borrow_mut().result = Some(result.clone());
        result
    }
}

/// Ends the round, also when its leader is dropped half-way.
struct End<'a, T> {
    round: &'a Round<T>,
    state: Rc<RefCell<State<T>>>,
}

impl<T> Drop for End<'_, T> {
    fn drop(&mut self) {
        self.round.0.take();
        let waiting = std::mem::take(&mut self.state.borrow_mut().waiting);
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Round;
    use crate::host::yield_once;
    use futures_util::{FutureExt, future::join_all};
    use std::cell::Cell;

    #[test]
    fn the_work_is_done_once_for_all_who_come_meanwhile() {
        let (round, done) = (Round::default(), Cell::new(0));
        let work = || async {
            yield_once().await;
            done.set(done.get() + 1);
            done.get()
        };
        let results = join_all((0..5).map(|_| round.join(work()))).now_or_never();
        assert_eq!(results, None, "nobody wakes them");
        let all = join_all((0..5).map(|_| round.join(work())));
        assert_eq!(crate::Script::default().run(all), [1; 5]);
        assert_eq!(crate::Script::default().run(round.join(work())), 2);
    }

    #[test]
    fn a_leader_that_is_dropped_is_replaced() {
        let round = Round::default();
        let mut leader = Box::pin(round.join(async {
            yield_once().await;
            1
        }));
        assert_eq!((&mut leader).now_or_never(), None);
        let mut follower = Box::pin(round.join(async { 2 }));
        let mut other = Box::pin(round.join(async { 3 }));
        assert_eq!((&mut follower).now_or_never(), None);
        assert_eq!((&mut other).now_or_never(), None);
        drop(leader);
        assert_eq!(follower.now_or_never(), Some(2));
        assert_eq!(other.now_or_never(), Some(3));
    }
}
