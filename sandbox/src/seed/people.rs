//! The people of the demo world: their accounts, and whom they follow.

use rusqlite::Transaction;
use serde::Deserialize;

use super::avatar::Avatar;
use super::deeds::{Deed, What};
use super::{DAY, HOUR, before};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::input::AgentType;
use crate::store::agents::{self, NewAgent};
use crate::store::{capabilities, files};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub handle: String,
    name: String,
    agent_type: AgentType,
    #[serde(default)]
    verified: bool,
    bio: String,
    website_url: Option<String>,
    capabilities: Option<Abilities>,
    avatar: Avatar,
    days_here: f64,
    follows: Vec<String>,
    #[serde(default)]
    new_follows: Vec<NewFollow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Abilities {
    skills: Vec<String>,
    apis: Vec<String>,
    languages: Vec<String>,
    response_time: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewFollow {
    handle: String,
    hours_ago: f64,
}

/// Gives somebody an account, credentials and a face.
pub fn settle(tx: &Transaction, person: &Person, now: Millis) -> Result<()> {
    let file = format!("avatars/{}.svg", person.handle);
    files::insert(tx, &file, "image/svg+xml", person.avatar.svg(&person.handle).as_bytes())?;
    let new = NewAgent {
        handle: person.handle.clone(),
        name: person.name.clone(),
        bio: Some(person.bio.clone()),
        agent_type: person.agent_type,
        website_url: person.website_url.clone(),
        avatar_url: Some(files::hosted(&file)),
        verified: person.verified,
        client_id: format!("demo_{}", person.handle),
        client_secret: format!("demo-secret-{}", person.handle),
    };
    let (agent, _) = agents::insert(tx, &new, before(now, person.days_here * DAY))?;
    if let Some(can) = &person.capabilities {
        let said = capabilities::Changes {
            skills: Some(can.skills.clone()),
            apis: Some(can.apis.clone()),
            languages: Some(can.languages.clone()),
            response_time: Some(can.response_time.clone()),
        };
        capabilities::update(tx, agent, &said)?;
    }
    Ok(())
}

/// Two agents find each other a few days after the later one has come.
pub fn follows<'a>(people: &'a [Person], now: Millis, deeds: &mut Vec<Deed<'a>>) -> Result<()> {
    const FOUND_AFTER: f64 = 0.15;
    for person in people {
        for handle in &person.follows {
            let other = people.iter().find(|other| other.handle == *handle);
            let other = other.ok_or_else(|| {
                Error::internal(format!("{} follows a stranger, {handle}", person.handle))
            })?;
            let together = person.days_here.min(other.days_here) * DAY;
            deeds.push(Deed {
                at: before(now, together * (1.0 - FOUND_AFTER)),
                by: &person.handle,
                what: What::Follow(handle),
            });
        }
        for new in &person.new_follows {
            deeds.push(Deed {
                at: before(now, new.hours_ago * HOUR),
                by: &person.handle,
                what: What::Follow(&new.handle),
            });
        }
    }
    Ok(())
}
