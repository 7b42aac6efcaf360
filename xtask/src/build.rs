//! `cargo xtask build`: from the crates to pkg/dist, and how large that is.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::console::Console;
use crate::package::Crate;
use crate::{package, paths, sizes, tools};

/// A change of how the package is made means a new package, though the wasm be the same.
const RECIPE: [&str; 3] =
    [include_str!("package.rs"), include_str!("panics.rs"), include_str!("shorten.rs")];

/// Builds the package and prints its sizes; fails when it is too large.
pub fn run(console: &Console) -> Result<()> {
    build(console)?;
    sizes::check(console)
}

/// Builds the package, or does nothing when it is up to date.
pub fn build(console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    tools::node_modules(console)?;
    console.run_step(
        "compile the crates to wasm",
        tools::cargo_wasm("build")
            .args(["--profile", "wasm"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_paths()),
    )?;

    let stamp = paths::target().join("xtask/package.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|made| fingerprint().is_ok_and(|now| made == now)) {
        return Ok(());
    }
    console.step("make the package", || package::make(console))?;
    Ok(fs::write(stamp, fingerprint()?)?)
}

/// The flags that keep this machine's paths out of the wasm: messages of panics name source files.
fn without_paths() -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let sources = registries.into_iter().flatten().flatten();
    let flags: Vec<String> = sources
        .map(|registry| format!("--remap-path-prefix={}/=", registry.path().display()))
        .collect();
    flags.join(" ")
}

/// Stands for what the package is made from and what was made: when either differs, it is made anew.
fn fingerprint() -> Result<String> {
    let mut hasher = DefaultHasher::new();
    RECIPE.hash(&mut hasher);
    let mut files = package::files_below(&paths::dist())?;
    files.sort();
    files.extend(package::CRATES.iter().map(Crate::compiled));
    files.push(paths::root().join("package-lock.json"));
    for file in files {
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        (file, content).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
