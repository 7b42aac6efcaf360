//! The tables as such, whatever is in them.

use rusqlite::Connection;

use crate::error::Result;

/// How many rows each table has.
pub fn rows(connection: &Connection) -> rusqlite::Result<Vec<(String, i64)>> {
    let count = |table: String| {
        let sql = format!("SELECT count(*) FROM \"{table}\"");
        let rows = connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok((table, rows))
    };
    tables(connection, "'table'")?.into_iter().map(count).collect()
}

/// Our tables of these types, in the order in which they were made.
fn tables(connection: &Connection, types: &str) -> rusqlite::Result<Vec<String>> {
    let sql = format!(
        "SELECT s.name FROM sqlite_schema s JOIN pragma_table_list t ON t.schema = 'main' AND t.name = s.name
         WHERE t.type IN ({types}) AND substr(s.name, 1, 7) <> 'sqlite_' ORDER BY s.rowid"
    );
    connection.prepare_cached(&sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Drops all tables and makes those of `schema`.
pub fn make_anew(connection: &mut Connection, schema: &str) -> Result<()> {
    let transaction = connection.transaction()?;
    // A virtual table takes its shadow tables along.
    for table in tables(&transaction, "'table', 'virtual'")? {
        transaction.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    transaction.execute_batch(schema)?;
    transaction.commit()?;
    Ok(())
}
