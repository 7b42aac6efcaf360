//! Binds the port, opens and seeds the database, and serves until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::app::{self, App, Service};
use crate::clock::Clock;
use crate::connection::{Listener, Peer};
use crate::db::Db;
use crate::limits::RateLimits;
use crate::vault::Vault;
use crate::{IN_MEMORY, courier, seed};

/// How long calls that are under way may take to end after the signal to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What can be chosen at the start. The default is an empty service in memory, on a free port, without a log.
pub struct Settings {
    pub address: SocketAddr,
    /// A file, or `IN_MEMORY`.
    pub db: String,
    pub seed_demo: bool,
    /// So many posts of a crowd, to measure against; for an empty database.
    pub crowd: Option<u32>,
    /// Origins that browsers may call from; empty means any.
    pub allow_origins: Vec<String>,
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
}

impl Server {
    pub async fn bind(settings: Settings, clock: Clock) -> Result<Self, String> {
        if settings.control && !settings.address.ip().is_loopback() {
            return Err(format!(
                "the controls are for this machine only, and {} can be reached from others",
                settings.address.ip()
            ));
        }
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
        let app = Arc::new(Service::new(&settings, db, vault, clock, url.clone()));
        let router = app::router(Arc::clone(&app), &settings)?;
        Ok(Self { listener, app, router, url })
    }

    /// Like `http://127.0.0.1:4010`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Serves until `stop` resolves; calls that are then under way get a little time to end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), String> {
        let (stopping, stopped) = oneshot::channel();
        let service = self.router.into_make_service_with_connect_info::<Peer>();
        let serving =
            axum::serve(Listener(self.listener), service).with_graceful_shutdown(async move {
                stop.await;
                // The receiver is gone only when serving has ended, and then nobody needs the word.
                let _ = stopping.send(());
            });
        tokio::select! {
            ended = serving.into_future() => ended.map_err(|error| format!("cannot serve: {error}")),
            () = out_of_patience(stopped) => Ok(()),
            never = courier::run(self.app) => match never {},
        }
    }
}

async fn out_of_patience(stopped: oneshot::Receiver<()>) {
    match stopped.await {
        Ok(()) => tokio::time::sleep(GRACE).await,
        Err(_) => std::future::pending().await,
    }
}
