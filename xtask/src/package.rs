//! Makes pkg/dist out of the compiled crates: bindings, optimised wasm, one flat folder.

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

/// A crate that the npm package has as a wasm.
pub struct Crate {
    pub package: &'static str,
    /// What its files in dist are called.
    pub name: &'static str,
    /// The script with the wasm inside.
    inline: &'static str,
    /// What users import.
    pub specifier: &'static str,
    /// Of wasm and glue together, brotli-compressed, in bytes.
    pub budget: usize,
}

pub const CRATES: [Crate; 2] = [
    Crate {
        package: "imagineanything",
        name: "imagineanything",
        inline: "inline.js",
        specifier: "imagineanything",
        budget: 72 * 1024,
    },
    Crate {
        package: "imagineanything-text",
        name: "text",
        inline: "text-inline.js",
        specifier: "imagineanything/text",
        budget: 24 * 1024,
    },
];

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

impl Crate {
    /// Where cargo leaves its wasm.
    pub fn compiled(&self) -> PathBuf {
        let file = self.package.replace('-', "_") + ".wasm";
        paths::target().join(tools::WASM).join("wasm").join(file)
    }

    /// Makes its files in `dist`.
    fn make(&self, dist: &Path, console: &Console) -> Result<()> {
        let name = self.name;
        let web = self.bindings("web")?;
        // The same declarations without those of `init`, which users of the package never call.
        let bundler = self.bindings("bundler")?;

        let bound = web.join(format!("{name}_bg.wasm"));
        let glue = shorten(&bound, &fs::read_to_string(web.join(format!("{name}.js")))?)?;
        let built = dist.join(format!("{name}.wasm"));
        let mut optimise = tools::command(paths::npm_bin("wasm-opt"));
        console.run(optimise.args(OPTIMISE).arg(bound).arg("-o").arg(&built))?;
        let inline =
            format!("export const wasm = \"{}\";\n", BASE64_STANDARD.encode(fs::read(&built)?));
        fs::write(dist.join(self.inline), inline)?;

        fs::write(dist.join(format!("{name}.js")), flatten_imports(&glue))?;
        let types = fs::read_to_string(bundler.join(format!("{name}.d.ts")))?;
        fs::write(dist.join(format!("{name}.d.ts")), format!("{TYPES_NEED}\n{types}"))?;
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
        Ok(())
    }

    /// Runs wasm-bindgen for a target; gives the folder of what it made.
    fn bindings(&self, target: &str) -> Result<PathBuf> {
        let out = paths::target().join("xtask/bindings").join(self.name).join(target);
        remove(&out)?;
        let mut args: Vec<OsString> =
            ["wasm-bindgen", "--target", target, "--out-name", self.name].map(Into::into).into();
        args.extend(["--remove-name-section", "--remove-producers-section"].map(OsString::from));
        if target == "web" {
            args.push("--omit-default-module-path".into());
        }
        args.extend(["--out-dir".into(), out.clone().into_os_string(), self.compiled().into()]);
        run_cli_with_args(args)?;
        Ok(out)
    }
}

pub fn make(console: &Console) -> Result<()> {
    // Made beside and moved when it is whole: what runs from it misses it for no longer than that.
    let dist = paths::pkg().join("dist.new");
    remove(&dist)?;
    fs::create_dir_all(&dist)?;
    CRATES.iter().try_for_each(|part| part.make(&dist, console))?;
    remove(&paths::dist())?;
    fs::rename(&dist, paths::dist())?;
    for text in TEXTS {
        fs::copy(paths::root().join(text), paths::pkg().join(text))
            .with_context(|| text.to_owned())?;
    }
    Ok(())
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
