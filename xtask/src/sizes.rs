//! How large the package is for a browser, against its budget.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::console::Console;
use crate::package::{self, Crate};
use crate::{paths, tools};

struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the sizes; an error when they are over a budget.
pub fn check(console: &Console) -> Result<()> {
    console.note(&format!("\n{:<32}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli"));
    package::CRATES.iter().try_for_each(|part| check_crate(part, console))
}

fn check_crate(part: &Crate, console: &Console) -> Result<()> {
    let Crate { name, specifier, budget, .. } = part;
    let wasm = Sizes::of(&fs::read(paths::dist().join(format!("{name}.wasm")))?)?;
    let glue = Sizes::of(&browser_glue(specifier, console)?)?;
    let both = Sizes {
        raw: wasm.raw + glue.raw,
        gzip: wasm.gzip + glue.gzip,
        brotli: wasm.brotli + glue.brotli,
    };
    for (what, sizes) in [("wasm", &wasm), ("browser glue, minified", &glue), (specifier, &both)] {
        console.note(&format!("{what:<32}{:>10}{:>10}{:>10}", sizes.raw, sizes.gzip, sizes.brotli));
    }
    console.note(&format!("{:<52}{budget:>10}", "budget"));
    if both.brotli > *budget {
        bail!("{specifier} is {} bytes over its budget", both.brotli - budget);
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
fn browser_glue(specifier: &str, console: &Console) -> Result<Vec<u8>> {
    let bundle = paths::target().join("xtask/glue.js");
    let mut esbuild = tools::command(paths::npm_bin("esbuild"));
    // What users import, not a file: the exports map chooses the entry.
    esbuild.args([specifier, "--bundle", "--minify", "--format=esm", "--platform=browser"]);
    console.run(esbuild.arg(format!("--outfile={}", bundle.display())))?;
    fs::read(&bundle).context("esbuild left no bundle")
}
