//! Telling a request instead of sending it.

use super::{Client, headers};
use crate::host::Content;
use crate::operation::{Auth, Spec, Take};
use crate::request::Parts;
use crate::rules::Shape;
use crate::session::Credentials;
use crate::value::Value;

impl Client {
    /// Whether a call is told instead of sent.
    pub(crate) fn is_dry(&self) -> bool {
        self.call.dry_run || self.inner.options.dry_run
    }

    /// The request that a call would send: `method`, `url`, `headers` and `body`, its secrets masked.
    pub(crate) fn dry_run(&self, spec: &'static Spec, parts: &Parts) -> Value {
        let signs = match (spec.auth, &*self.inner.credentials.borrow()) {
            (Auth::None, _) | (Auth::Optional, Credentials::None) => None,
            _ => Some("[token]"),
        };
        let headers = headers(parts, &self.call, self.key(), signs);
        let headers: Vec<_> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
        let request = Value::object(&[
            ("dryRun", true.into()),
            ("method", spec.method.name().into()),
            ("url", parts.url(&self.inner.base).as_str().into()),
            ("headers", Value::object(&headers)),
        ]);
        match &parts.content {
            Some(Content::Json(text)) => match text.parse() {
                Some(body) => request.with("body", masked(spec, body)),
                None => request,
            },
            Some(Content::Form(_)) => request.with("body", "[form]".into()),
            None => request,
        }
    }
}

/// A body without what nobody may see.
fn masked(spec: &Spec, mut body: Value) -> Value {
    for take in spec.takes {
        let Take::Body(fields) = take else { continue };
        for field in fields.fields.iter().filter(|field| matches!(field.shape, Shape::Secret)) {
            if body.get(field.name).is_some() {
                body = body.with(field.name, "[secret]".into());
            }
        }
    }
    body
}
