//! What `imagineanything/text` calls (pkg/entry/text/functions.js): numbers only. It has the text
//! itself, cuts out of it what these say, and so loses no lone surrogate.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::count::{Unit, count_text};
use crate::entities::{EntityKind, entities};
use crate::thread::{Numbering, Thread, TooLong, cut};

/// Takes less than the default allocator.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &'static str = include_str!("types.d.ts");

/// How many of a unit a text has. A lone surrogate comes here as U+FFFD.
#[wasm_bindgen(skip_typescript)]
pub fn count(text: &str, unit: u32) -> usize {
    count_text(text, unit_of(unit))
}

/// Five numbers an entity: its kind, its start and its end in UTF-16 code units, the same in bytes.
#[wasm_bindgen(skip_typescript)]
pub fn find(text: &str) -> Vec<u32> {
    let numbers = |entity: crate::Entity<'_>| {
        let (utf16, utf8) = (entity.utf16, entity.utf8);
        [
            kind(entity.kind),
            utf16.start as u32,
            utf16.end as u32,
            utf8.start as u32,
            utf8.end as u32,
        ]
    };
    entities(text).into_iter().flat_map(numbers).collect()
}

/// 0 and the start and the end of each part in UTF-16 code units; or, for what has no room in a
/// part, 1, its kind, its start, its end, its length and the room.
#[wasm_bindgen(skip_typescript)]
pub fn split(text: &str, limit: usize, unit: u32, numbered: bool) -> Vec<u32> {
    let numbering = if numbered { Numbering::OfAll } else { Numbering::None };
    let mut numbers = Vec::new();
    match cut(text, &Thread { limit, unit: unit_of(unit), numbering }) {
        Ok(parts) => {
            numbers.push(0);
            for part in parts {
                numbers.extend([part.start.utf16 as u32, part.end.utf16 as u32]);
            }
        }
        Err(TooLong { kind: what, utf16, length, room, .. }) => {
            let what = what.map_or(3, kind);
            let [start, end] = [utf16.start, utf16.end].map(|at| at as u32);
            numbers.extend([1, what, start, end, length as u32, room as u32]);
        }
    }
    numbers
}

/// The unit at this place of functions.js' list.
fn unit_of(place: u32) -> Unit {
    match place {
        0 => Unit::CodePoints,
        1 => Unit::Utf16,
        2 => Unit::Utf8,
        _ => Unit::Graphemes,
    }
}

/// The place of a kind in functions.js' list.
fn kind(kind: EntityKind) -> u32 {
    match kind {
        EntityKind::Mention => 0,
        EntityKind::Hashtag => 1,
        EntityKind::Link => 2,
    }
}
