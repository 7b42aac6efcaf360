//! seed
use crate::clock::Millis;
use crate::db::Db;
pub async fn demo(_db: &Db, _now: Millis) -> Result<(), String> {
    Ok(())
}
