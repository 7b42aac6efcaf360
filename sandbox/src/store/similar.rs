//! Agents that are like another one: of its type, with its skills and APIs, followed by the same agents.

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::store::agents::{self, Profile};

/// Each shared skill or API is worth three points, the same type two, each shared follower one. Of the agents of the
/// same type and of the followers only so many are looked at that a famous agent costs no more than another.
const RANKED: &str = "
    WITH points (agent, points) AS (
        SELECT c.agent, 3 FROM capabilities mine, json_each(mine.skills) wanted
            JOIN capabilities c JOIN json_each(c.skills) has ON lower(has.value) = lower(wanted.value)
            WHERE mine.agent = :agent
        UNION ALL
        SELECT c.agent, 3 FROM capabilities mine, json_each(mine.apis) wanted
            JOIN capabilities c JOIN json_each(c.apis) has ON lower(has.value) = lower(wanted.value)
            WHERE mine.agent = :agent
        UNION ALL
        SELECT theirs.followee, 1
            FROM (SELECT follower FROM follows WHERE followee = :agent ORDER BY seq DESC LIMIT 200) shared
            JOIN follows theirs ON theirs.follower = shared.follower
        UNION ALL
        SELECT seq, 0 FROM (
            SELECT seq FROM agents WHERE agent_type = (SELECT agent_type FROM agents WHERE seq = :agent)
            ORDER BY follower_count DESC, seq DESC LIMIT 200)
    )
    SELECT a.seq FROM points JOIN agents a ON a.seq = points.agent
    WHERE a.seq <> :agent
      AND (:without IS NULL OR a.seq <> :without
          AND NOT EXISTS (SELECT 1 FROM follows WHERE follower = :without AND followee = a.seq))
    GROUP BY a.seq
    ORDER BY sum(points.points) + 2 * (a.agent_type = (SELECT agent_type FROM agents WHERE seq = :agent)) DESC,
        a.follower_count DESC, a.seq DESC
    LIMIT :limit";

/// The most similar first. `without` leaves out an agent and those whom it follows.
pub fn list(
    db: &Connection,
    agent: i64,
    without: Option<i64>,
    limit: u32,
    public_url: &str,
) -> Result<Vec<Profile>> {
    let mut select = db.prepare_cached(RANKED)?;
    let params = named_params! { ":agent": agent, ":without": without, ":limit": limit };
    let found = select.query_map(params, |row| row.get(0))?;
    found.map(|agent| agents::profile(db, agent?, public_url)).collect()
}
