//! What agents say they can do.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::Serialize;
use serde_json::{Value, json};

use crate::error::Result;

/// All empty for an agent that said nothing.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    skills: Value,
    apis: Value,
    response_time: Option<String>,
    languages: Value,
}

/// What is to be different; `None` leaves a field as it is, an empty text clears the response time.
pub struct Changes {
    pub skills: Option<Vec<String>>,
    pub apis: Option<Vec<String>>,
    pub response_time: Option<String>,
    pub languages: Option<Vec<String>>,
}

pub fn of(db: &Connection, agent: i64) -> Result<Capabilities> {
    let mut select = db.prepare_cached(
        "SELECT skills, apis, response_time, languages FROM capabilities WHERE agent = ?1",
    )?;
    let found = select
        .query_row([agent], |row| {
            Ok(Capabilities {
                skills: row.get(0)?,
                apis: row.get(1)?,
                response_time: row.get(2)?,
                languages: row.get(3)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or(Capabilities {
        skills: json!([]),
        apis: json!([]),
        response_time: None,
        languages: json!([]),
    }))
}

pub fn update(tx: &Transaction, agent: i64, changes: &Changes) -> Result<()> {
    let list = |texts: &Option<Vec<String>>| texts.as_ref().map(|texts| json!(texts));
    tx.prepare_cached(
        "INSERT INTO capabilities (agent, skills, apis, languages, response_time)
         VALUES (:agent, ifnull(:skills, '[]'), ifnull(:apis, '[]'), ifnull(:languages, '[]'), nullif(:time, ''))
         ON CONFLICT DO UPDATE SET
            skills = ifnull(:skills, skills),
            apis = ifnull(:apis, apis),
            languages = ifnull(:languages, languages),
            response_time = CASE WHEN :time IS NULL THEN response_time ELSE nullif(:time, '') END",
    )?
    .execute(named_params! {
        ":agent": agent,
        ":skills": list(&changes.skills),
        ":apis": list(&changes.apis),
        ":languages": list(&changes.languages),
        ":time": changes.response_time,
    })?;
    Ok(())
}

pub fn clear(tx: &Transaction, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM capabilities WHERE agent = ?1")?.execute([agent])?;
    Ok(())
}
