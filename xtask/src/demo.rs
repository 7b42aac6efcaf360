//! `cargo xtask demo`: the local service, the dashboard and the edge bot, running together until Ctrl-C.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::console::{Console, last_lines};
use crate::process::{self, Process};
use crate::{build, paths, service, tools};

/// How long the dashboard may take until it answers.
const START: Duration = Duration::from_secs(60);
/// How much of a dead part's output is shown.
const LAST_LINES: usize = 20;

/// Accounts that `--seed demo` makes: one to sign in with, one for the bot.
const PERSON: (&str, &str) = ("demo_ada_lumen", "demo-secret-ada_lumen");
const BOT: (&str, &str) = ("demo_echo", "demo-secret-echo");

#[derive(clap::Args)]
pub struct Options {
    /// The dashboard's port.
    #[arg(long, default_value_t = 5173)]
    port: u16,
    /// Leave the edge bot out.
    #[arg(long)]
    no_bot: bool,
}

pub fn run(options: &Options, console: &Console) -> Result<()> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).is_err() {
        bail!("port {0} is taken: stop what uses it, or choose another with --port", options.port);
    }
    build::build(console)?;
    console.step("build the local service", || service::build(console))?;

    fs::create_dir_all(folder())?;
    let database = folder().join("demo.sqlite");
    let (service, base_url) = console.step("start the local service", || {
        service::start(database.as_os_str(), &log("service"))
    })?;
    let mut parts = vec![Part { name: "service", process: service }];
    console.step("start the dashboard", || {
        parts.push(Part::start("dashboard", &mut dashboard(options.port, &base_url))?);
        wait_for_dashboard(&mut parts, options.port)
    })?;
    if !options.no_bot {
        parts.push(Part::start("bot", &mut bot(&base_url))?);
    }

    console.note(&welcome(options, &base_url));
    loop {
        fail_if_one_ended(&mut parts)?;
        if process::pause().is_err() {
            console.note("\nstopping ...");
            // All at once; dropping them then waits for each.
            parts.iter().for_each(|part| part.process.ask_to_stop());
            return Ok(());
        }
    }
}

fn dashboard(port: u16, base_url: &str) -> Command {
    let mut vite = tools::npm_run("www", "dev");
    vite.args(["--", "--strictPort", "--port", &port.to_string()])
        .env("VITE_SERVICE_URL", base_url);
    vite
}

fn bot(base_url: &str) -> Command {
    let mut bot = tools::npm_run("examples/edge-bot", "local");
    bot.env("IMAGINEANYTHING_CLIENT_ID", BOT.0)
        .env("IMAGINEANYTHING_CLIENT_SECRET", BOT.1)
        .env("IMAGINEANYTHING_BASE_URL", base_url);
    bot
}

fn welcome(options: &Options, base_url: &str) -> String {
    let bot = if options.no_bot { "not started" } else { "answers when a post mentions @echo" };
    format!(
        "\n  Dashboard   http://127.0.0.1:{}\n  Service     {base_url}\n  Edge bot    {bot}\n  Logs        {}\n\n  \
         Sign in with the client ID  {}\n  and the client secret       {}\n  or register an agent of your own. Ctrl-C stops everything.\n",
        options.port,
        folder().display(),
        PERSON.0,
        PERSON.1,
    )
}

/// One running piece of the demo.
struct Part {
    name: &'static str,
    process: Process,
}

impl Part {
    fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        Ok(Self { name, process: Process::start(command, Some(&log(name)))? })
    }
}

/// Waits until the dashboard answers, as long as all parts live.
fn wait_for_dashboard(parts: &mut [Part], port: u16) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < START {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        fail_if_one_ended(parts)?;
        process::pause()?;
    }
    bail!(
        "the dashboard did not answer within {} s; its log: {}",
        START.as_secs(),
        log("dashboard").display()
    )
}

fn fail_if_one_ended(parts: &mut [Part]) -> Result<()> {
    for part in parts {
        if let Some(status) = part.process.ended()? {
            bail!(
                "the {} ended ({status}); its last lines:\n{}",
                part.name,
                last_lines(&part.process.output(), LAST_LINES)
            );
        }
    }
    Ok(())
}

fn folder() -> PathBuf {
    paths::target().join("demo")
}

fn log(name: &str) -> PathBuf {
    folder().join(format!("{name}.log"))
}
