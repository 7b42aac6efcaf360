//! Makes pkg/dist out of the compiled crates: for each the optimised wasm, one script, its types.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wasm_bindgen_cli::wasm_bindgen::run_cli_with_args;

use crate::console::Console;
use crate::panics::trap_at_once;
use crate::shorten::shorten;
use crate::{paths, tools};

/// A crate that the npm package has as a wasm.
pub struct Crate {
    pub package: &'static str,
    /// What its files in dist are called.
    pub name: &'static str,
    /// The entry for Node, below `entry`.
    entry: &'static str,
    /// The script with the wasm inside.
    inline: &'static str,
    /// What the entries need besides the glue: names, and the script of ours that has them.
    exports: &'static [(&'static str, &'static str)],
    /// What users import.
    pub specifier: &'static str,
    /// Of wasm and glue together, brotli-compressed, in bytes.
    pub budget: usize,
}

pub const CRATES: [Crate; 2] = [
    Crate {
        package: "imagineanything",
        name: "imagineanything",
        entry: "node.js",
        inline: "inline.js",
        exports: &[("ApiError, isApiError", "error.js"), ("trapped", "events.js")],
        specifier: "imagineanything",
        budget: 76 * 1024,
    },
    Crate {
        package: "imagineanything-text",
        name: "text",
        entry: "text/node.js",
        inline: "text-inline.js",
        exports: &[],
        specifier: "imagineanything/text",
        budget: 24 * 1024,
    },
];

/// For the size over the wire, in this order. What is left out makes fewer bytes that compress worse.
/// The linker leaves the first kilobyte of memory unused.
const OPTIMISE: [&str; 14] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=25",
    "--coalesce-locals-learning",
    "--vacuum",
    "--skip-pass=memory-packing",
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    "--low-memory-unused",
    "--strip-producers",
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
        trap_at_once(&self.compiled(), &self.trapping())?;
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

        fs::write(web.join(format!("{name}.js")), glue)?;
        self.bundle(&web, dist, console)?;
        let types = fs::read_to_string(bundler.join(format!("{name}.d.ts")))?;
        fs::write(dist.join(format!("{name}.d.ts")), format!("{TYPES_NEED}\n{types}"))?;
        Ok(())
    }

    /// Makes one script of the glue and of ours that it imports: a runtime loads it in half the time
    /// that it takes for all of them, and reads it sooner without comments and white space. Names
    /// stay, for who meets them in a stack.
    fn bundle(&self, web: &Path, dist: &Path, console: &Console) -> Result<()> {
        let script = format!("{}.js", self.name);
        let mut exports = format!("export * from \"./{script}\";\n");
        exports += &format!("export {{ default }} from \"./{script}\";\n");
        let scripts = files_below(&web.join("snippets"))?;
        for (names, file) in self.exports {
            let found = scripts.iter().find(|script| script.ends_with(file));
            let found = found.with_context(|| format!("no script is called {file}"))?;
            exports += &format!("export {{ {names} }} from \"{}\";\n", found.display());
        }
        let entry = web.join("entry.js");
        fs::write(&entry, exports)?;
        let mut esbuild = tools::command(paths::npm_bin("esbuild"));
        esbuild.arg(entry).args(["--bundle", "--format=esm", "--platform=neutral"]);
        esbuild.args(["--minify-whitespace", "--minify-syntax"]);
        console.run(esbuild.arg(format!("--outfile={}", dist.join(script).display())))
    }

    /// Makes the entry for `require` out of Node's, which needs no support of ES modules, and its
    /// types. What a test's environment lacks, it takes from Node.
    fn make_commonjs(&self, console: &Console) -> Result<()> {
        const BANNER: &str = "const __url = require(\"node:url\").pathToFileURL(__filename).href; \
                              const { TextDecoder, TextEncoder } = require(\"node:util\");";
        let mut esbuild = tools::command(paths::npm_bin("esbuild"));
        esbuild.arg(paths::pkg().join("entry").join(self.entry));
        esbuild.args(["--bundle", "--format=cjs", "--platform=node", "--external:*inline.js"]);
        esbuild.args(["--define:import.meta.url=__url", &format!("--banner:js={BANNER}")]);
        esbuild.args(["--minify-whitespace", "--minify-syntax"]);
        // As far below the package as the entry is, whose paths it keeps.
        let script = paths::dist().join(self.entry).with_extension("cjs");
        console.run(esbuild.arg(format!("--outfile={}", script.display())))?;
        let types = paths::dist().join(self.name);
        fs::copy(types.with_extension("d.ts"), types.with_extension("d.cts"))?;
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
        args.extend(["--out-dir".into(), out.clone().into_os_string(), self.trapping().into()]);
        run_cli_with_args(args)?;
        Ok(out)
    }

    /// The compiled wasm, whose panics are traps.
    fn trapping(&self) -> PathBuf {
        paths::target().join("xtask").join(format!("{}.wasm", self.name))
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
    CRATES.iter().try_for_each(|part| part.make_commonjs(console))?;
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
