//! Makes every panic a trap at once, where the compiled standard library would write a message that
//! nobody reads: the trap itself is told, as an error's cause.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::ir::{Call, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module,
};

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

/// Parts of the names of functions that run futures as js-sys does. The client has its own way.
const FUTURES: [&str; 2] = ["6js_sys7futures", "__wbg_jspi_task_poll"];

/// Replaces what panics in `from`, and leaves the rest in `to`.
pub fn trap_at_once(from: &Path, to: &Path) -> Result<()> {
    let mut module = Module::from_file(from)?;
    for id in named(&module, &NEVER_RETURN) {
        make_trap(&mut module, id);
    }
    // The table of functions keeps these, though nobody calls them any more.
    for parts in [WRITERS.as_slice(), &FUTURES] {
        let unused = named(&module, parts);
        if !is_called(&module, &unused) {
            for id in unused {
                make_trap(&mut module, id);
            }
        }
    }
    forget_places(&mut module);
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

/// Blanks where panics would tell that they happened: the names of source files, and what points at
/// them with a line and a column.
fn forget_places(module: &mut Module) {
    let ids: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    let mut ends = HashSet::new();
    for id in &ids {
        let data = module.data.get_mut(*id);
        let address = address(&data.kind);
        ends.extend(forget_names(&mut data.value).into_iter().map(|end| address + end));
    }
    for id in ids {
        forget_pointers(&mut module.data.get_mut(id).value, &ends);
    }
}

/// Where a piece of data lies in memory.
fn address(kind: &DataKind) -> usize {
    match kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } => *offset as usize,
        _ => 0,
    }
}

/// Blanks the names of source files; gives where they ended.
fn forget_names(data: &mut [u8]) -> Vec<usize> {
    let in_path = |b: &u8| b.is_ascii_alphanumeric() || b"/_-.".contains(b);
    let (mut ends, mut offset) = (Vec::new(), 0);
    for text in data.split_mut(|b| !in_path(b)) {
        while let Some(end) = find(text, b".rs")
            && let Some(path) = text.get_mut(..end + 3)
            && let Some(start) = find(path, b"/rustc/").or_else(|| find(path, b"src/"))
        {
            path.iter_mut().skip(start).for_each(|b| *b = 0);
            ends.push(offset + end + 3);
        }
        offset += text.len() + 1;
    }
    ends
}

/// Blanks what consists of the address and the length of such a name, a line and a column.
fn forget_pointers(data: &mut [u8], ends: &HashSet<usize>) {
    const WORD: usize = 4;
    let word = |data: &[u8], at: usize| match data.get(at..at + WORD) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    };
    for at in (0..data.len()).step_by(WORD) {
        let (name, length) = (word(data, at), word(data, at + WORD));
        if length > 0
            && ends.contains(&(name + length))
            && let Some(place) = data.get_mut(at..at + 4 * WORD)
        {
            place.fill(0);
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{forget_names, forget_pointers};

    #[test]
    fn names_are_forgotten_and_nothing_else() {
        let text = b"a text src/client/call.rs\0wordssrc/web.rs and /rustc/59/library/fmt.rs!";
        let mut data = text.to_vec();
        let ends = forget_names(&mut data);
        let left: Vec<u8> = data.into_iter().filter(|b| *b != 0).collect();
        assert_eq!(String::from_utf8(left).unwrap(), "a text words and !");
        assert!(ends.iter().all(|end| text[..*end].ends_with(b".rs")), "{ends:?}");
    }

    #[test]
    fn what_points_at_a_name_is_forgotten() {
        let words = |words: [u32; 6]| words.map(u32::to_le_bytes).concat();
        let mut data = words([7, 1000, 24, 90, 12, 8]);
        forget_pointers(&mut data, &HashSet::from([1024]));
        assert_eq!(data, words([7, 0, 0, 0, 0, 8]));
    }
}
