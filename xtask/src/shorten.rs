//! Gives the names that the wasm and its glue call each other by a letter or two. The bindings
//! carry a hash in each, which no compression takes away and no minifier may rename.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::Module;

/// Shortens the names in `wasm`, in place, and gives the glue that goes with it.
pub fn shorten(wasm: &Path, glue: &str) -> Result<String> {
    let mut module = Module::from_file(wasm)?;
    let mut names = Names::default();
    let mut glue = glue.to_owned();
    take_in_scripts(&mut module, &mut glue, &mut names)?;
    for import in module.imports.iter_mut() {
        // The glue's own, which is named with every import.
        let key = format!("\"{}\": import", import.module);
        if glue.contains(&key) {
            let short = names.short(&import.module, Side::Module);
            glue = glue.replace(&key, &format!("\"{short}\": import"));
            import.module = short;
        } else if let Some(short) = names.0.get(&(Side::Module, import.module.clone())) {
            import.module.clone_from(short);
        }
        if glue.contains(&format!("\n        {}:", import.name)) {
            import.name = names.short(&import.name, Side::Import);
        }
    }
    for export in module.exports.iter_mut() {
        if glue.contains(&format!("wasm.{}", export.name)) {
            export.name = names.short(&export.name, Side::Export);
        }
    }
    module.emit_wasm_file(wasm).with_context(|| wasm.display().to_string())?;
    Ok(names.rewrite(&glue))
}

/// Makes the functions of scripts, which the wasm imports from each as a whole, functions of the glue:
/// a bundler would keep all names of a script for the wasm to choose from.
fn take_in_scripts(module: &mut Module, glue: &mut String, names: &mut Names) -> Result<()> {
    const OWN: &str = "const import0 = {\n";
    let of_own = glue.lines().find(|line| line.ends_with("\": import0,"));
    let own = of_own.and_then(|line| line.split('"').nth(1)).context("the glue has no imports")?;
    let own = own.to_owned();
    let (mut heads, mut keys) = (String::new(), String::from(OWN));
    for import in module.imports.iter_mut().filter(|it| it.module.starts_with("./snippets/")) {
        let (script, name) = (&import.module, &import.name);
        let short = names.short(&format!("{script} {name}"), Side::Import);
        heads += &format!("import {{ {name} as {name}_{short} }} from \"{script}\";\n");
        keys += &format!("        {short}: {name}_{short},\n");
        (import.module, import.name) = (own.clone(), short);
    }
    let is_whole = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("import * as import") || line.starts_with("\"./snippets/")
    };
    let rest: Vec<&str> = glue.lines().filter(|line| !is_whole(line)).collect();
    *glue = heads + &rest.join("\n").replacen(OWN, &keys, 1) + "\n";
    Ok(())
}

/// Who gives the name: the glue to what the wasm imports, or the wasm to what it exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    /// Both: the glue says where it lies.
    Module,
    Import,
    Export,
}

#[derive(Default)]
struct Names(HashMap<(Side, String), String>);

impl Names {
    fn short(&mut self, name: &str, side: Side) -> String {
        let next = self.0.len();
        self.0.entry((side, name.to_owned())).or_insert_with(|| nth_name(next)).clone()
    }

    /// `glue` with the keys of its imports and its uses of `wasm.NAME` renamed.
    fn rewrite(&self, glue: &str) -> String {
        let mut renamed = String::with_capacity(glue.len());
        let mut rest = glue;
        while let Some(start) = rest.find(is_of_name) {
            let (between, word) = rest.split_at(start);
            renamed.push_str(between);
            let end = word.find(|c| !is_of_name(c)).unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            let side = match () {
                () if renamed.ends_with("wasm.") => Some(Side::Export),
                () if renamed.ends_with("\n        ") && after.starts_with(':') => {
                    Some(Side::Import)
                }
                () => None,
            };
            let short = side.and_then(|side| self.0.get(&(side, word.to_owned())));
            renamed.push_str(short.map_or(word, String::as_str));
            rest = after;
        }
        renamed + rest
    }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// The names in their order. None is a word of JavaScript: a bundler may make a module of the wasm.
fn nth_name(index: usize) -> String {
    let mut names = (0..).map(letters).filter(|name| !WORDS.contains(&name.as_str()));
    names.nth(index).unwrap_or_default()
}

const WORDS: [&str; 8] = ["do", "if", "in", "for", "let", "new", "try", "var"];

/// `a` to `z`, then `aa`, `ab` and so on.
fn letters(index: usize) -> String {
    let last = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => last.into(),
        before => letters(before - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Side, letters, nth_name};

    #[test]
    fn names_are_counted_in_letters() {
        assert_eq!([0, 25, 26, 27, 52, 702].map(letters), ["a", "z", "aa", "ab", "ba", "aaa"]);
    }

    #[test]
    fn no_name_is_a_word_of_javascript() {
        let names: Vec<String> = (0..400).map(nth_name).collect();
        assert!(names.contains(&"dn".into()) && names.contains(&"dp".into()));
        assert!(!names.contains(&"do".into()));
    }

    #[test]
    fn only_keys_of_imports_and_uses_of_exports_are_renamed() {
        let mut names = Names::default();
        names.short("__wbg_get_1f", Side::Import);
        names.short("connect", Side::Export);
        let glue = "export function connect(a) {\n    wasm.connect(a);\n    wasm.connected();\n}\n\
                    const imports = {\n        __wbg_get_1f: function(__wbg_get_1f) {},\n};\n";
        let short = "export function connect(a) {\n    wasm.b(a);\n    wasm.connected();\n}\n\
                     const imports = {\n        a: function(__wbg_get_1f) {},\n};\n";
        assert_eq!(names.rewrite(glue), short);
    }
}
