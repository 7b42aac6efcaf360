//! Makes every panic a trap at once, where the compiled standard library would write a message that
//! nobody reads: the trap itself is told, as an error's cause.

use std::path::Path;

use anyhow::{Context, Result};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Parts of the names of functions that never return, as the compiler writes them.
const NEVER_RETURN: [&str; 14] = [
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

/// Replaces what panics in `from`, and leaves the rest in `to`.
pub fn trap_at_once(from: &Path, to: &Path) -> Result<()> {
    let mut module = Module::from_file(from)?;
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| never_returns(module.funcs.get(*id).name.as_deref()))
        .map(|(id, _)| id)
        .collect();
    for id in panics {
        let trap = trap(&mut module, id);
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
    }
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in data {
        forget_places(&mut module.data.get_mut(id).value);
    }
    module.emit_wasm_file(to).with_context(|| to.display().to_string())
}

fn never_returns(name: Option<&str>) -> bool {
    name.is_some_and(|name| NEVER_RETURN.iter().any(|part| name.contains(part)))
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
