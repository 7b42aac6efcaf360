//! `cargo xtask test`: every check, the quick ones first, and one closing line that says how it went.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use anyhow::{Result, anyhow, bail};

use crate::console::Console;
use crate::tools::Browsers;
use crate::{build, lint, paths, process, python, secrets, service, sizes, tools, web_tests};

#[derive(clap::Args)]
pub struct Options {
    /// Only the steps whose names contain this.
    #[arg(long, default_value = "")]
    filter: String,
    /// The package in WebKit and in every runtime and bundler, too: downloads toolchains, takes minutes.
    #[arg(long)]
    all: bool,
}

struct Step {
    name: &'static str,
    needs: Needs,
    run: fn(&Suite) -> Result<()>,
}

#[derive(Clone, Copy, PartialEq)]
enum Needs {
    Nothing,
    /// The built package: such a step is left out once the build has failed.
    Package,
    /// The package, and browsers to load it.
    Browser,
}

const fn step(name: &'static str, needs: Needs, run: fn(&Suite) -> Result<()>) -> Step {
    Step { name, needs, run }
}

const BUILD: &str = "build";

/// In this order.
const STEPS: [Step; 22] = [
    step("cargo fmt", Needs::Nothing, |suite| lint::format(suite.console)),
    step("eslint", Needs::Nothing, |suite| lint::javascript(suite.console)),
    step("clippy, native", Needs::Nothing, |suite| lint::clippy_native(suite.console)),
    step("clippy, wasm", Needs::Nothing, |suite| lint::clippy_wasm(suite.console)),
    step("native tests", Needs::Nothing, native_tests),
    step("documentation", Needs::Nothing, documentation),
    step("report of the benchmarks", Needs::Nothing, report),
    step("Python SDK", Needs::Nothing, |suite| python::run_sdk(suite.console)),
    step(BUILD, Needs::Nothing, |suite| build::build(suite.console)),
    step("size budget", Needs::Package, |suite| sizes::check(suite.console)),
    step("types", Needs::Package, |suite| lint::types(suite.console)),
    step("dashboard", Needs::Package, |suite| suite.npm_run("www", "test")),
    step("edge bot", Needs::Package, |suite| suite.npm_run("examples/edge-bot", "test")),
    step("hostile input", Needs::Package, |suite| suite.npm_run("tests/js", "hostile")),
    step("faults of the service", Needs::Package, |suite| suite.run_with_service("faults")),
    step("recipes", Needs::Package, |suite| suite.run_with_service("recipes")),
    step("flows", Needs::Package, |suite| suite.run_with_service("flows")),
    step("consumers of the package", Needs::Browser, |suite| suite.run_whole("consumers")),
    step("end to end", Needs::Browser, |suite| suite.run_whole("e2e")),
    step("web tests in Chromium", Needs::Browser, web_tests_in_chromium),
    step("web tests in Firefox", Needs::Browser, web_tests_in_firefox),
    step("secrets in the output", Needs::Nothing, |_| secrets::check()),
];

/// What takes tools that most do not have: only for `--all`.
const MORE: [Step; 2] = [
    step("web tests in WebKit", Needs::Package, web_tests_in_webkit),
    step("matrix of consumers", Needs::Browser, matrix),
];

/// What the steps share. Browsers and drivers are installed once, by whoever comes first.
struct Suite<'a> {
    console: &'a Console,
    browsers: OnceLock<Result<Browsers>>,
    geckodriver: OnceLock<Result<PathBuf>>,
}

pub fn run(options: &Options, console: &Console) -> Result<()> {
    let more: &[Step] = if options.all { &MORE } else { &[] };
    let known = || STEPS.iter().chain(more);
    let steps: Vec<&Step> = known().filter(|step| step.name.contains(&options.filter)).collect();
    if steps.is_empty() {
        let names: Vec<&str> = known().map(|step| step.name).collect();
        bail!("no step is named like that; there are: {}", names.join("; "));
    }
    let suite = Suite { console, browsers: OnceLock::new(), geckodriver: OnceLock::new() };
    thread::scope(|scope| {
        if steps.iter().any(|step| step.needs == Needs::Browser) {
            // Building Firefox's driver takes minutes: it goes on beside the steps that need no browser.
            scope.spawn(|| suite.browsers().and_then(|_| suite.geckodriver()).is_ok());
        }
        run_steps(&steps, &suite)
    })
}

fn run_steps(steps: &[&Step], suite: &Suite) -> Result<()> {
    let (mut passed, mut failed, mut built) = (0, 0, true);
    for step in steps {
        if step.needs != Needs::Nothing && !built {
            suite.console.note(&format!("{}: left out, there is no package", step.name));
            continue;
        }
        let result = suite.console.step(step.name, || (step.run)(suite));
        if process::interrupted() {
            return result;
        }
        match result {
            Ok(()) => passed += 1,
            Err(error) => {
                suite.console.note(&format!("{error:#}\n"));
                failed += 1;
                built &= step.name != BUILD;
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 { Err(anyhow!("not everything passed")) } else { Ok(()) }
}

impl Suite<'_> {
    fn browsers(&self) -> Result<&Browsers> {
        self.browsers
            .get_or_init(|| tools::browsers(self.console))
            .as_ref()
            .map_err(|error| anyhow!("{error:#}"))
    }

    fn geckodriver(&self) -> Result<&PathBuf> {
        self.geckodriver
            .get_or_init(|| tools::geckodriver(self.console))
            .as_ref()
            .map_err(|error| anyhow!("{error:#}"))
    }

    /// Runs an npm script that uses the package.
    fn npm_run(&self, workspace: &str, script: &str) -> Result<()> {
        build::build(self.console)?;
        self.console.run(&mut tools::npm_run(workspace, script))
    }

    /// Runs a script of tests/js that uses the package and the local service.
    fn run_with_service(&self, script: &str) -> Result<()> {
        self.console.run(&mut self.service_script(script)?)
    }

    /// Runs a script of tests/js that uses the demo and Chromium, too.
    fn run_whole(&self, script: &str) -> Result<()> {
        self.console.run(&mut self.whole_script(script)?)
    }

    fn whole_script(&self, script: &str) -> Result<Command> {
        let mut npm = self.service_script(script)?;
        npm.env("XTASK_BIN", env::current_exe()?).env("CHROMIUM", &self.browsers()?.chromium);
        Ok(npm)
    }

    fn service_script(&self, script: &str) -> Result<Command> {
        build::build(self.console)?;
        service::build(self.console)?;
        let mut npm = tools::npm_run("tests/js", script);
        npm.env("SANDBOX_BIN", paths::sandbox());
        Ok(npm)
    }
}

fn native_tests(suite: &Suite) -> Result<()> {
    suite.console.run(&mut tools::cargo(["test", "--workspace"]))
}

fn documentation(suite: &Suite) -> Result<()> {
    let mut doc = tools::cargo(["doc", "--workspace", "--no-deps"]);
    suite.console.run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    // The browser side, as docs.rs shows it beside the other.
    tools::wasm_target(suite.console)?;
    let mut doc = tools::cargo_wasm("doc");
    suite.console.run(doc.arg("--no-deps").env("RUSTDOCFLAGS", "--deny warnings"))
}

fn report(suite: &Suite) -> Result<()> {
    tools::node_modules(suite.console)?;
    suite.console.run(&mut tools::npm_run("tests/js", "report"))
}

fn web_tests_in_chromium(suite: &Suite) -> Result<()> {
    web_tests::run("CHROMEDRIVER", &suite.browsers()?.chromedriver, suite.console)
}

fn web_tests_in_firefox(suite: &Suite) -> Result<()> {
    suite.browsers()?;
    web_tests::run("GECKODRIVER", suite.geckodriver()?, suite.console)
}

fn web_tests_in_webkit(suite: &Suite) -> Result<()> {
    web_tests::run_in_webkit(&tools::webkit(suite.console)?, suite.console)
}

fn matrix(suite: &Suite) -> Result<()> {
    let mut npm = suite.whole_script("matrix")?;
    npm.env("GECKODRIVER", suite.geckodriver()?).env("WEBKITDRIVER", tools::webkit(suite.console)?);
    suite.console.run(&mut npm)
}
