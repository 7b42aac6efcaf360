//! Makes every panic a trap at once, where the compiled standard library would write a message that
//! nobody reads: the trap itself is told, as an error's cause.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::ir::{Call, Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Parts of the names of functions that never return, as the compiler writes them.
const NEVER_RETURN: [&str; 15] = [
    "8rust_oom",
    "4core9panicking",
    "rust_begin_unwind",
    "15panic_with_hook",
    "13unwrap_failed",
    "13expect_failed",
    "13assert_failed",
    "16slice_index_fail",
    "16slice_error_fail",
    "22panic_already_borrowed",
    "30panic_already_mutably_borrowed",
    "18panic_access_error",
    "handle_alloc_error",
    "12handle_error",
    "17capacity_overflow",
];

/// Parts of the names of functions that write messages.
const WRITERS: [&str; 7] = [
    "4core3fmt",
    "3fmt7Display",
    "3fmt5Debug",
    "fmt..Display",
    "fmt..Debug",
    "3std9panicking",
    "rust_end_short_backtrace",
];

/// Replaces what panics in `from`, and leaves the rest in `to`.
pub fn trap_at_once(from: &Path, to: &Path) -> Result<()> {
    let mut module = Module::from_file(from)?;
    for id in named(&module, &NEVER_RETURN) {
        make_trap(&mut module, id);
    }
    // The table of functions keeps what writes messages, though nobody calls it any more.
    let writers = named(&module, &WRITERS);
    if !is_called(&module, &writers) {
        for id in writers {
            make_trap(&mut module, id);
        }
    }
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in data {
        forget_places(&mut module.data.get_mut(id).value);
    }
    module.emit_wasm_file(to).with_context(|| to.display().to_string())
}

/// The functions of the module whose names have one of these parts.
fn named(module: &Module, parts: &[&str]) -> HashSet<FunctionId> {
    let is_meant = |name: &str| parts.iter().any(|part| name.contains(part));
    let ids = module.funcs.iter_local().map(|(id, _)| id);
    ids.filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(is_meant)).collect()
}

/// Whether any other function calls one of these.
fn is_called(module: &Module, these: &HashSet<FunctionId>) -> bool {
    struct Calls<'a>(&'a HashSet<FunctionId>, bool);
    impl Visitor<'_> for Calls<'_> {
        fn visit_call(&mut self, call: &Call) {
            self.1 |= self.0.contains(&call.func);
        }
    }
    let mut calls = Calls(these, false);
    for (id, function) in module.funcs.iter_local() {
        if !these.contains(&id) {
            dfs_in_order(&mut calls, function, function.entry_block());
        }
    }
    calls.1
}

fn make_trap(module: &mut Module, id: FunctionId) {
    let trap = trap(module, id);
    module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
}

/// A function of the same type that traps.
fn trap(module: &mut Module, id: FunctionId) -> LocalFunction {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let args = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.func_body().unreachable();
    builder.local_func(args)
}

/// Blanks the names of source files, by which panics would tell where they happened.
fn forget_places(data: &mut [u8]) {
    let in_path = |b: &u8| b.is_ascii_alphanumeric() || b"/_-.".contains(b);
    for text in data.split_mut(|b| !in_path(b)) {
        while let Some(end) = find(text, b".rs")
            && let Some(path) = text.get_mut(..end + 3)
            && let Some(start) = find(path, b"/rustc/").or_else(|| find(path, b"src/"))
        {
            path.iter_mut().skip(start).for_each(|b| *b = 0);
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::forget_places;

    #[test]
    fn places_are_forgotten_and_nothing_else() {
        let mut data =
            b"a text src/client/call.rs\0wordssrc/web.rs and /rustc/59/library/fmt.rs!".to_vec();
        forget_places(&mut data);
        let left: Vec<u8> = data.into_iter().filter(|b| *b != 0).collect();
        assert_eq!(String::from_utf8(left).unwrap(), "a text words and !");
    }
}
