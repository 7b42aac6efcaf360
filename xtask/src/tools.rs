//! The tools the commands need: found, or installed, or named in one line.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::console::Console;
use crate::{package, paths};

/// What the crate is compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: (u32, u32) = (20, 19);
const GECKODRIVER: &str = "0.37.1";
/// What runs a program in a display that nobody sees.
pub const XVFB: &str = "xvfb-run";

/// A command that runs at the top of the repository.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    // RUST_BACKTRACE makes cargo's own failures unreadable.
    command.current_dir(paths::root()).env_remove("RUST_BACKTRACE");
    command
}

pub fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(args);
    cargo
}

/// Cargo on the crates as the npm package has them.
pub fn cargo_wasm(subcommand: &str) -> Command {
    let mut cargo = cargo([subcommand, "--target", WASM, "--features", "js"]);
    for part in &package::CRATES {
        cargo.args(["--package", part.package]);
    }
    cargo
}

/// `npm run SCRIPT` in one of the workspaces.
pub fn npm_run(workspace: &str, script: &str) -> Command {
    let mut npm = command("npm");
    npm.args(["run", "--silent", script, "--workspace", workspace]);
    npm
}

/// What a command prints on stdout, or `None` when it is not there or fails.
fn ask(program: &str, args: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The standard library for wasm.
pub fn wasm_target(console: &Console) -> Result<()> {
    let sysroot = ask("rustc", &["--print", "sysroot"])
        .context("rustc does not run: see https://rustup.rs")?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    if paths::on_path(&["rustup"]).is_none() {
        bail!(
            "Rust's {WASM} target is missing: install it as you installed Rust, or use https://rustup.rs"
        );
    }
    console.run_step(
        &format!("rustup target add {WASM}"),
        command("rustup").args(["target", "add", WASM]),
    )
}

/// Node, npm and the packages of package-lock.json.
pub fn node_modules(console: &Console) -> Result<()> {
    let hint = "Node 20.19 or newer with npm is needed: https://nodejs.org";
    let version = ask("node", &["--version"]).with_context(|| hint.to_owned())?;
    if node_version(&version).is_none_or(|version| version < OLDEST_NODE) {
        bail!("{hint} (found {version})");
    }
    if paths::on_path(&["npm"]).is_none() {
        bail!("{hint} (found Node {version}, but no npm)");
    }
    // npm writes this file last, so it is as old as the installation.
    let installed = fs::metadata(paths::root().join("node_modules/.package-lock.json"))
        .and_then(|file| file.modified());
    let locked = fs::metadata(paths::root().join("package-lock.json"))?.modified()?;
    if installed.is_ok_and(|installed| installed >= locked) {
        return Ok(());
    }
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    console.run_step("npm ci", command("npm").args(args))
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// Chromium, its driver and Firefox.
pub fn browsers(console: &Console) -> Result<Browsers> {
    let packages = ["chromium", "chromium-driver", "firefox-esr"];
    installed(found_browsers, "chromium, chromedriver and firefox", &packages, console)
}

/// WebKit's driver, which brings its browser. That one needs a display, which `xvfb-run` makes.
pub fn webkit(console: &Console) -> Result<PathBuf> {
    let found = || paths::on_path(&[XVFB]).and_then(|_| paths::on_path(&["WebKitWebDriver"]));
    let packages = ["webkit2gtk-driver", "xvfb", "xauth"];
    installed(found, "WebKitWebDriver and xvfb-run", &packages, console)
}

/// What is found on PATH; where apt-get may install, it is installed if it is not there.
fn installed<T>(
    found: impl Fn() -> Option<T>,
    what: &str,
    packages: &[&str],
    console: &Console,
) -> Result<T> {
    if let Some(found) = found() {
        return Ok(found);
    }
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if paths::on_path(&["apt-get"]).is_some() && (root || env::var_os("CI").is_some()) {
        console.run(&mut apt_get(root, &["update"]))?;
        let install = ["install", "--yes", "--no-install-recommends"];
        console.run(apt_get(root, &install).args(packages))?;
    }
    found().with_context(|| {
        let packages = packages.join(" ");
        format!("{what} must be on PATH for these tests; on Debian: apt-get install {packages}")
    })
}

fn apt_get(root: bool, args: &[&str]) -> Command {
    let mut apt = command(if root { "apt-get" } else { "sudo" });
    if !root {
        apt.args(["--non-interactive", "apt-get"]);
    }
    apt.args(args).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn found_browsers() -> Option<Browsers> {
    paths::on_path(&["firefox", "firefox-esr"])?;
    Some(Browsers {
        chromium: paths::on_path(&["chromium", "chromium-browser", "google-chrome"])?,
        chromedriver: paths::on_path(&["chromedriver"])?,
    })
}

/// Firefox's driver: on PATH, or built into the target folder, which takes minutes.
pub fn geckodriver(console: &Console) -> Result<PathBuf> {
    let folder = paths::target().join("tools");
    let built = folder.join("bin/geckodriver");
    if let Some(found) =
        paths::on_path(&["geckodriver"]).or_else(|| built.is_file().then(|| built.clone()))
    {
        return Ok(found);
    }
    let mut install =
        cargo(["install", "geckodriver", "--version", GECKODRIVER, "--locked", "--root"]);
    console.run(install.arg(&folder))?;
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::node_version;

    #[test]
    fn reads_the_version_node_prints() {
        assert_eq!(node_version("v20.19.4"), Some((20, 19)));
        assert_eq!(node_version("v22.1.0-nightly"), Some((22, 1)));
        assert_eq!(node_version("20.19.4"), None);
        assert_eq!(node_version("v20"), None);
    }
}
