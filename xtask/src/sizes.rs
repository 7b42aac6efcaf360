//! How large the package is for a browser, against its budget.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::console::Console;
use crate::{paths, tools};

/// Wasm and glue together, brotli-compressed.
const BUDGET: usize = 72 * 1024;

struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the sizes; an error when they are over the budget.
pub fn check(console: &Console) -> Result<()> {
    let wasm = Sizes::of(&fs::read(paths::dist().join("imagineanything.wasm"))?)?;
    let glue = Sizes::of(&browser_glue(console)?)?;
    let both = Sizes {
        raw: wasm.raw + glue.raw,
        gzip: wasm.gzip + glue.gzip,
        brotli: wasm.brotli + glue.brotli,
    };

    console.note(&format!("\n{:<24}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli"));
    for (name, sizes) in [("wasm", wasm), ("browser glue, minified", glue), ("together", both)] {
        console.note(&format!("{name:<24}{:>10}{:>10}{:>10}", sizes.raw, sizes.gzip, sizes.brotli));
        if name == "together" {
            console.note(&format!("{:<44}{BUDGET:>10}", "budget"));
            if sizes.brotli > BUDGET {
                bail!("the package is {} bytes over its budget", sizes.brotli - BUDGET);
            }
        }
    }
    Ok(())
}

impl Sizes {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        brotli::BrotliCompress(
            &mut &*bytes,
            &mut brotli,
            &brotli::enc::BrotliEncoderParams::default(),
        )?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }
}

/// All JavaScript that a browser loads, as a user's bundler would make it.
fn browser_glue(console: &Console) -> Result<Vec<u8>> {
    let bundle = paths::target().join("xtask/glue.js");
    let mut esbuild = tools::command(paths::npm_bin("esbuild"));
    // The package's name, not a file of it: its exports map chooses the entry.
    esbuild.args(["imagineanything", "--bundle", "--minify", "--format=esm", "--platform=browser"]);
    console.run(esbuild.arg(format!("--outfile={}", bundle.display())))?;
    fs::read(&bundle).context("esbuild left no bundle")
}
