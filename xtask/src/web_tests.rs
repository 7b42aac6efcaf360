//! tests/web.rs in a real browser: wasm-bindgen's own runner, built into xtask and named to cargo as the runner for wasm.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;
use std::{env, thread};

use anyhow::{Context, Result};
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

use crate::console::Console;
use crate::tools;

/// What the runner reads to choose a browser: only one may be set.
const DRIVERS: [&str; 3] = ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"];

/// Where the runner serves its page.
const ADDRESS: &str = "WASM_BINDGEN_TEST_ADDRESS";

/// Runs the tests in WebKit, which the runner drives as Safari, in a display that nobody sees.
pub fn run_in_webkit(driver: &Path, console: &Console) -> Result<()> {
    run_under(&[tools::XVFB, "--auto-servernum"], "SAFARIDRIVER", driver, console)
}

/// Runs the tests in the browser whose driver the environment variable `name` is to hold.
pub fn run(name: &str, driver: &Path, console: &Console) -> Result<()> {
    run_under(&[], name, driver, console)
}

/// The same, with the runner under another program, if one is named.
fn run_under(program: &[&str], name: &str, driver: &Path, console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    let xtask = env::current_exe().context("xtask cannot find itself")?.display().to_string();
    let runner = [program, &[&xtask, "test-runner"]].concat();
    let config = format!("target.wasm32-unknown-unknown.runner = {runner:?}");
    let mut cargo = tools::cargo_wasm("test");
    cargo.args(["--test", "web", "--config", &config]);
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    cargo.env(ADDRESS, free.to_string());
    for driver in DRIVERS {
        cargo.env_remove(driver);
    }
    console.run(cargo.env(name, driver))
}

/// What cargo calls, once for each test binary.
///
/// The runner's web server may leave a request lying when a browser opens many connections at once,
/// until another connection comes: one comes five times a second. A quiet cargo asks for quiet tests, which wasm-bindgen's runner cannot do.
pub fn runner(args: Vec<OsString>) -> Result<()> {
    if let Ok(address) = env::var(ADDRESS) {
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_millis(200));
                drop(TcpStream::connect(&address));
            }
        });
    }
    let args = args.into_iter().filter(|arg| arg != "--quiet");
    run_cli_with_args(std::iter::once(OsString::from("wasm-bindgen-test-runner")).chain(args))
}
