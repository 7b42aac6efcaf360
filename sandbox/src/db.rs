//! The SQLite database: opening it, its schema, one writer beside several readers.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};
use crate::store::tables;

/// The name that stands for a database without a file.
pub const IN_MEMORY: &str = ":memory:";

const SCHEMA: &str = include_str!("schema.sql");

/// Its version; a file of another version is refused rather than guessed at.
const SCHEMA_VERSION: i64 = 2;

/// More readers than processors only wait for each other.
const MAX_READERS: usize = 8;

/// More statements than the service has, so that each is compiled once a connection.
const STATEMENTS: usize = 256;

/// What every connection is told. A commit is in the operating system's hands when it is answered, so it outlives the
/// process however that ends; only a power cut may take the last moments, never more (that is what NORMAL means in WAL
/// mode, and what makes a write cost microseconds).
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000;";

/// A handle to the connections. SQLite writes one at a time, so there is one writer; readers do not wait for it and see
/// everything that was committed before they began. A database in memory belongs to its one connection, which does both.
#[derive(Clone)]
pub struct Db {
    writer: Pool,
    readers: Pool,
}

impl Db {
    /// Opens `path`, making the file and its tables when they are missing.
    pub fn open(path: &str) -> std::result::Result<Self, String> {
        let told = |error| format!("cannot open the database {path}: {error}");
        if path == IN_MEMORY {
            let mut connection = Connection::open_in_memory().map_err(told)?;
            set_up(&connection).map_err(told)?;
            prepare(&mut connection).map_err(|error| format!("cannot use {path}: {error}"))?;
            let only = Pool::new(vec![connection]);
            return Ok(Self { writer: only.clone(), readers: only });
        }
        let open = || {
            let connection = Connection::open(path)?;
            set_up(&connection)?;
            Ok(connection)
        };
        let mut writer = open().map_err(told)?;
        prepare(&mut writer).map_err(|error| format!("cannot use the database {path}: {error}"))?;
        let count = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_READERS);
        let readers = (0..count).map(|_| open()).collect::<rusqlite::Result<_>>().map_err(told)?;
        Ok(Self { writer: Pool::new(vec![writer]), readers: Pool::new(readers) })
    }

    /// Runs `work` off the async threads. All that it reads is of one moment.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        self.readers.run(|connection| work(&*connection.transaction()?)).await
    }

    /// Runs `work` in one transaction: all of it is kept, or, after an error, nothing.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> Result<T> + Send + 'static,
    {
        self.writer
            .run(|connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            })
            .await
    }

    /// Forgets everything: every table is dropped and made anew.
    pub async fn empty(&self) -> Result<()> {
        self.writer
            .run(|connection| {
                // Otherwise every row would first be looked for in all tables that may refer to it.
                connection.pragma_update(None, "foreign_keys", false)?;
                let emptied = tables::make_anew(connection, SCHEMA);
                connection.pragma_update(None, "foreign_keys", true)?;
                emptied
            })
            .await
    }
}

/// Connections that do the same work. Calls wait for a free one in the order in which they came, without a thread.
#[derive(Clone)]
struct Pool {
    free: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Pool {
    fn new(connections: Vec<Connection>) -> Self {
        Self {
            free: Arc::new(Semaphore::new(connections.len())),
            idle: Arc::new(Mutex::new(connections)),
        }
    }

    async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        let turn = Arc::clone(&self.free).acquire_owned().await.map_err(Error::internal)?;
        let idle = Arc::clone(&self.idle);
        tokio::task::spawn_blocking(move || {
            // Given up after the lease, so that whoever is next finds the connection.
            let _turn = turn;
            let connection = locked(&idle).pop();
            let mut lease = Lease { connection, idle };
            match &mut lease.connection {
                Some(connection) => work(connection),
                None => Err(Error::internal("no connection is idle")),
            }
        })
        .await
        .map_err(Error::internal)?
    }
}

/// A connection in use. It goes back also when its user panics.
struct Lease {
    connection: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        locked(&self.idle).extend(self.connection.take());
    }
}

fn locked(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
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
            transaction.execute_batch(SCHEMA).map_err(sql)?;
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
