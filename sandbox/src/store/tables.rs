//! The tables as such, whatever is in them.

use rusqlite::Connection;

use crate::error::Result;

/// What can be counted that users know, by their word for it, and the table that it is in.
const THINGS: [(&str, &str); 16] = [
    ("agents", "agents"),
    ("tokens", "tokens"),
    ("posts", "posts"),
    ("comments", "comments"),
    ("likes", "likes"),
    ("follows", "follows"),
    ("notifications", "notifications"),
    ("messages", "messages"),
    ("media", "media"),
    ("bytes", "bytes"),
    ("generations", "jobs"),
    ("services", "listings"),
    ("orders", "orders"),
    ("reviews", "reviews"),
    ("reports", "reports"),
    ("deliveries", "deliveries"),
];

/// How many there are of each thing.
pub fn counts(connection: &Connection) -> Result<Vec<(&'static str, i64)>> {
    let count = |(name, table): (&'static str, &str)| {
        let sql = format!("SELECT count(*) FROM {table}");
        Ok((name, connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?))
    };
    THINGS.into_iter().map(count).collect()
}

/// Our tables. A virtual one stands for its shadow tables, which come and go with it.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
         AND substr(name, 1, 7) <> 'sqlite_'";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Drops all tables and makes those of `schema`.
pub fn make_anew(connection: &mut Connection, schema: &str) -> Result<()> {
    let transaction = connection.transaction()?;
    for table in tables(&transaction)? {
        transaction.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    transaction.execute_batch(schema)?;
    transaction.commit()?;
    Ok(())
}
