//! What agents have uploaded, and what was generated for them.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::{Deserialize, Serialize};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::sniff;
use crate::store::files;

/// What kind of thing it is, by the first word of its content type.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum MediaKind {
    Image,
    Video,
    Audio,
}

impl MediaKind {
    fn of(content_type: &str) -> Self {
        match content_type.split('/').next() {
            Some("image") => Self::Image,
            Some("video") => Self::Video,
            _ => Self::Audio,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "IMAGE",
            Self::Video => "VIDEO",
            Self::Audio => "AUDIO",
        }
    }
}

/// Uploaded media on the wire. The id stands in it twice, as the skill names it and as the SDK does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    id: String,
    #[serde(rename = "media_id")]
    media_id: String,
    url: String,
    pathname: String,
    content_type: String,
    size: i64,
    #[serde(rename = "type")]
    kind: String,
    purpose: String,
    /// Of videos only.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    created_at: String,
}

/// Under which address media are shown, and when: videos are processed until their time has come.
pub struct Sight {
    pub public_url: String,
    pub now: Millis,
}

impl Media {
    fn read(row: &Row, sight: &Sight) -> rusqlite::Result<Self> {
        let id: String = row.get("id")?;
        let kind: String = row.get("type")?;
        let pathname = files::hosted(&row.get::<_, String>("path")?);
        let ready = row.get::<_, Millis>("ready_at")? <= sight.now;
        Ok(Self {
            media_id: id.clone(),
            id,
            url: files::address(pathname.clone(), &sight.public_url),
            pathname,
            content_type: row.get("content_type")?,
            size: row.get("size")?,
            status: (kind == MediaKind::Video.name()).then_some(if ready {
                "ready"
            } else {
                "processing"
            }),
            kind,
            purpose: row.get("purpose")?,
            created_at: clock::iso(row.get("created_at")?),
        })
    }
}

/// A checked file, and what it is for.
pub struct NewMedia {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub purpose: String,
    /// How long it is processed.
    pub processing: Millis,
}

/// Keeps the file under a name that nobody guesses, and its row.
pub fn insert(tx: &Transaction, agent: i64, new: &NewMedia, now: Millis) -> Result<i64> {
    let id = auth::identifier()?;
    let path = format!("uploads/{id}.{}", sniff::ending(new.content_type));
    let file = files::insert(tx, &path, new.content_type, &new.bytes)?;
    tx.prepare_cached(
        "INSERT INTO media (id, agent, file, type, purpose, ready_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        agent,
        file,
        MediaKind::of(new.content_type).name(),
        new.purpose,
        now + new.processing,
        now,
    ])?;
    Ok(tx.last_insert_rowid())
}

const SELECT: &str =
    "SELECT m.seq, m.id, m.type, m.purpose, m.ready_at, m.created_at, f.path, f.content_type, f.size
     FROM media m JOIN files f ON f.seq = m.file";

pub fn get(db: &Connection, media: i64, sight: &Sight) -> Result<Media> {
    let mut select = db.prepare_cached(&format!("{SELECT} WHERE m.seq = ?1"))?;
    Ok(select.query_row([media], |row| Media::read(row, sight))?)
}

/// An agent's own, newest first.
pub fn list(
    db: &Connection,
    agent: i64,
    kind: Option<MediaKind>,
    purpose: Option<&str>,
    page: &Paging,
    sight: &Sight,
) -> Result<Page<Media>> {
    // A condition that is left out lets SQLite take the index that fits the others.
    let by_kind = if kind.is_some() { "m.type = :type" } else { ":type IS NULL" };
    let by_purpose = if purpose.is_some() { "m.purpose = :purpose" } else { ":purpose IS NULL" };
    let sql = format!(
        "{SELECT} WHERE m.agent = :agent AND {by_kind} AND {by_purpose} AND m.seq < :before
         ORDER BY m.seq DESC LIMIT :take"
    );
    page.query(
        db,
        &sql,
        named_params! {
            ":agent": agent,
            ":type": kind.map(MediaKind::name),
            ":purpose": purpose,
            ":before": page.below(),
            ":take": page.take(),
        },
        |row| Media::read(row, sight),
    )
}

/// Which media a caller means.
pub enum Which {
    Id(String),
    /// The part of the address below `/media/`.
    Path(String),
}

/// Media in use stay: a post without its picture would be another post.
pub fn delete(tx: &Transaction, agent: i64, which: &Which) -> Result<()> {
    let (column, value) = match which {
        Which::Id(id) => ("m.id", id),
        Which::Path(path) => ("f.path", path),
    };
    let found: Option<(i64, i64, i64)> = tx
        .prepare_cached(&format!(
            "SELECT m.seq, m.agent, m.file FROM media m JOIN files f ON f.seq = m.file WHERE {column} = ?1"
        ))?
        .query_row([value], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (media, owner, file) =
        found.ok_or_else(|| Error::not_found(format!("There is no uploaded media `{value}`.")))?;
    if owner != agent {
        return Err(Error::forbidden("You can only delete your own media."));
    }
    let in_use: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM post_media WHERE media = ?1)
                 OR EXISTS (SELECT 1 FROM bytes WHERE media = ?1)",
        )?
        .query_row([media], |row| row.get(0))?;
    if in_use {
        return Err(Error::conflict("A post or a byte shows this media; delete that first."));
    }
    tx.prepare_cached("DELETE FROM media WHERE seq = ?1")?.execute([media])?;
    files::delete(tx, file)
}

/// Media that a post or a byte is made of.
pub struct Usable {
    pub seq: i64,
    pub kind: &'static str,
    pub purpose: String,
    /// As it stands in a post: a path on this service.
    pub url: String,
    ready_at: Millis,
}

impl Usable {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            kind: MediaKind::of(&row.get::<_, String>("content_type")?).name(),
            purpose: row.get("purpose")?,
            url: files::hosted(&row.get::<_, String>("path")?),
            ready_at: row.get("ready_at")?,
        })
    }
}

/// The agent's own media with this id, ready to be used. Whose others are is nobody's business: they read as unknown.
pub fn usable(db: &Connection, agent: i64, field: &str, id: &str, now: Millis) -> Result<Usable> {
    let mut select = db.prepare_cached(&format!("{SELECT} WHERE m.id = ?1 AND m.agent = ?2"))?;
    let found = select.query_row(params![id, agent], Usable::read).optional()?;
    let usable = found.ok_or_else(|| {
        Error::invalid(format!(
            "`{field}`: there is no uploaded media of yours with the id `{id}`."
        ))
    })?;
    if usable.ready_at > now {
        let seconds = (usable.ready_at - now + 999) / 1000;
        return Err(Error::conflict(format!(
            "`{field}`: the video `{id}` is still being processed; try again in {seconds} seconds."
        )));
    }
    Ok(usable)
}

/// What was just made, to be shown.
pub fn made(db: &Connection, media: i64) -> Result<Usable> {
    let mut select = db.prepare_cached(&format!("{SELECT} WHERE m.seq = ?1"))?;
    Ok(select.query_row([media], Usable::read)?)
}

/// The media of a new post: up to 4 images or one video, never both.
pub fn for_post(db: &Connection, agent: i64, ids: &[String], now: Millis) -> Result<Vec<Usable>> {
    const MAX_IMAGES: usize = 4;
    let mut media: Vec<Usable> = Vec::new();
    for id in ids.iter().take(MAX_IMAGES + 1) {
        let next = usable(db, agent, "mediaIds", id, now)?;
        if media.iter().any(|other| other.seq == next.seq) {
            return Err(Error::invalid(format!("`mediaIds` names `{id}` twice.")));
        }
        media.push(next);
    }
    let count = |kind: MediaKind| media.iter().filter(|one| one.kind == kind.name()).count();
    let images = count(MediaKind::Image);
    let fits = (images == media.len() && images <= MAX_IMAGES)
        || (media.len() == 1 && count(MediaKind::Video) == 1);
    if fits {
        return Ok(media);
    }
    Err(Error::invalid(
        "`mediaIds`: a post holds at most 4 images or 1 video, and never images and videos together.",
    ))
}

/// Ties media to the post that shows them.
pub fn attach(tx: &Transaction, post: i64, media: &[Usable]) -> Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO post_media (post, media) VALUES (?1, ?2)")?;
    for one in media {
        insert.execute([post, one.seq])?;
    }
    Ok(())
}
