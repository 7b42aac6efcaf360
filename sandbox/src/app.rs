//! The router and the layers around it, in the order in which a request passes them.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, DATE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

use crate::auth::{self, Caller, SignedIn};
use crate::calls::{self, Call, Calls};
use crate::clock::{self, Clock, Millis};
use crate::connection::Peer;
use crate::control::faults::Faults;
use crate::control::inject::{self, Struck};
use crate::courier::Courier;
use crate::db::Db;
use crate::drain::drained;
use crate::error::Error;
use crate::generation::settle::{self, Agenda};
use crate::guard::{self, Guard};
use crate::limits::{self, Class, Limiter, Who};
use crate::log;
use crate::store::media::Sight;
use crate::store::posts::View;
use crate::store::tokens::Rotation;
use crate::vault::Vault;
use crate::{Settings, api, control};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What handlers share.
pub struct Service {
    pub db: Db,
    pub clock: Clock,
    pub token_ttl_seconds: u32,
    /// How long a video is processed.
    pub video_processing: Millis,
    /// Where this service is reached, for the addresses of files that it hosts.
    pub public_url: String,
    pub vault: Arc<Vault>,
    /// How long a generation takes.
    pub generation: Millis,
    pub agenda: Agenda,
    pub allow_http_webhooks: bool,
    pub courier: Courier,
    pub rotation: Rotation,
    pub faults: Faults,
    pub calls: Calls,
    /// Whether there are controls.
    pub control: bool,
    pub guard: Guard,
    /// One line a request on stderr.
    pub log: bool,
    limiter: Limiter,
    request_timeout: Duration,
}

pub type App = Arc<Service>;

impl Service {
    pub fn new(
        settings: &Settings,
        db: Db,
        vault: Vault,
        clock: Clock,
        public_url: String,
    ) -> Result<Self, String> {
        let (address, control) = (settings.address.ip(), settings.control);
        let guard = Guard::new(address, &settings.allow_hosts, &settings.allow_origins, control)?;
        Ok(Self {
            db,
            clock,
            token_ttl_seconds: settings.token_ttl_seconds,
            video_processing: Millis::from(settings.video_processing_seconds) * 1000,
            public_url,
            vault: Arc::new(vault),
            generation: Millis::from(settings.generation_seconds) * 1000,
            agenda: Agenda::new(),
            allow_http_webhooks: settings.allow_http_webhooks,
            courier: Courier::new(),
            rotation: Rotation::new(settings.rotate_refresh_tokens),
            faults: Faults::default(),
            calls: Calls::default(),
            control,
            guard,
            log: settings.log,
            limiter: Limiter::new(settings.limits),
            request_timeout: settings.request_timeout,
        })
    }

    /// Forgets all that is not in the database, so that everything is again as the flags say.
    pub fn forget(&self) {
        self.clock.set_right();
        self.rotation.reset();
        self.faults.clear();
        self.limiter.forget();
        self.calls.forget();
    }

    /// How posts look to this reader.
    pub fn view(&self, reader: Option<SignedIn>) -> View {
        View { reader: reader.map(|agent| agent.0), public_url: self.public_url.clone() }
    }

    /// How media look now.
    pub fn sight(&self) -> Sight {
        Sight { public_url: self.public_url.clone(), now: self.clock.now() }
    }
}

/// Everything the service answers.
pub fn router(app: App, settings: &Settings) -> Result<Router, String> {
    let cors = cors(settings)?;
    let mut router = api::router();
    if settings.control {
        router = router.merge(control::routes().into_parts().0);
    }
    router = router
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), settle::layer))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), limit));
    if settings.control {
        router = router.layer(middleware::from_fn_with_state(Arc::clone(&app), inject::inject));
    }
    // The layer added last is passed first: envelope, guard, CORS, caller, faults, limits, what has come due, handler.
    Ok(router
        .layer(middleware::from_fn_with_state(Arc::clone(&app), identify))
        .layer(cors)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), envelop))
        .with_state(app))
}

fn cors(settings: &Settings) -> Result<CorsLayer, String> {
    let origins = settings
        .allow_origins
        .iter()
        .map(|origin| {
            HeaderValue::from_str(origin).map_err(|_| format!("`{origin}` is not an origin"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut exposed = vec![REQUEST_ID, DATE];
    if settings.expose_rate_limits {
        exposed.extend(limits::HEADERS.map(HeaderName::from_static));
        exposed.push(RETRY_AFTER);
    }
    Ok(CorsLayer::new()
        .allow_origin(if origins.is_empty() {
            AllowOrigin::any()
        } else {
            AllowOrigin::list(origins)
        })
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(exposed))
}

/// What every answer carries, and what is remembered and logged of the call.
async fn envelop(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let (path, query) = calls::address(request.uri());
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let id = match auth::identifier() {
        Ok(id) => format!("req_{id}"),
        Err(error) => return error.into_response(),
    };
    let may_write = !request.method().is_safe();
    let (request, overdue) = drained(request, app.request_timeout);
    let mut response = next.run(request).await;
    if overdue.load(Ordering::SeqCst) {
        response = too_late(response, app.request_timeout);
    }
    if may_write {
        app.courier.bell.notify_one();
    }
    let at = app.clock.now();
    let headers = response.headers_mut();
    headers.insert(DATE, header_value(&clock::http_date(at)));
    headers.insert(REQUEST_ID, header_value(&id));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));

    let struck = response.extensions().get::<Struck>();
    let call = Call {
        at,
        query,
        status: struck.is_none_or(|struck| !struck.cut).then(|| response.status().as_u16()),
        agent: response.extensions().get::<Caller>().and_then(Caller::agent),
        millis: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        faults: struck.map(|struck| struck.names.clone()).unwrap_or_default(),
        method,
        path,
        request_id: id,
    };
    if app.log {
        log::line(&call);
    }
    // Preflights are the browser's own, and with a wrong method nobody was called.
    if call.path.starts_with("/api/") && call.method != Method::OPTIONS {
        let route = route.filter(|_| response.status() != StatusCode::METHOD_NOT_ALLOWED);
        app.calls.note(call, route);
    }
    response
}

/// Takes the place of what the handler made of half a body; headers of the other layers stay.
fn too_late(response: Response, timeout: Duration) -> Response {
    let seconds = timeout.as_secs_f64();
    let error = Error::timeout(format!(
        "The body did not go on for {seconds} seconds, or came too slowly; the connection is closed."
    ));
    let (mut head, _) = response.into_parts();
    let (refusal, body) = error.into_response().into_parts();
    head.status = refusal.status;
    head.headers.remove(CONTENT_LENGTH);
    head.headers.extend(refusal.headers);
    head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    Response::from_parts(head, body)
}

/// For text that is made here and is always plain ASCII.
fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Finds out who calls, once, for the limits and for the handlers.
async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let caller = match auth::bearer(request.headers()) {
        None => Caller::Anonymous,
        Some(Err(fault)) => Caller::Refused(fault),
        Some(Ok(token)) => {
            let now = app.clock.now();
            match app.db.read(move |db| auth::whose(db, &token, now)).await {
                Ok(caller) => caller,
                Err(error) => return error.into_response(),
            }
        }
    };
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    response.extensions_mut().insert(caller);
    response
}

/// Counts the calls of the API. The page at `/` and hosted files are not part of it.
async fn limit(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let who = match request.extensions().get::<Caller>() {
        Some(Caller::Agent(agent)) => Who::Agent(*agent),
        _ => Who::Address(peer.address.ip()),
    };
    let class = Class::of(request.method(), path);
    let Some(verdict) = app.limiter.take(who, class, app.clock.now()) else {
        return next.run(request).await;
    };
    let mut response = match verdict.wait {
        Some(wait) => verdict.refusal(wait),
        None => next.run(request).await,
    };
    verdict.mark(&mut response);
    response
}

async fn unknown_route(request: Request) -> Error {
    Error::not_found(format!(
        "There is no {} {}. The page at / lists what this service answers.",
        request.method(),
        request.uri().path()
    ))
}

async fn wrong_method(request: Request) -> Error {
    Error::wrong_method(format!(
        "{} is not answered by {}; the Allow header says what is.",
        request.method(),
        request.uri().path()
    ))
}
