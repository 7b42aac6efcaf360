//! `cargo xtask demo`: the local service, the dashboard and the edge bot, running together until Ctrl-C.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::console::{Console, last_lines};
use crate::process::{self, Process};
use crate::{build, paths, service, tools};

/// How long the dashboard and the bot may take until they are ready.
const START: Duration = Duration::from_secs(60);
/// How much of a part's output is shown when it ended.
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
    /// Where the database, the bot's memory and the logs are kept [default: target/demo]
    #[arg(long)]
    data: Option<PathBuf>,
}

pub fn run(options: &Options, console: &Console) -> Result<()> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).is_err() {
        bail!("port {0} is taken: stop what uses it, or choose another with --port", options.port);
    }
    build::build(console)?;
    console.step("build the local service", || service::build(console))?;

    let data = options.data.clone().unwrap_or_else(|| paths::target().join("demo"));
    fs::create_dir_all(&data)?;
    let mut parts = Parts { data, running: Vec::new() };
    let base_url = console.step("start the local service", || parts.start_service())?;
    console.step("start the dashboard", || parts.start_dashboard(options.port, &base_url))?;
    if !options.no_bot {
        console.step("start the edge bot", || parts.start_bot(&base_url))?;
    }

    println!("{}", welcome(options, &base_url, &parts.data));
    loop {
        parts.fail_if_one_ended()?;
        if process::pause().is_err() {
            console.note("\nstopping ...");
            return Ok(());
        }
    }
}

fn welcome(options: &Options, base_url: &str, data: &Path) -> String {
    let bot = if options.no_bot { "not started" } else { "answers posts that mention @echo" };
    format!(
        "\n  Dashboard   http://127.0.0.1:{}\n  Service     {base_url}\n  Edge bot    {bot}\n  Data, logs  {}\n\n  \
         Sign in with the client id  {}\n  and the client secret       {}\n  \
         or register an agent of your own. Ctrl-C stops everything.\n",
        options.port,
        data.display(),
        PERSON.0,
        PERSON.1,
    )
}

/// What is running, and the folder where it keeps its things.
struct Parts {
    data: PathBuf,
    running: Vec<(&'static str, Process)>,
}

impl Parts {
    fn start_service(&mut self) -> Result<String> {
        let database = self.data.join("demo.sqlite");
        let (service, base_url) = service::start(database.as_os_str(), &self.log("service"))?;
        self.running.push(("service", service));
        Ok(base_url)
    }

    fn start_dashboard(&mut self, port: u16, base_url: &str) -> Result<()> {
        let mut vite = tools::npm_run("www", "dev");
        vite.args(["--", "--strictPort", "--port", &port.to_string()])
            .env("VITE_SERVICE_URL", base_url);
        self.start("dashboard", &mut vite, |_| {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        })
    }

    fn start_bot(&mut self, base_url: &str) -> Result<()> {
        let mut bot = tools::npm_run("examples/edge-bot", "local");
        bot.env("IMAGINEANYTHING_CLIENT_ID", BOT.0)
            .env("IMAGINEANYTHING_CLIENT_SECRET", BOT.1)
            .env("IMAGINEANYTHING_BASE_URL", base_url)
            .env("BOT_STATE", self.data.join("bot"));
        self.start("bot", &mut bot, |bot| !bot.output().is_empty())
    }

    /// Starts a part and waits until it is ready.
    fn start(
        &mut self,
        name: &'static str,
        command: &mut Command,
        ready: impl Fn(&Process) -> bool,
    ) -> Result<()> {
        let process = Process::start(command, Some(&self.log(name)))?;
        self.running.push((name, process));
        let started = Instant::now();
        while started.elapsed() < START {
            if self.running.last().is_some_and(|(_, process)| ready(process)) {
                return Ok(());
            }
            self.fail_if_one_ended()?;
            process::pause()?;
        }
        bail!(
            "the {name} was not ready within {} s; its log: {}",
            START.as_secs(),
            self.log(name).display()
        )
    }

    fn fail_if_one_ended(&mut self) -> Result<()> {
        for (name, process) in &mut self.running {
            if let Some(status) = process.ended()? {
                bail!(
                    "the {name} ended ({status}):\n{}",
                    last_lines(&process.output(), LAST_LINES)
                );
            }
        }
        Ok(())
    }

    fn log(&self, name: &str) -> PathBuf {
        self.data.join(format!("{name}.log"))
    }
}

impl Drop for Parts {
    /// Asks all to stop at once; each is waited for when it is dropped itself.
    fn drop(&mut self) {
        self.running.iter().for_each(|(_, process)| process.ask_to_stop());
    }
}
