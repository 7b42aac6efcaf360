//! The official Python SDK, unmodified, against the local service: each checks what the other understood of the contract.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::console::Console;
use crate::{paths, service, tools};

pub fn run_sdk(console: &Console) -> Result<()> {
    let tests = paths::root().join("sandbox/tests");
    let python = environment(&tests.join("requirements.txt"), console)?;
    service::build(console)?;
    let log = paths::target().join("xtask/logs/python-service.log");
    let (_service, base_url) = service::start(OsStr::new(":memory:"), &log)?;
    console.run(tools::command(python).arg(tests.join("python_sdk.py")).arg(base_url))
}

/// A virtual environment with these requirements, made anew when they change; gives its Python.
fn environment(requirements: &Path, console: &Console) -> Result<PathBuf> {
    let folder = paths::target().join("xtask/python");
    let python = folder.join("bin/python");
    let installed = folder.join("requirements.txt");
    let wanted = fs::read(requirements)?;
    if fs::read(&installed).is_ok_and(|have| have == wanted) {
        return Ok(python);
    }
    let system = paths::on_path(&["python3"])
        .context("python3 is needed to check the service against the Python SDK")?;
    console.run(tools::command(system).args(["-m", "venv", "--clear"]).arg(&folder))?;
    console.run(
        tools::command(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(requirements),
    )?;
    fs::write(installed, wanted)?;
    Ok(python)
}
