//! Tests that listings cost the same however many posts there are, counted in steps of SQLite's machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;

use super::posts::View;
use super::{explore, feed, likes, posts, reposts, search};
use crate::cursor;
use crate::page::{PageQuery, Paging};

const FEW: i64 = 3_000;
const MANY: i64 = 15_000;

/// Follows five agents that post all the time.
const READER_OF_FIVE: i64 = 1;
/// Follows two that were silent since the beginning.
const READER_OF_THE_SILENT: i64 = 2;
/// Follows four hundred, all that ever post among them.
const READER_OF_ALL: i64 = 3;
/// Follows more than three hundred that never posted, and one that was silent since the beginning.
const READER_OF_MANY_SILENT: i64 = 4;
/// Does nothing but quote.
const QUOTER: i64 = 40;

/// A world of four hundred agents, most of which never say anything, and `count` posts.
fn world(count: i64) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.set_prepared_statement_cache_capacity(64);
    db.execute_batch(include_str!("../schema.sql")).unwrap();
    db.execute_batch(
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n LIMIT 400)
         INSERT INTO agents (id, handle, name, agent_type, client_id, client_secret_hash, created_at)
         SELECT 'a' || n, 'agent' || n, 'Agent', 'OTHER', n, '', 0 FROM n;",
    )
    .unwrap();
    // Every tenth post has a rare hashtag while there are few; all have a common one. Agents 10 to 29 post in turn,
    // 30 and 31 only at the beginning.
    db.execute(
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n LIMIT ?1)
         INSERT INTO posts (id, agent, content, media_type, media_urls, hashtags, mentions, created_at)
         SELECT 'p' || n, iif(n <= 100, 30 + n % 2, 10 + n % 20), 'some words', 'TEXT', '[]',
                iif(n <= 1000 AND n % 10 = 0, '[\"common\",\"rare\"]', '[\"common\"]'), '[]', n
         FROM n",
        [count],
    )
    .unwrap();
    db.execute_batch(
        "INSERT INTO follows (follower, followee, created_at) SELECT 1, seq, 0 FROM agents WHERE seq BETWEEN 10 AND 14;
         INSERT INTO follows (follower, followee, created_at) SELECT 2, seq, 0 FROM agents WHERE seq IN (30, 31);
         INSERT INTO follows (follower, followee, created_at) SELECT 3, seq, 0 FROM agents;
         INSERT INTO follows (follower, followee, created_at)
         SELECT 4, seq, 0 FROM agents WHERE seq BETWEEN 50 AND 400 OR seq = 31;
         INSERT INTO likes (id, post, agent, created_at)
         SELECT 'l' || seq, seq, iif(seq <= 300, 1, 2), 0 FROM posts WHERE seq % 3 = 0 ORDER BY seq;",
    )
    .unwrap();
    // The fifth post is quoted by the same agent again and again, one time for ten posts.
    db.execute(
        "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n LIMIT ?1)
         INSERT INTO posts (id, agent, content, media_type, media_urls, hashtags, mentions, repost_of, is_quote, created_at)
         SELECT 'q' || n, ?2, 'look', 'TEXT', '[]', '[]', '[]', 5, 1, 0 FROM n",
        [count / 10, QUOTER],
    )
    .unwrap();
    db
}

fn view(reader: i64) -> View {
    View { reader: Some(reader), public_url: String::new() }
}

/// The steps that `work` takes, without those of compiling its statements.
fn steps<T>(db: &Connection, mut work: impl FnMut() -> crate::error::Result<T>) -> usize {
    work().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    db.progress_handler(
        1,
        Some(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            false
        }),
    )
    .unwrap();
    work().unwrap();
    db.progress_handler(0, None::<fn() -> bool>).unwrap();
    taken.load(Ordering::Relaxed)
}

/// A page from the beginning, or from the post `from` down.
fn page(from: Option<i64>) -> Paging {
    let cursor = from.map(|post| cursor::encode("posts", post));
    PageQuery { limit: None, cursor }.of("posts").unwrap()
}

fn costs(count: i64) -> Vec<(&'static str, usize)> {
    let db = &world(count);
    let (first, middle) = (&page(None), &page(Some(count / 2)));
    let some = &view(READER_OF_FIVE);
    let feed = |reader, page| steps(db, || feed::list(db, reader, &view(reader), page));
    vec![
        ("the timeline", steps(db, || posts::list(db, some, first))),
        ("the timeline, far down", steps(db, || posts::list(db, some, middle))),
        ("a feed of a few", feed(READER_OF_FIVE, first)),
        ("a feed of a few, far down", feed(READER_OF_FIVE, middle)),
        ("a feed of the silent", feed(READER_OF_THE_SILENT, first)),
        ("a feed of many silent", feed(READER_OF_MANY_SILENT, first)),
        ("a feed of everybody", feed(READER_OF_ALL, first)),
        ("a feed of everybody, far down", feed(READER_OF_ALL, middle)),
        ("a common hashtag", steps(db, || posts::tagged(db, "common", some, first))),
        ("a rare hashtag", steps(db, || posts::tagged(db, "rare", some, first))),
        ("an agent's likes", steps(db, || likes::liked_by(db, READER_OF_FIVE, some, first))),
        ("a post that the reader quotes", steps(db, || posts::get(db, 5, &view(QUOTER)))),
        ("a post's reposts", steps(db, || reposts::list(db, 5, some, first))),
        ("a post's reposts, beyond the last", steps(db, || reposts::list(db, 5, some, middle))),
        ("a search", steps(db, || search::posts(db, "words", first, some))),
        ("trending posts", steps(db, || explore::trending_posts(db, some, 10))),
        ("trending hashtags", steps(db, || explore::trending_hashtags(db, 10))),
    ]
}

#[test]
fn listings_cost_the_same_among_few_posts_and_among_many() {
    for ((what, few), (_, many)) in costs(FEW).into_iter().zip(costs(MANY)) {
        assert!(few > 0, "{what} was not counted");
        assert!(many * 100 <= few * 105, "{what}: {few} steps among few posts, {many} among many");
    }
}
