//! The options of JavaScript, read and checked like every other argument.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::client::{Access, CallOptions, OnLimit, Options, reserved};
use crate::error::{Error, Issue};
use crate::flow::{READY_MS, Settings, Start, ThreadAs, posts};
use crate::host::Store;
use crate::model::NotificationType;
use crate::operation::{Medium, Spec, Take};
use crate::rules::{Argument, Context, Field, Fields, Limit, Nulls, Shape, Unit};
use crate::session::{Credentials, TokenSource, is_bearer};
use crate::text::concat;
use crate::value::{Kind, Value};
use crate::web::fetch::token;
use crate::web::{Storage, Web};

#[wasm_bindgen(module = "/src/web/js/options.js")]
extern "C" {
    /// The pairs of anything that a `Headers` can be made of.
    #[wasm_bindgen(catch, js_name = readHeaders)]
    fn read_headers(headers: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_name = newKey)]
    fn new_key() -> String;
}

/// What `connect` and `register` are given.
pub(super) struct Connection {
    pub options: Options,
    pub host: Web,
    /// For the one call that `register` is.
    pub call: CallOptions,
}

const fn optional(name: &'static str, shape: Shape, limit: Limit) -> Field {
    Field::new(name, false, shape, limit)
}

const BASE_URL: Field = optional("baseUrl", Shape::Text, Limit::None);
const FETCH: Field = optional("fetch", Shape::Any, Limit::None);
const TIMEOUT: Field = optional("timeoutMs", Shape::Integer, Limit::AtLeast(1));
const RETRIES: Field = optional("maxRetries", Shape::Integer, Limit::AtLeast(0));
const DRY_RUN: Field = optional("dryRun", Shape::Flag, Limit::None);
const IDEMPOTENCY: Field = optional("idempotencyKey", Shape::Any, Limit::None);
const SIGNAL: Field = optional("signal", Shape::Any, Limit::None);
const HEADERS: Field = optional("headers", Shape::Any, Limit::None);
const ON_PROGRESS: Field = optional("onProgress", Shape::Any, Limit::None);
const UNTIL_READY: Field = optional("waitUntilReady", Shape::Any, Limit::None);

/// What `connect` takes.
pub(super) const CONNECT: Fields = Fields::of(&[
    BASE_URL,
    optional("clientId", Shape::Text, Limit::Filled),
    optional("clientSecret", Shape::Text, Limit::Filled),
    optional("token", Shape::Any, Limit::None),
    optional("storage", Shape::Any, Limit::None),
    optional("characters", Shape::OneOf(&["code-points", "utf-16", "utf-8"]), Limit::None),
    FETCH,
    TIMEOUT,
    RETRIES,
    optional("maxWaitMs", Shape::Integer, Limit::AtLeast(0)),
    optional("onLimit", Shape::OneOf(&["wait", "throw", "ignore"]), Limit::None),
    optional("readOnly", Shape::Flag, Limit::None),
    DRY_RUN,
    optional("onEvent", Shape::Any, Limit::None),
    optional("allowSecretInPage", Shape::Flag, Limit::None),
]);

/// What `register` takes besides the agent.
pub(super) const REGISTER: Fields =
    Fields::of(&[BASE_URL, FETCH, SIGNAL, HEADERS, TIMEOUT, RETRIES, DRY_RUN, IDEMPOTENCY]);

/// What uploading takes besides its file. What other calls take comes first.
const ALL: &[Field] =
    &[SIGNAL, HEADERS, TIMEOUT, RETRIES, DRY_RUN, IDEMPOTENCY, ON_PROGRESS, UNTIL_READY];
const UPLOAD: Fields = Fields::of(ALL);

/// What uploading takes where no video can be.
const UPLOAD_IMAGE: Fields = Fields::of(ALL.split_at(7).0);

/// What a call takes besides its arguments.
const CALL: Fields = Fields::of(ALL.split_at(6).0);

/// What a listing takes besides its arguments.
const LIST: Fields = Fields::of(&[
    SIGNAL,
    HEADERS,
    TIMEOUT,
    RETRIES,
    DRY_RUN,
    IDEMPOTENCY,
    optional("maxPages", Shape::Integer, Limit::AtLeast(1)),
    optional("maxItems", Shape::Integer, Limit::AtLeast(1)),
    optional("prefetch", Shape::Flag, Limit::None),
]);

/// What following an order takes besides it. Its calls are many: no key fits them all.
pub(super) const FOLLOW: Fields = Fields::of(ALL.split_at(4).0);

const DEADLINE: Field = optional("deadlineMs", Shape::Integer, Limit::AtLeast(1));

/// What generating to the end takes besides its input.
pub(super) const RUN: Fields = Fields::of(&[
    SIGNAL,
    HEADERS,
    TIMEOUT,
    RETRIES,
    DEADLINE,
    optional("onStatus", Shape::Any, Limit::None),
    optional("retries", Shape::Integer, Limit::Between(0, 3)),
]);

/// What going on with a thread takes besides its receipt.
pub(super) const RESUME: Fields =
    Fields::of(&[SIGNAL, HEADERS, TIMEOUT, RETRIES, DEADLINE, ON_PART]);

/// What a thread takes besides its parts.
pub(super) const THREAD: Fields = Fields::of(&[
    SIGNAL,
    HEADERS,
    TIMEOUT,
    RETRIES,
    DEADLINE,
    ON_PART,
    optional("as", Shape::OneOf(&["comments", "quotes"]), Limit::None),
]);

const ON_PART: Field = optional("onPart", Shape::Any, Limit::None);

/// What watching for notifications takes.
pub(super) const WATCH: Fields = Fields::of(&[
    SIGNAL,
    HEADERS,
    TIMEOUT,
    RETRIES,
    optional("store", Shape::Any, Limit::None),
    optional("name", Shape::Text, Limit::Filled),
    optional("from", Shape::OneOf(&["now", "all"]), Limit::None),
    optional("types", Shape::List(&NotificationType::SHAPE), Limit::None),
    optional("intervalMs", Shape::Integer, Limit::AtLeast(Settings::LEAST_INTERVAL_MS)),
    optional("maxBackfill", Shape::Integer, Limit::AtLeast(1)),
]);

/// The options of `connect` or `register`, by their fields.
pub(super) fn connection(
    operation: &'static str,
    fields: &Fields,
    given: JsValue,
) -> Result<Connection, Error> {
    let mut given = Given::new(fields, given);
    let mut options = Options { credentials: given.credentials(), ..Options::default() };
    // An empty environment variable is the same as none.
    let base_url = given.text("baseUrl").map(|url| url.trim_ascii().to_owned());
    if let Some(base_url) = base_url.filter(|url| !url.is_empty()) {
        options.base_url = base_url;
    }
    options.unit = match given.text("characters").as_deref() {
        Some("utf-16") => Unit::Utf16,
        Some("utf-8") => Unit::Utf8,
        _ => Unit::CodePoints,
    };
    options.timeout_ms = given.number("timeoutMs");
    if let Some(retries) = given.number("maxRetries") {
        options.max_retries = retries as u32;
    }
    if let Some(ms) = given.number("maxWaitMs") {
        options.max_wait_ms = ms;
    }
    options.on_limit = match given.text("onLimit").as_deref() {
        Some("throw") => OnLimit::Throw,
        Some("ignore") => OnLimit::Ignore,
        _ => OnLimit::Wait,
    };
    if given.is_set("readOnly") {
        options.access = Access::ReadOnly;
    }
    options.dry_run = given.is_set("dryRun");
    options.warns_of_secret = !given.is_set("allowSecretInPage");
    let host = given.host();
    let call = given.call();
    given.finish(operation, Connection { options, host, call })
}

/// The options of a call.
pub(super) fn call(
    spec: &'static Spec,
    args: &[Option<Value>],
    given: JsValue,
) -> Result<CallOptions, Error> {
    if given.is_undefined() {
        return Ok(CallOptions::default());
    }
    let fields = match spec.takes {
        _ if spec.uploads == Some(Medium::Video) || posts::has_files(spec, args) => &UPLOAD,
        [Take::Form(_)] => &UPLOAD_IMAGE,
        _ if spec.pages.is_some() => &LIST,
        _ => &CALL,
    };
    let mut given = Given::new(fields, given);
    let call = given.call();
    given.finish(spec.id, call)
}

/// What long work is given.
pub(super) struct Working {
    /// For each of its calls.
    pub call: CallOptions,
    /// Is told what the work gives.
    pub listener: Option<JsValue>,
    pub deadline_ms: Option<f64>,
    pub retries: u32,
    pub chain: ThreadAs,
    /// Of a watch.
    pub settings: Settings,
}

/// The options of long work, by its fields.
pub(super) fn work(name: &'static str, fields: &Fields, given: JsValue) -> Result<Working, Error> {
    let mut given = Given::new(fields, given);
    let working = Working {
        call: given.call(),
        listener: given.listener("onStatus").or(given.listener("onPart")),
        deadline_ms: given.number("deadlineMs"),
        retries: given.number("retries").unwrap_or_default() as u32,
        chain: ThreadAs::named(given.text("as")),
        settings: given.settings(),
    };
    given.finish(name, working)
}

/// The options of a caller, and the faults that were found in them so far.
struct Given {
    options: Option<Value>,
    issues: Vec<Issue>,
}

impl Given {
    fn new(fields: &Fields, given: JsValue) -> Given {
        if given.is_undefined() {
            return Given { options: None, issues: Vec::new() };
        }
        let options = Value(given);
        let context = Context { nulls: Nulls::Absent, ..Context::default() };
        let issues = fields.check(&options, &context);
        let issues = issues.into_iter().map(in_options).collect();
        Given { options: Some(options), issues }
    }

    fn finish<T>(self, operation: &'static str, read: T) -> Result<T, Error> {
        if self.issues.is_empty() { Ok(read) } else { Err(Error::invalid(operation, self.issues)) }
    }

    fn get(&self, key: &str) -> Option<Value> {
        self.options.as_ref()?.get(key).filter(|value| value.kind() != Kind::Null)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }

    fn is_set(&self, key: &str) -> bool {
        self.get(key).and_then(|value| value.flag()) == Some(true)
    }

    fn fault(&mut self, key: &str, expected: &str, got: String) {
        self.issues.push(in_options(Issue::new(key, expected, &got)));
    }

    fn credentials(&mut self) -> Credentials {
        let token = self.get("token").and_then(|token| self.token(token));
        let trimmed = |key| self.text(key).map(|text| text.trim_ascii().to_owned());
        match (trimmed("clientId"), trimmed("clientSecret"), token) {
            (Some(id), Some(secret), None) => Credentials::Client { id, secret },
            (Some(id), None, None) => Credentials::Stored { id },
            (None, None, Some(token)) => token,
            (None, None, None) => Credentials::None,
            (None, Some(_), _) => {
                self.fault("clientId", "a string beside clientSecret", "nothing".into());
                Credentials::None
            }
            (Some(_), _, Some(_)) => {
                self.fault("token", "either a token or a clientId", "both".into());
                Credentials::None
            }
        }
    }

    /// A token, or the function that gives one.
    fn token(&mut self, given: Value) -> Option<Credentials> {
        if given.0.is_function() {
            return Some(Credentials::Source(token_source(given.0)));
        }
        // Files and `echo` end with a line break.
        let token = given.text().map(|token| token.trim_ascii().to_owned());
        let token = token.filter(|token| is_bearer(token));
        if token.is_none() {
            let expected = "visible ASCII, or a function";
            self.fault("token", expected, given.describe());
        }
        token.map(Credentials::Token)
    }

    fn host(&mut self) -> Web {
        let mut host = Web::default();
        if let Some(Value(fetch)) = self.get("fetch") {
            let got = Value(fetch.clone()).describe();
            match Web::default().with_fetch(fetch) {
                Some(with_fetch) => host = with_fetch,
                None => self.fault("fetch", "a function, or an object with a method fetch", got),
            }
        }
        if let Some(storage) = self.storage() {
            host = host.with_storage(storage);
        }
        if let Some(listener) = self.listener("onEvent") {
            host = host.with_listener(listener);
        }
        host
    }

    fn listener(&mut self, key: &str) -> Option<JsValue> {
        let listener = self.get(key)?;
        if !listener.0.is_function() {
            self.fault(key, "a function", listener.describe());
        }
        Some(listener.0)
    }

    fn storage(&mut self) -> Option<Storage> {
        let storage = self.get("storage")?;
        if storage.0 == "memory" {
            return None;
        }
        let found = Storage::open(&storage.0);
        if found.is_none() {
            let expected = "\"memory\", \"local\", \"session\" or { get, set, remove }";
            self.no_storage("storage", expected, &storage);
        }
        found
    }

    fn store(&mut self) -> Option<Rc<dyn Store>> {
        let store = self.get("store")?;
        match Storage::open_to_keep(&store.0) {
            Some(found) => Some(Rc::new(found)),
            None => {
                self.no_storage("store", "\"local\", \"session\" or { get, set }", &store);
                None
            }
        }
    }

    /// What a watch is set to.
    fn settings(&mut self) -> Settings {
        let types = self.get("types").and_then(|types| types.items()).unwrap_or_default();
        let mut settings = Settings { store: self.store(), ..Settings::default() };
        settings.types = types.iter().filter_map(Value::text).collect();
        if let Some(name) = self.text("name") {
            settings.name = name;
        }
        if self.text("from").as_deref() == Some("all") {
            settings.start = Start::All;
        }
        if let Some(ms) = self.number("intervalMs") {
            settings.interval_ms = ms;
        }
        if let Some(most) = self.number("maxBackfill") {
            settings.max_backfill = most as usize;
        }
        settings
    }

    fn no_storage(&mut self, key: &str, expected: &str, given: &Value) {
        let got = match given.text() {
            Some(name) => concat(&["\"", &name, "\", which this runtime does not have"]),
            None => given.describe(),
        };
        self.fault(key, expected, got);
    }

    fn call(&mut self) -> CallOptions {
        let signal = self.get("signal").map(|Value(signal)| signal);
        let given = signal.clone().map(Value);
        let is_signal = |signal: &Value| {
            let listens = signal.get("addEventListener").is_some_and(|it| it.0.is_function());
            let stops = signal.get("removeEventListener").is_some_and(|it| it.0.is_function());
            listens && stops && signal.get("aborted").is_some_and(|it| it.flag().is_some())
        };
        if let Some(other) = given.filter(|signal| !is_signal(signal)) {
            self.fault("signal", "an AbortSignal", other.describe());
        }
        CallOptions {
            signal,
            headers: self.headers(),
            idempotency_key: self.idempotency_key(),
            timeout_ms: self.number("timeoutMs"),
            max_retries: self.number("maxRetries").map(|retries| retries as u32),
            dry_run: self.is_set("dryRun"),
            listener: self.listener("onProgress"),
            until_ready_ms: self.until_ready(),
        }
    }

    /// How long to wait for a video: `true`, or an object that says so.
    fn until_ready(&mut self) -> Option<f64> {
        let given = self.get("waitUntilReady")?;
        if let Some(waits) = given.flag() {
            return waits.then_some(READY_MS);
        }
        let ms = given.get_number("timeoutMs").filter(|ms| *ms >= 1.0 && given.size() == 1);
        if ms.is_none() {
            let expected = "true, or { timeoutMs }, at least 1";
            self.fault("waitUntilReady", expected, given.describe());
        }
        ms
    }

    /// The key of a call: a caller's own, or one that is made now.
    fn idempotency_key(&mut self) -> Option<String> {
        let given = self.get("idempotencyKey")?;
        let flag = given.flag();
        if flag == Some(false) {
            return None;
        }
        let key = if flag.is_some() { Some(new_key()) } else { given.text() };
        let key = key.filter(|key| is_bearer(key));
        if key.is_none() {
            let expected = match flag {
                Some(_) => "a key of yours: no crypto here makes one",
                None => "visible ASCII, or true",
            };
            self.fault("idempotencyKey", expected, given.describe());
        }
        key
    }

    /// The headers, read and checked by the platform's own `Headers`.
    fn headers(&mut self) -> Vec<(String, String)> {
        let Some(Value(given)) = self.get("headers") else { return Vec::new() };
        let pairs = match read_headers(&given) {
            Ok(pairs) => pairs.iter().filter_map(pair).collect(),
            Err(_) => {
                let got = Value(given).describe();
                self.fault("headers", "an object of HTTP headers, or a Headers", got);
                Vec::new()
            }
        };
        for (name, _) in &pairs {
            if let Some(why) = reserved(name) {
                self.fault(&concat(&["headers.", name]), why, "one".into());
            }
        }
        pairs
    }
}

/// Asks a caller's function for tokens.
fn token_source(source: JsValue) -> TokenSource {
    Rc::new(move || {
        let source = source.clone();
        // What is no text is no token; it is told as one that is empty.
        Box::pin(async move { Ok(token(&source).await?.as_string().unwrap_or_default()) })
    })
}

/// A fault of an option, told where it is.
fn in_options(issue: Issue) -> Issue {
    issue.within("options")
}

fn pair(pair: JsValue) -> Option<(String, String)> {
    let pair = Array::from(&pair);
    Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
}
