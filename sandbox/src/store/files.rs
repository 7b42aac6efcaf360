//! Files that the service hosts itself, in parts of one size.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::Value;

use crate::error::{Error, Result};

/// Where hosted files are answered. In the database stand paths, as the port may be another one at the next start.
const ROOT: &str = "/media/";

const PART_BYTES: usize = 256 * 1024;

/// A hosted file without its bytes.
pub struct File {
    pub seq: i64,
    pub content_type: String,
    pub size: i64,
}

/// Keeps a file under `path`, which is the part of its address below `/media/`.
pub fn insert(tx: &Transaction, path: &str, content_type: &str, bytes: &[u8]) -> Result<i64> {
    tx.prepare_cached("INSERT INTO files (path, content_type, size) VALUES (?1, ?2, ?3)")?
        .execute(params![path, content_type, bytes.len() as i64])?;
    let file = tx.last_insert_rowid();
    let mut insert =
        tx.prepare_cached("INSERT INTO file_parts (file, nth, bytes) VALUES (?1, ?2, ?3)")?;
    for (nth, part) in (0_i64..).zip(bytes.chunks(PART_BYTES)) {
        insert.execute(params![file, nth, part])?;
    }
    Ok(file)
}

pub fn delete(tx: &Transaction, file: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM files WHERE seq = ?1")?.execute([file])?;
    Ok(())
}

pub fn find(db: &Connection, path: &str) -> Result<Option<File>> {
    let mut select =
        db.prepare_cached("SELECT seq, content_type, size FROM files WHERE path = ?1")?;
    let file = select.query_row([path], |row| {
        Ok(File { seq: row.get(0)?, content_type: row.get(1)?, size: row.get(2)? })
    });
    Ok(file.optional()?)
}

/// The bytes from `start` on, up to `end` or the end of the part that holds them, whichever comes first.
pub fn read(db: &Connection, file: i64, start: i64, end: i64) -> Result<Vec<u8>> {
    let part = PART_BYTES as i64;
    let mut select = db.prepare_cached(
        "SELECT substr(bytes, ?3, ?4) FROM file_parts WHERE file = ?1 AND nth = ?2",
    )?;
    let read = select
        .query_row(params![file, start / part, start % part + 1, end - start], |row| row.get(0));
    read.optional()?.ok_or_else(|| Error::not_found("The file was deleted."))
}

/// The path on this service of what is kept below `/media/`.
pub fn hosted(path: &str) -> String {
    format!("{ROOT}{path}")
}

/// The part below `/media/` of a path on this service.
pub fn hosted_path(url: &str) -> Option<&str> {
    url.strip_prefix(ROOT)
}

/// The whole addresses of a post's media.
pub fn addresses(urls: Value, public_url: &str) -> Value {
    let Value::Array(urls) = urls else { return urls };
    let whole = urls.into_iter().map(|url| match url {
        Value::String(url) => Value::String(address(url, public_url)),
        other => other,
    });
    Value::Array(whole.collect())
}

/// The whole address of a path on this service; anything else is an address already.
pub fn address(url: String, public_url: &str) -> String {
    if url.starts_with('/') { format!("{public_url}{url}") } else { url }
}
