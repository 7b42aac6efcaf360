//! One does the work that several need; the others wait and share what came of it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A round of work, if one is under way.
pub(crate) struct Round<T>(RefCell<Option<Shared<T>>>);

/// A round, as those who wait for it share it.
pub(crate) type Shared<T> = Rc<RefCell<State<T>>>;

pub(crate) struct State<T> {
    result: Option<T>,
    waiting: Vec<Waker>,
}

impl<T> Default for Round<T> {
    fn default() -> Round<T> {
        Round(RefCell::new(None))
    }
}

impl<T> Round<T> {
    pub(crate) fn under_way(&self) -> Option<Shared<T>> {
        self.0.borrow().clone()
    }

    /// Begins a round. Whoever begins it ends it.
    pub(crate) fn begin(&self) -> Shared<T> {
        let state = Rc::new(RefCell::new(State { result: None, waiting: Vec::new() }));
        self.0.replace(Some(state.clone()));
        state
    }

    /// Ends a round: those who wait get its result, those who come later begin another.
    pub(crate) fn end(&self, round: &Shared<T>, result: T) {
        self.0.take();
        let waiting = {
            let mut state = round.borrow_mut();
            state.result = Some(result);
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// The result of a round, when it ends.
pub(crate) async fn result_of<T: Clone>(round: Shared<T>) -> T {
    poll_fn(|context| {
        let mut state = round.borrow_mut();
        match &state.result {
            Some(result) => Poll::Ready(result.clone()),
            None => {
                state.waiting.push(context.waker().clone());
                Poll::Pending
            }
        }
    })
    .await
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Round, result_of};
    use futures_util::FutureExt;

    #[test]
    fn all_who_wait_get_the_result_and_who_comes_later_does_not() {
        let round = Round::default();
        assert!(round.under_way().is_none());
        let state = round.begin();
        let wait = || Box::pin(result_of(round.under_way().unwrap()));
        let (mut one, mut other) = (wait(), wait());
        assert_eq!((&mut one).now_or_never(), None);
        assert_eq!((&mut other).now_or_never(), None);
        round.end(&state, 7);
        assert_eq!((one.now_or_never(), other.now_or_never()), (Some(7), Some(7)));
        assert!(round.under_way().is_none());
    }
}
