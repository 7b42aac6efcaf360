//! One does the work that several need; the others wait and share what came of it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// How long a round may be under way, in milliseconds. Whoever works on one that takes longer is gone:
/// a fault of the client ended it.
const LONGEST_MS: f64 = 120_000.0;

/// A round of work, if one is under way, and when it began.
pub(crate) struct Round<T>(RefCell<Option<(Shared<T>, f64)>>);

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
    pub(crate) fn under_way(&self, now: f64) -> Option<Shared<T>> {
        let under_way = self.0.borrow();
        let (round, _) = under_way.as_ref().filter(|(_, began)| now - began < LONGEST_MS)?;
        Some(round.clone())
    }

    /// Begins a round. Whoever begins it ends it.
    pub(crate) fn begin(&self, now: f64) -> Shared<T> {
        let state = Rc::new(RefCell::new(State { result: None, waiting: Vec::new() }));
        self.0.replace(Some((state.clone(), now)));
        state
    }

    /// Ends a round: those who wait get its result, those who come later begin another.
    pub(crate) fn end(&self, round: &Shared<T>, result: T) {
        self.0.borrow_mut().take_if(|(under_way, _)| Rc::ptr_eq(under_way, round));
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
        assert!(round.under_way(0.0).is_none());
        let state = round.begin(0.0);
        let wait = || Box::pin(result_of(round.under_way(0.0).unwrap()));
        let (mut one, mut other) = (wait(), wait());
        assert_eq!((&mut one).now_or_never(), None);
        assert_eq!((&mut other).now_or_never(), None);
        round.end(&state, 7);
        assert_eq!((one.now_or_never(), other.now_or_never()), (Some(7), Some(7)));
        assert!(round.under_way(0.0).is_none());
    }

    #[test]
    fn a_round_that_nobody_ends_is_not_waited_for_for_ever() {
        let round: Round<()> = Round::default();
        round.begin(1_000.0);
        assert!(round.under_way(120_999.0).is_some());
        assert!(round.under_way(121_000.0).is_none());
    }
}
