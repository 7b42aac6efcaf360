//! A listing as JavaScript holds it: the class `Listing` (listing.js) over a walk.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::error::Trace;
use super::promise;
use crate::client::{CallOptions, Client};
use crate::error::{Error, ErrorKind};
use crate::operation::Spec;
use crate::pages::{self, Next};
use crate::request::Parts;
use crate::value::{Kind, Value};

#[wasm_bindgen(module = "/src/web/js/listing.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeListing)]
    fn make_listing(walk: Walk, key: &str) -> JsValue;
}

/// What a call was given: the arguments of the first page, the options, the cap of pages.
pub(super) type Prepared = Result<(Parts, CallOptions, Option<u32>), Error>;

/// The listing that a call returns.
pub(super) fn listing(
    client: Client,
    spec: &'static Spec,
    key: &'static str,
    prepared: Prepared,
    trace: Trace,
) -> JsValue {
    make_listing(Walk::new(Rc::new(Call { client, spec, key, prepared, trace })), key)
}

/// The call that a listing is.
struct Call {
    client: Client,
    spec: &'static Spec,
    key: &'static str,
    prepared: Prepared,
    trace: Trace,
}

/// A walk along the pages of a listing.
#[wasm_bindgen(skip_typescript)]
pub struct Walk {
    call: Rc<Call>,
    /// `None` after the last page.
    at: Rc<RefCell<Option<pages::Walk>>>,
}

#[wasm_bindgen]
impl Walk {
    /// Another walk, from the start.
    pub fn again(&self) -> Walk {
        Walk::new(self.call.clone())
    }

    /// The answer with the first page, as the service gave it.
    pub fn first(&self) -> Promise {
        let call = self.call.clone();
        promise(call.trace.clone(), async move { call.page(None).await })
    }

    /// The answer with the next page; `undefined` after the last.
    pub fn next(&self) -> Promise {
        let (call, at) = (self.call.clone(), self.at.clone());
        promise(call.trace.clone(), async move {
            let Some(mut walk) = at.borrow().clone() else { return Ok(None) };
            let page = call.page(walk.cursor.as_deref()).await?;
            let answer = page.as_ref().filter(|answer| call.has_items(answer));
            let next = answer.map(|answer| walk.turn(answer.get_text("nextCursor")));
            let fault = match next {
                Some(Next::Page) => {
                    at.replace(Some(walk));
                    return Ok(page);
                }
                Some(Next::End) => {
                    at.take();
                    return Ok(page);
                }
                Some(Next::Stuck) => "the service gave the same cursor twice".to_owned(),
                None => format!("the answer has no list \"{}\"", call.key),
            };
            Err(Error::new(ErrorKind::Decode, call.spec.id, &fault))
        })
    }

    fn new(call: Rc<Call>) -> Walk {
        let max_pages = call.prepared.as_ref().ok().and_then(|(_, _, max_pages)| *max_pages);
        let start = pages::Walk { max_pages, ..pages::Walk::default() };
        Walk { call, at: Rc::new(RefCell::new(Some(start))) }
    }
}

impl Call {
    /// The page at `cursor`; without one, the page that the call asked for.
    async fn page(&self, cursor: Option<&str>) -> Result<Option<Value>, Error> {
        let (parts, options, _) = self.prepared.as_ref().map_err(Error::clone)?;
        match cursor {
            None => self.client.send(self.spec, parts, options).await,
            Some(cursor) => {
                let mut parts = parts.clone();
                parts.set_query("cursor", cursor);
                self.client.send(self.spec, &parts, options).await
            }
        }
    }

    fn has_items(&self, answer: &Value) -> bool {
        answer.get(self.key).is_some_and(|items| items.kind() == Kind::List)
    }
}
