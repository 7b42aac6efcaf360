//! `cargo xtask bench`: the client beside others, into BENCHMARKS.md; a part of that; or what the local service bears.

mod sandbox;

use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::console::Console;
use crate::{build, tools};

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum What {
    /// All but the local service, into BENCHMARKS.md: takes minutes
    All,
    /// Over the wire, and how many operations that carries
    Size,
    /// What a call adds to bare fetch, in Node, workerd and Chromium
    Call,
    /// From nothing to the first answer
    Start,
    /// What calls, clients and walks leave
    Memory,
    /// Time and memory by the number of calls and pages
    Growth,
    /// The local service: calls a second, and pages over many posts
    Sandbox,
}

pub fn run(what: What, console: &Console) -> Result<()> {
    if what == What::Sandbox {
        return sandbox::run(console);
    }
    build::build(console)?;
    let status = measure(what).status().context("Node does not run")?;
    if !status.success() {
        bail!("the measurement failed ({status})");
    }
    Ok(())
}

/// The script that measures the client; it installs those beside it.
fn measure(what: What) -> Command {
    let mut node = tools::command("node");
    node.arg("tests/js/bench/main.js");
    if what != What::All {
        node.args(what.to_possible_value().map(|value| value.get_name().to_owned()));
    }
    node
}
