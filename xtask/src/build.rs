//! `cargo xtask build`: from the crate to pkg/dist, and how large that is.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::console::Console;
use crate::{package, paths, sizes, tools};

/// A change of these recipes means a new package, though the wasm be the same.
const RECIPES: [&str; 2] = [include_str!("build.rs"), include_str!("package.rs")];

/// Builds the package and prints its sizes; fails when it is too large.
pub fn run(console: &Console) -> Result<()> {
    build(console)?;
    sizes::check(console)
}

/// Builds the package, or does nothing when it is up to date.
pub fn build(console: &Console) -> Result<()> {
    tools::wasm_target(console)?;
    tools::node_modules(console)?;
    let wasm = paths::target().join("wasm32-unknown-unknown/wasm/imagineanything.wasm");
    let args = [
        "build",
        "--package",
        "imagineanything",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "wasm",
        "--features",
        "js",
    ];
    console.run_step("compile the crate to wasm", &mut tools::cargo(args))?;

    let stamp = Stamp::of(&wasm)?;
    if stamp.is_current() {
        return Ok(());
    }
    console.step("make the package", || package::make(&wasm, console))?;
    stamp.keep()
}

/// Tells whether pkg/dist was made from this very wasm by these very recipes.
struct Stamp {
    file: PathBuf,
    hash: String,
}

impl Stamp {
    fn of(wasm: &PathBuf) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        fs::read(wasm)
            .with_context(|| format!("cargo left no {}", wasm.display()))?
            .hash(&mut hasher);
        fs::read(paths::root().join("package-lock.json"))?.hash(&mut hasher);
        RECIPES.hash(&mut hasher);
        Ok(Self {
            file: paths::dist().join(".made-from"),
            hash: format!("{:016x}", hasher.finish()),
        })
    }

    fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|made_from| made_from == self.hash)
    }

    fn keep(&self) -> Result<()> {
        Ok(fs::write(&self.file, &self.hash)?)
    }
}
