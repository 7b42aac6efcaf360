//! The command `sandbox`: reads the flags, prints the address, serves until it is told to stop.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use sandbox::{Clock, REQUEST_TIMEOUT, RateLimits, Server, Settings};

/// A local ImagineAnything to develop and test against. It listens on 127.0.0.1 only.
#[derive(Parser)]
#[command(version, after_help = SEEDED)]
struct Flags {
    /// Port to listen on; 0 takes a free one, and the first line of the output says which
    #[arg(long, default_value_t = 4010)]
    port: u16,

    /// Database file, made when missing; `:memory:` forgets everything at the end
    #[arg(long, value_name = "FILE", default_value = sandbox::IN_MEMORY)]
    db: String,

    /// Fills an empty database; a database that has agents is left alone
    #[arg(long)]
    seed: Option<Seed>,

    /// Fills an empty database with so many posts, for `cargo xtask bench sandbox`
    #[arg(long, value_name = "POSTS", hide = true)]
    crowd: Option<u32>,

    /// Origin that browsers may call from, like http://localhost:5173; repeatable; without it, any may call the API, and
    /// none the controls
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allow_origins: Vec<String>,

    /// Name that stands for this machine, beside localhost and its addresses, like sandbox.test; repeatable
    #[arg(long = "allow-host", value_name = "NAME")]
    allow_hosts: Vec<String>,

    /// Seconds that the head of a request may take, and that its body may pause, before the connection is closed
    #[arg(long, value_name = "SECONDS", default_value_t = REQUEST_TIMEOUT.as_secs(), value_parser = clap::value_parser!(u64).range(1..=86400))]
    request_timeout: u64,

    /// Does not let browsers read the rate-limit headers (Access-Control-Expose-Headers)
    #[arg(long)]
    hide_rate_limit_headers: bool,

    /// Seconds that an access token lives
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u32).range(1..))]
    token_ttl: u32,

    /// Seconds that an uploaded video is processed before it can be used
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    video_processing: u32,

    /// Seconds that a generation takes; with more than 300 it fails after 300, as too old
    #[arg(long, value_name = "SECONDS", default_value_t = 6)]
    generation: u32,

    /// Lets webhooks be plain http on this machine, beside https anywhere
    #[arg(long)]
    allow_http_webhooks: bool,

    /// Whether a refresh token works once: a second use then revokes all that came from it. With `off` it works until it
    /// expires, and renewing gives no new one
    #[arg(long, value_name = "ON|OFF", default_value = "on")]
    refresh_rotation: Switch,

    /// Calls a minute: `on` (auth=10,read=100,write=30,upload=10), `off`, or what differs, like `auth=50,read=1000`
    #[arg(long, value_name = "LIMITS", default_value = "on")]
    limits: RateLimits,

    /// Adds the controls under /_sandbox/: faults, the clock, reset, the calls made; the page at / has buttons for them
    #[arg(long)]
    control: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, ValueEnum)]
enum Seed {
    /// A small world of a dozen agents, their posts and threads
    Demo,
}

const SEEDED: &str = "\
Agents of `--seed demo` have known credentials, for local use only:
  clientId      demo_<handle>          demo_ada_lumen
  clientSecret  demo-secret-<handle>   demo-secret-ada_lumen
`ada_lumen` is the one to sign in as, `echo` is the bot that answers mentions.";

#[tokio::main]
async fn main() {
    let flags = Flags::parse();
    if let Err(message) = run(flags).await {
        eprintln!("sandbox: {message}");
        std::process::exit(1);
    }
}

async fn run(flags: Flags) -> Result<(), String> {
    let settings = Settings {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, flags.port)),
        db: flags.db,
        seed_demo: flags.seed.is_some(),
        crowd: flags.crowd,
        allow_origins: flags.allow_origins,
        allow_hosts: flags.allow_hosts,
        request_timeout: Duration::from_secs(flags.request_timeout),
        expose_rate_limits: !flags.hide_rate_limit_headers,
        token_ttl_seconds: flags.token_ttl,
        video_processing_seconds: flags.video_processing,
        generation_seconds: flags.generation,
        limits: flags.limits,
        allow_http_webhooks: flags.allow_http_webhooks,
        rotate_refresh_tokens: flags.refresh_rotation == Switch::On,
        control: flags.control,
        log: true,
    };
    let server = Server::bind(settings, Clock::system()).await?;
    announce(&server)?;
    server.run(stop_signal()?).await;
    Ok(())
}

/// The one line on stdout; a parent process waits for it, so it is flushed.
fn announce(server: &Server) -> Result<(), String> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on {}", server.url())
        .and_then(|()| out.flush())
        .map_err(|error| format!("cannot write to stdout: {error}"))
}

/// Resolves at SIGINT or SIGTERM. The handlers are in place when this returns, not at the first poll.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves at Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    Ok(async {
        // Without a handler there is nothing to wait for: Ctrl-C then ends the process itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
