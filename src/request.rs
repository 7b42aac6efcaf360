//! From an operation and its arguments to what stands on the wire.

use crate::error::{Error, Issue};
use crate::host::Content;
use crate::operation::{Method, Spec, Take};
use crate::rules::{Context, Fields, Given, Nulls, Shape};
use crate::text::join;
use crate::value::{Form, Kind, Value, encode};

/// The checked arguments of a call, in the form in which they are sent.
#[derive(Default)]
pub struct Parts {
    /// The path, its holes filled.
    pub path: String,
    /// `key=value` pairs, encoded, in the order of the operation's fields.
    pub query: Vec<(&'static str, String)>,
    pub content: Option<Content>,
    /// What stands in the body and nobody else may see.
    pub secrets: Vec<String>,
    /// A post whose files are uploaded before.
    pub files: Option<Box<Files>>,
}

/// The files of a post, and the post without them.
pub struct Files {
    pub post: Value,
    /// The ids of files that were uploaded before.
    pub ids: Vec<Value>,
    /// The operation that uploads them: no post has images and a video.
    pub spec: &'static Spec,
    pub uploads: Vec<Parts>,
}

impl Parts {
    /// Places the arguments, or tells every fault of every argument.
    ///
    /// `args` are in the order of `spec.takes`; `None` is an argument that was left out.
    pub fn new(
        spec: &'static Spec,
        args: &[Option<Value>],
        context: &Context,
    ) -> Result<Parts, Error> {
        let mut segments = Vec::new();
        let mut parts = Parts::default();
        let mut issues = Vec::new();
        for (at, take) in spec.takes.iter().enumerate() {
            let arg = args.get(at).and_then(Option::as_ref);
            match *take {
                Take::Path { name, shape } => match segment(name, shape, arg) {
                    Ok(segment) => segments.push(segment),
                    Err(issue) => issues.push(issue),
                },
                Take::Query(fields) => {
                    let context = Context { nulls: Nulls::Absent, ..*context };
                    if let Some(given) = checked(fields, arg, &context, &mut issues) {
                        parts.query = pairs(&given);
                    }
                }
                Take::Body(fields) => {
                    let given = checked(fields, arg, context, &mut issues);
                    // A body that may be left out is, when nothing is in it. A change of nothing
                    // says so.
                    let may_be_left_out = fields.may_be_left_out() && spec.method == Method::POST;
                    let value = arg.filter(|it| !may_be_left_out || it.size() > 0);
                    if let (Some(value), Some(given)) = (value, given) {
                        parts.secrets = secrets(&given);
                        parts.content = unmarked(value, &given).to_json().map(Content::Json);
                        if parts.content.is_none() {
                            issues.push(Issue::new("", "JSON", "no JSON"));
                        }
                    }
                }
                Take::Form(fields) => {
                    if let Some(given) = checked(fields, arg, context, &mut issues) {
                        parts.content = Form::new(&named(given)).map(Content::Form);
                        if parts.content.is_none() {
                            issues.push(Issue::new("", "a form", "no form"));
                        }
                    }
                }
            }
        }
        if !issues.is_empty() {
            return Err(Error::invalid(spec.id, issues));
        }
        parts.path = fill(spec.path, segments);
        Ok(parts)
    }

    /// The URL to send to.
    pub fn url(&self, base: &str) -> String {
        // Room for most.
        let mut url = String::with_capacity(256);
        url.push_str(base);
        url.push_str(&self.path);
        for (at, (key, value)) in self.query.iter().enumerate() {
            url.push(if at == 0 { '?' } else { '&' });
            url.push_str(key);
            url.push('=');
            url.push_str(value);
        }
        url
    }
}

/// What there is of an argument that may be sent; its faults go to `issues`.
fn checked(
    fields: &Fields,
    arg: Option<&Value>,
    context: &Context,
    issues: &mut Vec<Issue>,
) -> Option<Vec<Given>> {
    match arg {
        Some(value) => {
            let (given, found) = fields.read(value, context);
            let right = found.is_empty();
            issues.extend(found);
            right.then_some(given)
        }
        None => {
            if !fields.may_be_left_out() {
                issues.push(Issue::new("", &fields.expected(), "nothing"));
            }
            None
        }
    }
}

/// What is given, by the names of its fields.
pub(crate) fn named(given: Vec<Given>) -> Vec<(&'static str, Value)> {
    given.into_iter().map(|(field, value)| (field.name, value)).collect()
}

/// The texts of a body that nobody else may see.
fn secrets(given: &[Given]) -> Vec<String> {
    let secret = given.iter().filter(|(field, _)| matches!(field.shape, Shape::Secret));
    secret.filter_map(|(_, value)| value.text()).collect()
}

/// The body with its names as they are sent: without the mark that callers may put before them.
fn unmarked(body: &Value, given: &[Given]) -> Value {
    let mut body = body.clone();
    for (field, value) in given {
        if let Shape::Marked(mark) = field.shape
            && let Some(text) = value.text()
            && let Some(name) = text.strip_prefix(mark)
        {
            body = body.with(field.name, name.into());
        }
    }
    body
}

/// A segment of the path: encoded, and never one that a URL parser would walk up or drop.
fn segment(name: &str, shape: Shape, arg: Option<&Value>) -> Result<String, Issue> {
    let Some(arg) = arg else {
        return Err(Issue::new(name, &shape.expected(), "nothing"));
    };
    let Some(text) = arg.text() else {
        return Err(Issue::new(name, &shape.expected(), &arg.describe()));
    };
    let text = match shape {
        Shape::OneOf(words) if !words.contains(&text.as_str()) => {
            return Err(Issue::not_one_of(name, words, &text));
        }
        Shape::Marked(mark) => text.strip_prefix(mark).unwrap_or(&text),
        _ => &text,
    };
    match text {
        "" | "." | ".." => {
            let expected = "a name that is not empty, \".\" or \"..\"";
            Err(Issue::new(name, expected, &Issue::quote(text)))
        }
        _ => Ok(encode(text)),
    }
}

/// The pairs of a checked query.
fn pairs(given: &[Given]) -> Vec<(&'static str, String)> {
    given.iter().filter_map(|(field, value)| Some((field.name, scalar(value)?))).collect()
}

/// A value of a query.
fn scalar(value: &Value) -> Option<String> {
    match value.kind() {
        Kind::Text => value.text().map(|text| encode(&text)),
        Kind::Number => Some(value.digits()),
        Kind::Flag => value.flag().map(|flag| if flag { "true" } else { "false" }.into()),
        Kind::List => {
            let items: Vec<_> = value.items()?.iter().filter_map(Value::text).collect();
            let items: Vec<_> = items.iter().map(String::as_str).collect();
            Some(encode(&join(&items, ",")))
        }
        Kind::Null | Kind::Object | Kind::Other => None,
    }
}

/// `path` with its holes filled, in order.
fn fill(path: &str, segments: Vec<String>) -> String {
    let mut segments = segments.into_iter();
    let mut filled = String::with_capacity(path.len() + 24);
    let mut rest = path;
    while let Some((before, hole)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push_str(&segments.next().unwrap_or_default());
        rest = hole.split_once('}').map_or("", |(_, after)| after);
    }
    filled.push_str(rest);
    filled
}

/// A base URL without its closing slash, or what is wrong with it: https, or http to this very
/// machine, so that no token travels in the clear.
pub fn base_url(text: &str) -> Result<String, Issue> {
    let secure = text.strip_prefix("https://");
    let expected = match secure.or_else(|| text.strip_prefix("http://")) {
        None => "a URL that begins with https://",
        Some(rest) if !is_plain(rest) => "a URL of a host, a port and a path",
        Some(rest) if secure.is_none() && !is_loopback(rest) => "https, except for localhost",
        Some(_) => return Ok(text.trim_end_matches('/').to_owned()),
    };
    // What stands before an @ may be a password.
    let got = if text.contains('@') { "one with an @".into() } else { Issue::quote(text) };
    Err(Issue::new("options.baseUrl", expected, &got))
}

/// True for `host[:port][/path]` and nothing besides.
fn is_plain(rest: &str) -> bool {
    !rest.is_empty()
        && !rest.starts_with(['/', ':'])
        && rest.bytes().all(|b| b.is_ascii_graphic() && !b"?#@\\".contains(&b))
}

/// True for `localhost`, `[::1]` and a whole address of `127.0.0.0/8`, with or without a port. URL
/// parsers also take other forms of an address; here it is written in full.
fn is_loopback(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix("[::1]") {
        Some("") => ("localhost", ""),
        Some(rest) => (
            if rest.starts_with(':') { "localhost" } else { "" },
            rest.get(1..).unwrap_or_default(),
        ),
        None => authority.split_once(':').unwrap_or((authority, "")),
    };
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut octets = 0;
    let mut is_octet = |octet: &str| {
        octets += 1;
        let is_short = octet == "0" || !(octet.is_empty() || octet.starts_with('0'));
        is_short && is_digits(octet) && (octet.len() < 3 || octet.len() == 3 && octet <= "255")
    };
    let is_ipv4 = host.starts_with("127.") && host.split('.').all(&mut is_octet) && octets == 4;
    is_digits(port) && (host == "localhost" || is_ipv4)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::api::{agents, posts};
    use serde_json::json;

    fn url(spec: &'static Spec, args: &[Option<serde_json::Value>]) -> Result<String, String> {
        let args: Vec<_> = args.iter().map(|arg| arg.clone().map(Value)).collect();
        let parts =
            Parts::new(spec, &args, &Context::default()).map_err(|error| error.message.clone())?;
        Ok(parts.url("https://host"))
    }

    #[test]
    fn what_is_null_or_left_out_of_a_query_is_not_sent() {
        let list = &agents::specs::list;
        let nulls = json!({"limit": null, "search": "a", "verified": null});
        for (query, sent) in [
            (None, "https://host/api/agents"),
            (Some(json!({})), "https://host/api/agents"),
            (Some(nulls), "https://host/api/agents?search=a"),
        ] {
            assert_eq!(url(list, &[query]).as_deref(), Ok(sent));
        }
    }

    #[test]
    fn arguments_that_are_left_out_or_of_the_wrong_type_are_told() {
        const POST_ID: &str = "postId: expected a string";
        const BODY: &str = "the argument: expected an object with content";
        let comment = json!({"content": "x"});
        for (args, told) in [
            (vec![], format!("{POST_ID}, got nothing; {BODY}, got nothing")),
            (vec![Some(json!(7)), Some(comment)], format!("{POST_ID}, got the number 7")),
            (vec![Some(json!("p1")), Some(json!(null))], format!("{BODY}, got null")),
        ] {
            assert_eq!(url(&posts::specs::comment, &args), Err(told));
        }
    }
}
