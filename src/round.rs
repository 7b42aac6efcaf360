//! One does the work that several need; the others wait and share what came of it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A round of work, if one is under way.
pub(crate) struct Round<T>(RefCell<Option<Rc<RefCell<State<T>>>>>);

pub(crate) struct State<T> {
    result: Option<T>,
    waiting: Vec<Waker>,
}

impl<T> Default for Round<T> {
    fn default() -> Round<T> {
        Round(RefCell::new(None))
    }
}

impl<T: Clone> Round<T> {
    pub(crate) fn is_under_way(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Begins a round. Whoever begins it ends it.
    pub(crate) fn begin(&self) -> Rc<RefCell<State<T>>> {
        let state = Rc::new(RefCell::new(State { result: None, waiting: Vec::new() }));
        self.0.replace(Some(state.clone()));
        state
    }

    /// Ends a round: those who wait get its result, those who come later begin another.
    pub(crate) fn end(&self, state: &RefCell<State<T>>, result: T) {
        self.0.take();
        let waiting = {
            let mut state = state.borrow_mut();
            state.result = Some(result);
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// The result of the round under way, when it ends.
    pub(crate) async fn result(&self) -> T {
        let state = self.0.borrow().clone();
        poll_fn(|context| {
            // Without a round there is nothing to wait for; nobody asks then.
            let Some(state) = &state else { return Poll::Pending };
            let mut its = state.borrow_mut();
            match &its.result {
                Some(result) => Poll::Ready(result.clone()),
                None => {
                    its.waiting.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Round;
    use futures_util::FutureExt;

    #[test]
    fn all_who_wait_get_the_result_and_who_comes_later_does_not() {
        let round = Round::default();
        assert!(!round.is_under_way());
        let state = round.begin();
        let (mut one, mut other) = (Box::pin(round.result()), Box::pin(round.result()));
        assert_eq!((&mut one).now_or_never(), None);
        assert_eq!((&mut other).now_or_never(), None);
        round.end(&state, 7);
        assert_eq!((one.now_or_never(), other.now_or_never()), (Some(7), Some(7)));
        assert!(!round.is_under_way());
    }
}
