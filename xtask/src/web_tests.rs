//! tests/web.rs in a real browser: wasm-bindgen's own runner, built into xtask and named to cargo as the runner for wasm.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

use crate::console::Console;
use crate::tools;

/// What the runner reads to choose a browser: only one may be set.
const DRIVERS: [&str; 3] = ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"];

/// Runs the tests in the browser whose driver the environment variable `name` is to hold.
pub fn run(name: &str, driver: &Path, console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    let xtask = env::current_exe().context("xtask cannot find itself")?;
    let config = format!(
        "target.wasm32-unknown-unknown.runner = [{:?}, \"test-runner\"]",
        xtask.display().to_string()
    );
    let mut cargo = tools::cargo_wasm("test");
    cargo.args(["--test", "web", "--config", &config]);
    for driver in DRIVERS {
        cargo.env_remove(driver);
    }
    console.run(cargo.env(name, driver))
}

/// What cargo calls, once for each test binary. A quiet cargo asks for quiet tests, which wasm-bindgen's runner cannot do.
pub fn runner(args: Vec<OsString>) -> Result<()> {
    let args = args.into_iter().filter(|arg| arg != "--quiet");
    run_cli_with_args(std::iter::once(OsString::from("wasm-bindgen-test-runner")).chain(args))
}
