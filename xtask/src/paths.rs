//! Where things lie in the repository.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's top folder.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Cargo's target folder; what xtask itself keeps lies there too.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The npm package.
pub fn pkg() -> PathBuf {
    root().join("pkg")
}

/// The built part of the npm package.
pub fn dist() -> PathBuf {
    pkg().join("dist")
}

/// A program that npm installed at the root.
pub fn npm_bin(name: &str) -> PathBuf {
    root().join("node_modules/.bin").join(name)
}

/// The local service, as `cargo build -p sandbox` leaves it.
pub fn sandbox() -> PathBuf {
    target().join("debug/sandbox")
}

/// Looks for the first of several programs on PATH.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
