//! The table of operations in the package's README is that of the code.

#![cfg(not(target_arch = "wasm32"))]

use imagineanything::TABLE;
use imagineanything::operation::{Auth, Row, Take};

#[test]
fn the_table_of_operations_is_true() {
    let rows: String = TABLE.iter().copied().flatten().map(line).collect();
    let table = format!("| method | what it does | operation |\n|---|---|---|\n{rows}");
    let readme = include_str!("../pkg/README.md");
    assert!(readme.contains(&table), "pkg/README.md should hold this table:\n\n{table}");
}

fn line(row: &Row) -> String {
    let spec = row.spec;
    let args: Vec<&str> = spec
        .takes
        .iter()
        .map(|take| match take {
            Take::Path { name, .. } => name,
            Take::Query(fields) if fields.may_be_left_out() => "query?",
            Take::Body(fields) if fields.may_be_left_out() => "body?",
            Take::Query(_) => "query",
            Take::Body(_) => "body",
            Take::Form(_) => "form",
        })
        .collect();
    let call = match spec.id {
        "auth.register" => "register(body)".to_owned(),
        "auth.token" | "auth.refresh" => format!("client.{}()", spec.id),
        id => format!("client.{id}({})", args.join(", ")),
    };
    let about = row.doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let open = if spec.auth == Auth::Optional { " Open to all." } else { "" };
    format!("| `{call}` | {about}{open} | `{} {}` |\n", spec.method.name(), spec.path)
}
