//! The local service: built, started, and where it listens.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::console::Console;
use crate::process::{self, Process};
use crate::{paths, tools};

const START: Duration = Duration::from_secs(30);
const LISTENING: &str = "listening on ";

pub fn build(console: &Console) -> Result<()> {
    console.run(&mut tools::cargo(["build", "--package", "sandbox"]))
}

/// Starts it on a free port with its controls, filled with the demo world; gives its address too.
pub fn start(database: &OsStr, log: &Path) -> Result<(Process, String)> {
    let mut command = tools::command(paths::sandbox());
    command.args(["--port", "0", "--control", "--seed", "demo", "--db"]).arg(database);
    launch(&mut command, log, START)
}

/// Starts it by this command and waits until it listens.
pub fn launch(command: &mut Command, log: &Path, patience: Duration) -> Result<(Process, String)> {
    let mut service = Process::start(command, Some(log))?;
    let started = Instant::now();
    while started.elapsed() < patience {
        if let Some(address) = address_in(&service.output()) {
            return Ok((service, address));
        }
        if let Some(status) = service.ended()? {
            bail!("the local service did not start ({status}):\n{}", service.output().trim_end());
        }
        process::pause()?;
    }
    bail!(
        "the local service did not answer within {} s:\n{}",
        patience.as_secs(),
        service.output().trim_end()
    )
}

fn address_in(output: &str) -> Option<String> {
    let (_, after) = output.split_once(LISTENING)?;
    let (address, _) = after.split_once('\n')?;
    Some(address.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn finds_the_address_once_its_line_is_whole() {
        assert_eq!(address_in("seeding\nlistening on http://127.0.0.1:41"), None);
        assert_eq!(
            address_in("seeding\nlistening on http://127.0.0.1:4180\n").as_deref(),
            Some("http://127.0.0.1:4180")
        );
    }
}
