//! Binds the port, opens and seeds the database, and serves until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

use crate::app::{self, App, Service};
use crate::clock::Clock;
use crate::connection::Connection;
use crate::db::Db;
use crate::limits::RateLimits;
use crate::vault::Vault;
use crate::{IN_MEMORY, courier, guard, seed};

/// How long calls that are under way may take to end after the signal to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How long a connection may take for the head of its next request, and how long the body may pause.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What can be chosen at the start. The default is an empty service in memory, on a free port, without a log.
pub struct Settings {
    pub address: SocketAddr,
    /// A file, or `IN_MEMORY`.
    pub db: String,
    pub seed_demo: bool,
    /// So many posts of a crowd, to measure against; for an empty database.
    pub crowd: Option<u32>,
    /// Origins that browsers may call from; empty means any. Only pages of these, and the service's own, use the controls.
    pub allow_origins: Vec<String>,
    /// Names by which this machine is called, beside localhost and its addresses.
    pub allow_hosts: Vec<String>,
    /// A connection is closed when the head of a request takes longer, or nothing comes of its body for so long.
    pub request_timeout: Duration,
    /// Whether browsers may read the rate-limit headers.
    pub expose_rate_limits: bool,
    pub token_ttl_seconds: u32,
    /// How long an uploaded video is processed before it can be used.
    pub video_processing_seconds: u32,
    /// How long a generation takes; of more than 300, it fails after 300.
    pub generation_seconds: u32,
    /// Whether webhooks may be plain http on this machine.
    pub allow_http_webhooks: bool,
    /// Whether a refresh token works once, and a second use of it takes everything back that came from it.
    pub rotate_refresh_tokens: bool,
    pub limits: RateLimits,
    /// Whether `/_sandbox/` is there.
    pub control: bool,
    /// One line a request on stderr.
    pub log: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            db: IN_MEMORY.to_owned(),
            seed_demo: false,
            crowd: None,
            allow_origins: Vec::new(),
            allow_hosts: Vec::new(),
            request_timeout: REQUEST_TIMEOUT,
            expose_rate_limits: true,
            token_ttl_seconds: 3600,
            video_processing_seconds: 2,
            generation_seconds: 6,
            allow_http_webhooks: false,
            rotate_refresh_tokens: true,
            limits: RateLimits::ON,
            control: false,
            log: false,
        }
    }
}

/// A service that has its port and its database, and answers once it runs.
pub struct Server {
    listener: TcpListener,
    app: App,
    router: Router,
    url: String,
    request_timeout: Duration,
}

impl Server {
    pub async fn bind(mut settings: Settings, clock: Clock) -> Result<Self, String> {
        if settings.control && !settings.address.ip().is_loopback() {
            return Err(format!(
                "the controls are for this machine only, and {} can be reached from others",
                settings.address.ip()
            ));
        }
        // SQLite takes an empty name for a file that it deletes at the end.
        if settings.db.trim().is_empty() {
            return Err(format!("the database has no name: name a file, or `{IN_MEMORY}`"));
        }
        let origins = settings.allow_origins.iter().map(|text| guard::origin(text));
        settings.allow_origins = origins.collect::<Result<_, _>>()?;
        let listener = TcpListener::bind(settings.address)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", settings.address))?;
        let address =
            listener.local_addr().map_err(|error| format!("cannot tell the port: {error}"))?;
        let url = format!("http://{address}");
        let db = Db::open(&settings.db)?;
        let vault = Vault::of(&settings.db)?;
        if settings.seed_demo {
            seed::demo(&db, clock.now()).await?;
        }
        if let Some(posts) = settings.crowd {
            seed::crowd::fill(&db, posts, clock.now()).await?;
        }
        let app = Arc::new(Service::new(&settings, db, vault, clock, url.clone())?);
        let router = app::router(Arc::clone(&app), &settings)?;
        Ok(Self { listener, app, router, url, request_timeout: settings.request_timeout })
    }

    /// Like `http://127.0.0.1:4010`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Serves until `stop` resolves; calls that are then under way get a little time to end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) {
        let Self { mut listener, app, router, request_timeout, .. } = self;
        let connections = GracefulShutdown::new();
        let router = TowerToHyperService::new(router);
        let serving = async {
            let mut stop = std::pin::pin!(stop);
            loop {
                tokio::select! {
                    () = &mut stop => break,
                    (stream, address) = axum::serve::Listener::accept(&mut listener) => {
                        let serving = serve(stream, address, router.clone(), request_timeout);
                        // What goes wrong with one connection is its caller's to notice.
                        tokio::spawn(connections.watch(serving));
                    }
                }
            }
            drop(listener);
            // Nobody waits for those that are not done by then.
            let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
        };
        tokio::select! {
            () = serving => {}
            never = courier::run(app) => match never {},
        }
    }
}

/// Serves one connection.
fn serve(
    stream: TcpStream,
    address: SocketAddr,
    router: TowerToHyperService<Router>,
    request_timeout: Duration,
) -> impl hyper_util::server::graceful::GracefulConnection<Output = hyper::Result<()>> + Send {
    let (connection, peer) = Connection::new(stream, address);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer.clone()));
        router.call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(request_timeout)
        .serve_connection(TokioIo::new(connection), service)
}
