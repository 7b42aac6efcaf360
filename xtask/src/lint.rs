//! `cargo xtask lint`: the checks that run nothing; `test` begins with them.

use std::process::Command;

use anyhow::Result;

use crate::console::Console;
use crate::{build, paths, tools};

/// All of them; with `fix`, what can be mended is mended first.
pub fn run(fix: bool, console: &Console) -> Result<()> {
    if fix {
        tools::node_modules(console)?;
        console.run_step("cargo fmt", &mut tools::cargo(["fmt", "--all"]))?;
        console.run_step("eslint --fix", eslint().arg("--fix"))?;
    }
    console.step("cargo fmt", || format(console))?;
    console.step("eslint", || javascript(console))?;
    console.step("clippy, native", || clippy_native(console))?;
    console.step("clippy, wasm", || clippy_wasm(console))?;
    console.step("types", || types(console))
}

pub fn format(console: &Console) -> Result<()> {
    console.run(&mut tools::cargo(["fmt", "--all", "--check", "--", "--files-with-diff"]))
}

pub fn clippy_native(console: &Console) -> Result<()> {
    console.run(&mut tools::cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// The crate as the npm package has it, then as a page in Rust does, without the feature `js`.
pub fn clippy_wasm(console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    console.run(tools::cargo_wasm("clippy").args(["--all-targets", "--", "--deny", "warnings"]))?;
    let mut page = tools::cargo(["clippy", "--package", "yew-timeline", "--target", tools::WASM]);
    console.run(page.args(["--", "--deny", "warnings"]))
}

/// The linter over all JavaScript and TypeScript.
pub fn javascript(console: &Console) -> Result<()> {
    tools::node_modules(console)?;
    console.run(eslint().args(["--max-warnings", "0"]))
}

/// tsc over the dashboard and the recipes, against the package's own declarations.
pub fn types(console: &Console) -> Result<()> {
    build::build(console)?;
    console.run(&mut tools::npm_run("www", "check"))?;
    console.run(&mut tools::npm_run("examples/recipes", "check"))
}

fn eslint() -> Command {
    let mut eslint = tools::command(paths::npm_bin("eslint"));
    eslint.arg(".");
    eslint
}
