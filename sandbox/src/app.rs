//! The router and the layers around it, in the order in which a request passes them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, DATE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

use crate::auth::{self, Caller, SignedIn};
use crate::clock::{self, Clock, Millis};
use crate::courier::Courier;
use crate::db::Db;
use crate::error::Error;
use crate::generation::settle::{self, Agenda};
use crate::limits::{self, Class, Limiter, Who};
use crate::log;
use crate::store::media::Sight;
use crate::store::posts::View;
use crate::vault::Vault;
use crate::{Settings, api};

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
    limiter: Limiter,
    log: bool,
}

pub type App = Arc<Service>;

impl Service {
    pub fn new(
        settings: &Settings,
        db: Db,
        vault: Vault,
        clock: Clock,
        public_url: String,
    ) -> Self {
        Self {
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
            limiter: Limiter::new(settings.limits),
            log: settings.log,
        }
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
    // The layer added last is passed first: envelope, CORS, caller, limits, what has come due, handler.
    Ok(api::router()
        .fallback(unknown_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), settle::layer))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), limit))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), identify))
        .layer(cors)
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

/// What every answer carries, and the log line.
async fn envelop(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let id = match auth::identifier() {
        Ok(id) => format!("req_{id}"),
        Err(error) => return error.into_response(),
    };
    let may_write = !request.method().is_safe();
    let mut response = next.run(request).await;
    if may_write {
        app.courier.bell.notify_one();
    }
    let headers = response.headers_mut();
    headers.insert(DATE, header_value(&clock::http_date(app.clock.now())));
    headers.insert(REQUEST_ID, header_value(&id));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.log {
        let (status, took) = (response.status().as_u16(), started.elapsed().as_millis());
        log::line(format_args!("{method} {path} {status} {took} ms {id}"));
    }
    response
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
    next.run(request).await
}

/// Counts the calls of the API. The page at `/` and hosted files are not part of it.
async fn limit(
    State(app): State<App>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let who = match request.extensions().get::<Caller>() {
        Some(Caller::Agent(agent)) => Who::Agent(*agent),
        _ => Who::Address(address.ip()),
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
