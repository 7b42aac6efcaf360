//! Long work for JavaScript: what flow.js makes methods of.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{Core, argument, either, given, options, outcome};
use crate::client::{CallOptions, Client};
use crate::error::Error;
use crate::flow::{Following, Running, Thread, Watching, Work};
use crate::value::Value;
use crate::web::event::tell;
use crate::web::task::{self, Deferred};

/// Work that began.
struct Begun {
    work: Box<dyn Work>,
    /// Is told what the work gives.
    listener: Option<JsValue>,
    /// Whether it gives what it would send, and that alone.
    is_dry: bool,
}

/// Work under way. What was wrong with its arguments comes with its first step.
#[wasm_bindgen(skip_typescript)]
pub struct Steps(Rc<RefCell<Option<Result<Begun, Error>>>>);

#[wasm_bindgen]
impl Steps {
    /// Settles `deferred` with what comes next: `undefined` when the work is done. One step at a
    /// time.
    pub fn next(&self, deferred: Deferred) {
        let work = self.0.clone();
        let next = given(Box::pin(async move {
            // While a step is under way there is no other work: a second one finds nothing to do.
            let Some(under_way) = work.take() else { return Ok(None) };
            let mut under_way = under_way?;
            let step = under_way.work.step().await;
            if !under_way.is_dry {
                if let (Some(listener), Ok(Some(Value(given)))) = (&under_way.listener, &step) {
                    tell(listener, given);
                }
                *work.borrow_mut() = Some(Ok(under_way));
            }
            step
        }));
        task::promise_by(deferred, outcome(next));
    }
}

#[wasm_bindgen]
impl Core {
    /// Begins long work, by its name. The signal `leaving` ends it as that of the options does.
    pub fn begin(
        &self,
        name: &str,
        args: Vec<JsValue>,
        options: JsValue,
        leaving: JsValue,
    ) -> Steps {
        let args = args.into_iter().map(argument).collect();
        Steps(Rc::new(RefCell::new(Some(begin(&self.0, name, args, options, &leaving)))))
    }
}

/// The work of a method that flow.js makes.
fn begin(
    client: &Client,
    name: &str,
    args: Vec<Option<Value>>,
    given: JsValue,
    leaving: &JsValue,
) -> Result<Begun, Error> {
    let mut args = args.into_iter();
    let mut arg = || args.next().flatten();
    let (name, fields, deadline_ms) = match name {
        "marketplace.orders.follow" => {
            ("marketplace.orders.follow", &options::FOLLOW, f64::INFINITY)
        }
        "notifications.watch" => ("notifications.watch", &options::WATCH, f64::INFINITY),
        "generation.run" => ("generation.run", &options::RUN, Running::DEADLINE_MS),
        "generation.resume" => ("generation.resume", &options::RUN, Running::DEADLINE_MS),
        "posts.thread" => ("posts.thread", &options::THREAD, f64::INFINITY),
        _ => ("posts.resumeThread", &options::RESUME, f64::INFINITY),
    };
    let given = options::work(name, fields, given)?;
    let signal = either(leaving, &given.call.signal.unwrap_or(JsValue::UNDEFINED));
    let signal = (!signal.is_undefined()).then_some(signal);
    let mut client = client.given(CallOptions { signal, ..given.call });
    client.end_in(given.deadline_ms.unwrap_or(deadline_ms));
    let is_dry = client.is_dry();
    let work: Box<dyn Work> = match name {
        "marketplace.orders.follow" => Box::new(Following::new(client, arg())),
        "notifications.watch" => Box::new(Watching::new(client, given.settings)),
        "generation.run" => Box::new(Running::new(client, arg(), given.retries)),
        "generation.resume" => Box::new(Running::resumed(client, arg(), given.retries)?),
        "posts.thread" => Box::new(Thread::new(client, arg(), given.chain)?),
        _ => Box::new(Thread::resumed(client, arg())?),
    };
    Ok(Begun { work, listener: given.listener, is_dry })
}
