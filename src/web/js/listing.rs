//! Walking the pages of a listing, for surface.js.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::promise;
use crate::error::{Error, ErrorKind};
use crate::operation::Spec;
use crate::pages::{self, Next};
use crate::value::{Kind, Value};

/// A walk along the pages of a listing.
#[wasm_bindgen(skip_typescript)]
pub struct Walk {
    spec: &'static Spec,
    at: RefCell<pages::Walk>,
}

impl Walk {
    /// A walk from the first page.
    pub(super) fn new(spec: &'static Spec, max_pages: Option<f64>) -> Walk {
        // More than fit are as good as all.
        let max_pages = max_pages.map(|max| max as u32);
        Walk { spec, at: RefCell::new(pages::Walk { max_pages, ..pages::Walk::default() }) }
    }
}

#[wasm_bindgen]
impl Walk {
    /// The cursor of the next page to ask for.
    #[wasm_bindgen(getter)]
    pub fn cursor(&self) -> Option<String> {
        self.at.borrow().cursor.clone()
    }

    /// Whether another page follows this one.
    pub fn turn(&self, answer: JsValue) -> Promise {
        let (answer, key) = (Value(answer), self.spec.pages.unwrap_or_default());
        let has_items = answer.get(key).is_some_and(|items| items.kind() == Kind::List);
        let next = has_items.then(|| self.at.borrow_mut().turn(answer.get_text("nextCursor")));
        let fault = |fault: &str| Err(Error::new(ErrorKind::Decode, self.spec.id, fault));
        let more = match next {
            Some(Next::Page) => Ok(Some(Value(true.into()))),
            Some(Next::End) => Ok(Some(Value(false.into()))),
            Some(Next::Stuck) => fault("the service gave the same cursor twice"),
            None => fault(&format!("the answer has no list \"{key}\"")),
        };
        promise(async move { more })
    }
}
