//! Makes pkg/dist out of the compiled wasm: bindings, optimised wasm, one flat folder.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wasm_bindgen_cli::wasm_bindgen::run_cli_with_args;

use crate::console::Console;
use crate::shorten::shorten;
use crate::{paths, tools};

const NAME: &str = "imagineanything";
/// For size, in this order. The linker leaves the first kilobyte of memory unused.
const OPTIMISE: [&str; 9] = [
    "--flatten",
    "--local-cse",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--coalesce-locals-learning",
    "--vacuum",
    "--low-memory-unused",
    "--strip-target-features",
];
/// `Disposable`, for users whose own configuration does not name it.
const TYPES_NEED: &str = "/// <reference lib=\"esnext.disposable\" />";
/// What npm publishes beside the code, kept once at the top of the repository.
const TEXTS: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub fn make(wasm: &Path, console: &Console) -> Result<()> {
    let work = paths::target().join("xtask/bindings");
    let web = bindings(wasm, "web", &work)?;
    // The same declarations without those of `init`, which users of the package never call.
    let bundler = bindings(wasm, "bundler", &work)?;

    // Made beside and moved when it is whole: what runs from it misses it for no longer than that.
    let dist = paths::pkg().join("dist.new");
    remove(&dist)?;
    fs::create_dir_all(&dist)?;
    let bound = web.join(format!("{NAME}_bg.wasm"));
    let glue = shorten(&bound, &fs::read_to_string(web.join(format!("{NAME}.js")))?)?;
    let built = dist.join(format!("{NAME}.wasm"));
    let mut optimise = tools::command(paths::npm_bin("wasm-opt"));
    console.run(optimise.args(OPTIMISE).arg(bound).arg("-o").arg(&built))?;
    let inline =
        format!("export const wasm = \"{}\";\n", BASE64_STANDARD.encode(fs::read(&built)?));
    fs::write(dist.join("inline.js"), inline)?;

    fs::write(dist.join(format!("{NAME}.js")), flatten_imports(&glue))?;
    let types = fs::read_to_string(bundler.join(format!("{NAME}.d.ts")))?;
    fs::write(dist.join(format!("{NAME}.d.ts")), format!("{TYPES_NEED}\n{types}"))?;
    for snippet in files_below(&web.join("snippets"))? {
        let to = dist.join(snippet.file_name().context("a snippet without a name")?);
        if to.exists() {
            bail!(
                "two files would both be {}: rename the snippet {}",
                to.display(),
                snippet.display()
            );
        }
        // What they import of each other lies beside them now.
        fs::write(to, fs::read_to_string(&snippet)?.replace("from \"../", "from \"./"))?;
    }
    remove(&paths::dist())?;
    fs::rename(&dist, paths::dist())?;
    for text in TEXTS {
        fs::copy(paths::root().join(text), paths::pkg().join(text))
            .with_context(|| text.to_owned())?;
    }
    Ok(())
}

/// Runs wasm-bindgen into `work/TARGET`.
fn bindings(wasm: &Path, target: &str, work: &Path) -> Result<PathBuf> {
    let out = work.join(target);
    remove(&out)?;
    let mut args: Vec<OsString> =
        ["wasm-bindgen", "--target", target, "--out-name", NAME].map(OsString::from).into();
    args.extend(["--remove-name-section", "--remove-producers-section"].map(OsString::from));
    if target == "web" {
        args.push("--omit-default-module-path".into());
    }
    args.extend(["--out-dir".into(), out.clone().into_os_string(), wasm.into()]);
    run_cli_with_args(args)?;
    Ok(out)
}

/// Removes a folder, if it is there.
fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// Makes the glue import its snippets from its own folder.
///
/// Only lines that import are changed: the same path is also a key of the wasm's imports object, and must stay there.
/// wasm-bindgen writes such a key once for each function of the snippet; the first is enough, and bundlers warn of more.
fn flatten_imports(glue: &str) -> String {
    let mut keys = HashSet::new();
    let mut flat = String::with_capacity(glue.len());
    for line in glue.lines() {
        let key = line.trim_start().split_once(": import").map(|(key, _)| key);
        if key.is_none_or(|key| keys.insert(key)) {
            flat.push_str(&flatten_import(line).unwrap_or_else(|| line.to_owned()));
            flat.push('\n');
        }
    }
    flat
}

fn flatten_import(line: &str) -> Option<String> {
    if !line.starts_with("import ") && !line.starts_with("export ") {
        return None;
    }
    let (before, path) =
        line.split_once("'./snippets/").or_else(|| line.split_once("\"./snippets/"))?;
    let file = path.trim_end_matches(['\'', '"', ';']).rsplit('/').next()?;
    Some(format!("{before}\"./{file}\";"))
}

pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::flatten_imports;

    const GLUE: &str = r#"import { fail } from './snippets/it-0f1e/js/error.js';
import * as import1 from "./snippets/it-0f1e/js/error.js"
const imports = {
    "./snippets/it-0f1e/js/error.js": import1,
    "./snippets/it-0f1e/js/error.js": import2,
};
"#;
    const FLAT: &str = r#"import { fail } from "./error.js";
import * as import1 from "./error.js";
const imports = {
    "./snippets/it-0f1e/js/error.js": import1,
};
"#;

    #[test]
    fn only_import_lines_are_flattened_and_no_key_stands_twice() {
        assert_eq!(flatten_imports(GLUE), FLAT);
    }
}
