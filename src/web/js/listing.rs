//! Walking the pages of a listing, for the class `Listing` (listing.js).

use std::cell::RefCell;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::promise;
use crate::error::{Error, ErrorKind};
use crate::operation::Spec;
use crate::pages::{self, Next};
use crate::value::{Kind, Value};

#[wasm_bindgen(module = "/src/web/js/listing.js")]
extern "C" {
    #[wasm_bindgen(js_name = wrapListings)]
    fn wrap_listings(resource: &JsValue, listings: &Array);
}

/// Makes the operations of `resource` that list something return a `Listing`.
pub(super) fn wrap(resource: &JsValue, operations: &[&'static Spec]) {
    let listings = operations.iter().filter_map(|spec| {
        let start = Walk { spec, key: spec.pages?, at: RefCell::default() };
        let Value(listing) = Value::object(&[
            ("name", spec.id.rsplit('.').next()?.into()),
            ("key", start.key.into()),
            ("start", Value(start.into())),
        ]);
        Some(listing)
    });
    wrap_listings(resource, &listings.collect());
}

/// A walk along the pages of a listing.
#[wasm_bindgen(skip_typescript)]
pub struct Walk {
    spec: &'static Spec,
    key: &'static str,
    at: RefCell<pages::Walk>,
}

#[wasm_bindgen]
impl Walk {
    /// Another walk, from the start.
    pub fn again(&self, max_pages: Option<f64>) -> Walk {
        // More than fit are as good as all.
        let max_pages = max_pages.map(|max| max as u32);
        let start = pages::Walk { max_pages, ..pages::Walk::default() };
        Walk { spec: self.spec, key: self.key, at: RefCell::new(start) }
    }

    /// The cursor of the next page to ask for.
    #[wasm_bindgen(getter)]
    pub fn cursor(&self) -> Option<String> {
        self.at.borrow().cursor.clone()
    }

    /// Whether another page follows this one.
    pub fn turn(&self, answer: JsValue) -> Promise {
        let answer = Value(answer);
        let has_items = answer.get(self.key).is_some_and(|items| items.kind() == Kind::List);
        let next = has_items.then(|| self.at.borrow_mut().turn(answer.get_text("nextCursor")));
        let fault = |fault: &str| Err(Error::new(ErrorKind::Decode, self.spec.id, fault));
        let more = match next {
            Some(Next::Page) => Ok(Some(Value(true.into()))),
            Some(Next::End) => Ok(Some(Value(false.into()))),
            Some(Next::Stuck) => fault("the service gave the same cursor twice"),
            None => fault(&format!("the answer has no list \"{}\"", self.key)),
        };
        promise(async move { more })
    }
}
