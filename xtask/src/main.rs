//! The commands of this repository: `cargo xtask demo | build | test | lint | bench`.

#[cfg(not(unix))]
compile_error!("xtask runs on Linux and macOS; on Windows use WSL");

mod bench;
mod build;
mod console;
mod demo;
mod http;
mod lint;
mod package;
mod panics;
mod paths;
mod process;
mod python;
mod secrets;
mod service;
mod shorten;
mod sizes;
mod test;
mod tools;
mod web_tests;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "The commands of this repository", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Show what the tools print, not only when they fail.
    #[arg(long, short, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the local service, the dashboard and the edge bot; Ctrl-C stops all.
    Demo(demo::Options),
    /// Builds the npm package into pkg/dist and prints its sizes.
    Build,
    /// Runs every check and test, as CI does.
    Test(test::Options),
    /// Formatting, clippy, types and the JavaScript linter.
    Lint {
        /// Mend what can be mended.
        #[arg(long)]
        fix: bool,
    },
    /// Measures the client beside others and writes BENCHMARKS.md; or a part of it; or the local service.
    Bench {
        #[arg(value_enum, default_value = "all")]
        what: bench::What,
    },
    /// Runs one wasm test binary; cargo calls this.
    #[command(hide = true)]
    TestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.verbose);
    let result = match cli.command {
        Command::TestRunner { args } => web_tests::runner(args),
        command => process::listen_for_signals().and_then(|()| run(command, &console)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if process::interrupted() => {
            console.note(&format!("\nstopped: {error:#}"));
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, console: &Console) -> anyhow::Result<()> {
    match command {
        Command::Demo(options) => demo::run(&options, console),
        Command::Build => build::run(console),
        Command::Test(options) => test::run(&options, console),
        Command::Lint { fix } => lint::run(fix, console),
        Command::Bench { what } => bench::run(what, console),
        Command::TestRunner { .. } => Ok(()),
    }
}
