//! Runs the futures of calls on the events of JavaScript (events.js).
//!
//! It stands in for `wasm-bindgen-futures`, which makes two closures for each promise that is
//! awaited, a tenth of what a call costs; and which a trap ends: the promises of all calls would
//! stay pending for ever, and the process of Node would die of an exception that nobody caught.
//! Here everything that enters the wasm comes through events.js, which catches it: the call that
//! failed is rejected, and the others go on.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure, prelude::wasm_bindgen};

use crate::host::Local;

#[wasm_bindgen(module = "/src/web/events.js")]
extern "C" {
    fn listen(on_event: &JsValue, on_trap: &JsValue);
    fn soon();
    fn end(id: f64);
    fn monotonic() -> f64;
    fn defer() -> Deferred;
    fn settle(deferred: &Deferred, value: &JsValue, failed: bool);
    fn fail(deferred: &Deferred, fault: &JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// A promise, beside what settles it.
    #[derive(Clone)]
    pub type Deferred;
    #[wasm_bindgen(method, getter, structural)]
    fn promise(this: &Deferred) -> Promise;

    /// What an event came to.
    pub(super) type Outcome;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn failure(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn cause(this: &Outcome) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn value(this: &Outcome) -> JsValue;
}

thread_local! {
    static LOOP: Loop = const { Loop::new() };
}

/// All that is under way. Nothing of it is borrowed while a task runs, so that a trap leaves it
/// whole.
struct Loop {
    /// In the order of their ids.
    tasks: RefCell<Vec<Task>>,
    /// In the order of their ids.
    events: RefCell<Vec<Expected>>,
    /// The tasks that are to go on.
    woken: RefCell<VecDeque<f64>>,
    /// The task that runs.
    running: Cell<Option<f64>>,
    /// What time it was when the task that runs first asked.
    time: Cell<Option<f64>>,
    /// Whether somebody sees to those that are to go on.
    busy: Cell<bool>,
    listens: Cell<bool>,
    last_id: Cell<f64>,
}

struct Task {
    id: f64,
    /// What is to be done, and what wakes it; `None` while it runs.
    work: Option<(Local<'static, Result<JsValue, JsValue>>, Waker)>,
    deferred: Option<Deferred>,
}

/// An event that somebody waits for.
struct Expected {
    id: f64,
    waker: Option<Waker>,
    outcome: Option<JsValue>,
}

impl Loop {
    const fn new() -> Loop {
        Loop {
            tasks: RefCell::new(Vec::new()),
            events: RefCell::new(Vec::new()),
            woken: RefCell::new(VecDeque::new()),
            running: Cell::new(None),
            time: Cell::new(None),
            busy: Cell::new(false),
            listens: Cell::new(false),
            last_id: Cell::new(0.0),
        }
    }

    fn next_id(&self) -> f64 {
        if !self.listens.replace(true) {
            let on_event = Closure::<dyn Fn(f64, JsValue)>::new(|id, outcome| {
                LOOP.with(|it| it.happened(id, outcome));
            });
            let on_trap = Closure::<dyn Fn(JsValue)>::new(|fault: JsValue| {
                LOOP.with(|it| it.trapped(&fault));
            });
            listen(&on_event.into_js_value(), &on_trap.into_js_value());
        }
        self.last_id.set(self.last_id.get() + 1.0);
        self.last_id.get()
    }

    fn happened(&self, id: f64, outcome: JsValue) {
        let waker = find(&mut self.events.borrow_mut(), id, |it| it.id).and_then(|expected| {
            expected.outcome = Some(outcome);
            expected.waker.take()
        });
        let was_busy = self.busy.replace(true);
        if let Some(waker) = waker {
            waker.wake();
        }
        self.busy.set(was_busy);
        self.run();
    }

    /// Lets all tasks go on that can, unless that is being done.
    fn run(&self) {
        if self.busy.replace(true) {
            return;
        }
        loop {
            let mut woken = self.woken.borrow_mut();
            let Some(id) = woken.pop_front() else { break };
            drop(woken);
            self.poll(id);
        }
        self.busy.set(false);
    }

    fn poll(&self, id: f64) {
        let work =
            find(&mut self.tasks.borrow_mut(), id, |it| it.id).and_then(|task| task.work.take());
        let Some((mut future, waker)) = work else { return };
        self.running.set(Some(id));
        self.time.set(None);
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        self.running.set(None);
        match polled {
            Poll::Pending => {
                if let Some(task) = find(&mut self.tasks.borrow_mut(), id, |it| it.id) {
                    task.work = Some((future, waker));
                }
            }
            Poll::Ready(result) => {
                let deferred = self.remove(id);
                drop(future);
                if let Some(deferred) = deferred {
                    match result {
                        Ok(value) => settle(&deferred, &value, false),
                        Err(value) => settle(&deferred, &value, true),
                    }
                }
            }
        }
    }

    /// Rejects the task that trapped, if it was one, and goes on with the others.
    fn trapped(&self, fault: &JsValue) {
        self.busy.set(false);
        if let Some(deferred) = self.running.take().and_then(|id| self.remove(id)) {
            fail(&deferred, fault);
        }
        self.run();
    }

    fn spawn(&self, deferred: Option<Deferred>, future: Local<'static, Result<JsValue, JsValue>>) {
        let id = self.next_id();
        let work = Some((future, Waker::from(Arc::new(Alarm(id)))));
        self.tasks.borrow_mut().push(Task { id, work, deferred });
        self.woken.borrow_mut().push_back(id);
        self.run();
    }

    /// Forgets a task, and gives what settles it.
    fn remove(&self, id: f64) -> Option<Deferred> {
        let mut tasks = self.tasks.borrow_mut();
        let at = tasks.binary_search_by(|task| task.id.total_cmp(&id)).ok()?;
        tasks.remove(at).deferred
    }
}

/// Wakes a task.
struct Alarm(f64);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        LOOP.with(|it| {
            it.woken.borrow_mut().push_back(self.0);
            if !it.busy.get() {
                soon();
            }
        });
    }
}

/// What is in a list that is sorted by ids.
fn find<T>(list: &mut [T], id: f64, id_of: impl Fn(&T) -> f64) -> Option<&mut T> {
    let at = list.binary_search_by(|it| id_of(it).total_cmp(&id)).ok()?;
    list.get_mut(at)
}

/// The time by a clock that only goes forward, in milliseconds. For a task it stands still while it
/// runs: asking for it costs more than most that is done with it.
pub(super) fn now() -> f64 {
    LOOP.with(|it| {
        let time = it.time.get().filter(|_| it.running.get().is_some());
        let now = time.unwrap_or_else(monotonic);
        it.time.set(Some(now));
        now
    })
}

/// Runs a future to its end, whoever waits for it or not.
pub(super) fn spawn(future: Local<'static, ()>) {
    let future = Box::pin(async {
        future.await;
        Ok(JsValue::UNDEFINED)
    });
    LOOP.with(|it| it.spawn(None, future));
}

/// Settles `deferred` by what a future comes to.
#[cfg(feature = "js")]
pub(super) fn promise_by(deferred: Deferred, future: Local<'static, Result<JsValue, JsValue>>) {
    LOOP.with(|it| it.spawn(Some(deferred), future));
}

/// The promise of what a future comes to.
#[cfg(feature = "js")]
pub(super) fn promise(future: Local<'static, Result<JsValue, JsValue>>) -> Promise {
    let deferred = defer();
    let promise = deferred.promise();
    promise_by(deferred, future);
    promise
}

/// An event that JavaScript tells of by its id. Dropped before that, it ends what it waits for.
pub(super) struct Event {
    id: f64,
    is_over: bool,
}

/// What `begin` will come to, which is given the id to tell by.
pub(super) fn event(begin: impl FnOnce(f64)) -> Event {
    let id = LOOP.with(|it| {
        let id = it.next_id();
        it.events.borrow_mut().push(Expected { id, waker: None, outcome: None });
        id
    });
    begin(id);
    Event { id, is_over: false }
}

impl Future for Event {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        LOOP.with(|it| {
            let mut events = it.events.borrow_mut();
            let Some(expected) = find(&mut events, self.id, |it| it.id) else {
                return Poll::Pending;
            };
            match expected.outcome.take() {
                Some(outcome) => {
                    self.is_over = true;
                    Poll::Ready(outcome.unchecked_into())
                }
                None => {
                    expected.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        LOOP.with(|it| {
            let mut events = it.events.borrow_mut();
            if let Ok(at) = events.binary_search_by(|it| it.id.total_cmp(&self.id)) {
                events.remove(at);
            }
        });
        if !self.is_over {
            end(self.id);
        }
    }
}
