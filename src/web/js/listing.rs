//! Walking the pages of a listing, for surface.js.

use std::cell::RefCell;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::error::fields;
use crate::error::{Error, ErrorKind};
use crate::operation::Spec;
use crate::pages::{self, Next};
use crate::text::concat;
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
    /// What follows this page: the cursor of the next one, `undefined` for none, or what is wrong
    /// with it, as the fields of an `ApiError`.
    pub fn turn(&self, answer: JsValue) -> JsValue {
        let (answer, key) = (Value(answer), self.spec.pages.unwrap_or_default());
        let has_items = answer.get(key).is_some_and(|items| items.kind() == Kind::List);
        let mut at = self.at.borrow_mut();
        let next = has_items.then(|| at.turn(answer.get_text("nextCursor")));
        let fault = match next {
            Some(Next::Page) => return at.cursor.as_deref().into(),
            Some(Next::End) => return JsValue::UNDEFINED,
            Some(Next::Stuck) => "the service gave the same cursor twice".into(),
            None => concat(&["the answer has no list \"", key, "\""]),
        };
        fields(&Error::new(ErrorKind::Decode, self.spec.id, &fault))
    }
}
