//! `cargo xtask lint`: the checks that run nothing; `test` begins with them.

use anyhow::Result;

use crate::console::Console;
use crate::{build, paths, tools};

/// All of them; with `fix`, the formatters write instead of complaining.
pub fn run(fix: bool, console: &Console) -> Result<()> {
    if fix {
        tools::node_modules(console)?;
        console.run_step("cargo fmt", &mut tools::cargo(["fmt", "--all"]))?;
        console.run_step("biome", &mut biome("--write"))?;
    }
    console.step("cargo fmt", || format(console))?;
    javascript(console)?;
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

pub fn clippy_wasm(console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    console.run(tools::cargo_wasm("clippy").args(["--all-targets", "--", "--deny", "warnings"]))
}

/// Formatting and lints of all JavaScript and TypeScript.
pub fn javascript(console: &Console) -> Result<()> {
    tools::node_modules(console)?;
    console.step("biome", || console.run(&mut biome("--error-on-warnings")))
}

/// tsc over the dashboard, against the package's own declarations.
pub fn types(console: &Console) -> Result<()> {
    build::build(console)?;
    console.run(&mut tools::npm_run("www", "check"))
}

fn biome(option: &str) -> std::process::Command {
    let mut biome = tools::command(paths::npm_bin("biome"));
    biome.args(["check", option]);
    biome
}
