//! Long work for JavaScript: what flow.js makes methods of.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{Core, argument, given, options, outcome};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::flow::{Following, Work};
use crate::value::Value;
use crate::web::task::{self, Deferred};

/// Work that began, or why it could not.
type Begun = Result<Box<dyn Work>, Error>;

/// Work under way. What was wrong with its arguments comes with its first step.
#[wasm_bindgen(skip_typescript)]
pub struct Steps(Rc<RefCell<Option<Begun>>>);

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
            let step = under_way.step().await;
            *work.borrow_mut() = Some(Ok(under_way));
            step
        }));
        task::promise_by(deferred, outcome(next));
    }
}

#[wasm_bindgen]
impl Core {
    /// Begins long work, by its name.
    pub fn begin(&self, name: &str, args: Vec<JsValue>, options: JsValue) -> Steps {
        let args = args.into_iter().map(argument).collect();
        Steps(Rc::new(RefCell::new(Some(begin(&self.0, name, args, options)))))
    }
}

/// The work of a method that flow.js makes.
fn begin(client: &Client, name: &str, args: Vec<Option<Value>>, given: JsValue) -> Begun {
    let mut args = args.into_iter();
    let mut arg = || args.next().flatten();
    match name {
        "marketplace.orders.follow" => {
            let (call, _) = options::work("marketplace.orders.follow", &options::FOLLOW, given)?;
            Ok(Box::new(Following::new(client.given(call), arg())))
        }
        _ => Err(Error::new(ErrorKind::Internal, "begin", "there is no work of this name")),
    }
}
