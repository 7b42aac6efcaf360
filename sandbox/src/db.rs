//! The SQLite database: opening it, its schema, and one transaction a write.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction};

use crate::error::{Error, Result};

/// The name that stands for a database without a file.
pub const IN_MEMORY: &str = ":memory:";

/// The version of `schema.sql`; a file of another version is refused rather than guessed at.
const SCHEMA_VERSION: i64 = 1;

/// A handle to the one connection. SQLite writes one at a time anyway, and so every reader sees the latest write.
#[derive(Clone)]
pub struct Db(Arc<Mutex<Connection>>);

impl Db {
    /// Opens `path`, making the file and its tables when they are missing.
    pub fn open(path: &str) -> std::result::Result<Self, String> {
        let told = |error| format!("cannot open the database {path}: {error}");
        let mut connection =
            if path == IN_MEMORY { Connection::open_in_memory() } else { Connection::open(path) }
                .map_err(told)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
                 PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
            )
            .map_err(told)?;
        connection.set_prepared_statement_cache_capacity(64);
        prepare(&mut connection)
            .map_err(|error| format!("cannot use the database {path}: {error}"))?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs `work` off the async threads.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        self.on_connection(|connection| work(connection)).await
    }

    /// Runs `work` in one transaction: all of it is kept, or, after an error, nothing.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> Result<T> + Send + 'static,
    {
        self.on_connection(|connection| {
            let transaction = connection.transaction()?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })
        .await
    }

    async fn on_connection<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        let connection = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await
        .map_err(Error::internal)?
    }
}

fn prepare(connection: &mut Connection) -> std::result::Result<(), String> {
    let sql = |error: rusqlite::Error| error.to_string();
    let transaction = connection.transaction().map_err(sql)?;
    let found: i64 =
        transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sql)?;
    let tables: i64 = transaction
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(sql)?;
    match (found, tables) {
        (SCHEMA_VERSION, _) => {}
        (0, 0) => {
            transaction.execute_batch(include_str!("schema.sql")).map_err(sql)?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(sql)?;
        }
        (0, _) => return Err("it belongs to another program".into()),
        _ => {
            return Err(format!(
                "its schema is version {found}, this sandbox has version {SCHEMA_VERSION}; take a new file"
            ));
        }
    }
    transaction.commit().map_err(sql)
}
