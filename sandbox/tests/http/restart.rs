//! A database file keeps everything from one start to the next.

use sandbox::{Clock, Server, Settings};
use serde_json::json;

use crate::generate::{connect, newest, order, start};
use crate::world::{World, each, text};

/// A path for a database that is removed at the end of the test.
pub struct Scratch(std::path::PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sandbox-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn file(&self) -> String {
        self.0.join("sandbox.db").to_str().unwrap().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn agents_tokens_posts_and_cursors_outlive_a_restart() {
    let scratch = Scratch::new("outlive");
    let first = World::with(|settings| settings.db = scratch.file()).await;
    let (ann, ben) = (first.agent("ann").await, first.agent("ben").await);
    for n in 0..3 {
        first.say(&ann, &format!("{n} @ben")).await;
    }
    first.touch("/api/agents/ann/follow", &ben).await.ok(200);
    let page = first.get("/api/feed?limit=2", &ben).await.ok(200);
    first.stop().await;

    let second = World::with(|settings| settings.db = scratch.file()).await;
    assert_eq!(
        second.get("/api/agents/me", &ann).await.ok(200)["postCount"],
        3,
        "the access token is still good"
    );
    let next = format!("/api/feed?limit=2&cursor={}", page["nextCursor"].as_str().unwrap());
    assert_eq!(each(&second.get(&next, &ben).await.ok(200), "posts", "content"), ["0 @ben"]);
    assert_eq!(second.get("/api/notifications/count", &ben).await.ok(200)["count"], 3);
    second
        .post(
            "/api/auth/token",
            None,
            json!({ "grant_type": "refresh_token", "refresh_token": ann.refresh }),
        )
        .await
        .ok(200);
    second.sign_in("ann", ann.client_id, ann.client_secret).await;
    second
        .post("/api/auth/register", None, json!({ "handle": "ann", "name": "x" }))
        .await
        .refused(409, "conflict");
    second.stop().await;
}

#[tokio::test]
async fn secrets_and_tokens_are_not_in_the_file() {
    let scratch = Scratch::new("secrets");
    let world = World::with(|settings| settings.db = scratch.file()).await;
    let ann = world.agent("ann").await;
    world.stop().await;
    for entry in std::fs::read_dir(&scratch.0).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let contains =
            |needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
        for secret in [&ann.client_secret, &ann.access, &ann.refresh] {
            assert!(!contains(secret));
        }
    }
    let bytes = std::fs::read(scratch.file()).unwrap();
    assert!(bytes.windows(3).any(|window| window == b"ann"), "the rest is there");
}

#[tokio::test]
async fn seeding_leaves_an_inhabited_database_alone() {
    let scratch = Scratch::new("seeded");
    let seeded = |settings: &mut Settings| {
        settings.db = scratch.file();
        settings.seed_demo = true;
    };
    let first = World::with(seeded).await;
    let ada =
        first.sign_in("ada_lumen", "demo_ada_lumen".into(), "demo-secret-ada_lumen".into()).await;
    let mine = first.say(&ada, "Added by hand").await;
    let before = first.get("/api/posts?limit=100", None).await.ok(200);
    first.stop().await;

    let second = World::with(seeded).await;
    let after = second.get("/api/posts?limit=100", None).await.ok(200);
    assert_eq!(each(&after, "posts", "id"), each(&before, "posts", "id"));
    second.delete(&format!("/api/posts/{mine}"), &ada).await.ok(204);
    second.stop().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_of_ours_is_refused_in_words() {
    let scratch = Scratch::new("foreign");
    let start = async || {
        Server::bind(Settings { db: scratch.file(), ..Settings::default() }, Clock::manual())
            .await
            .map(|_| ())
            .unwrap_err()
    };

    std::fs::write(
        scratch.file(),
        "This is a letter, not a database, and it is long enough to be looked at. ".repeat(20),
    )
    .unwrap();
    assert!(start().await.contains("not a database"));

    std::fs::remove_file(scratch.file()).unwrap();
    rusqlite::Connection::open(scratch.file())
        .unwrap()
        .execute_batch("CREATE TABLE theirs (a)")
        .unwrap();
    assert!(start().await.contains("another program"));

    std::fs::remove_file(scratch.file()).unwrap();
    rusqlite::Connection::open(scratch.file())
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    assert!(start().await.contains("version 99"));

    let nowhere = Settings {
        db: scratch.0.join("missing/sandbox.db").to_str().unwrap().to_owned(),
        ..Settings::default()
    };
    assert!(
        Server::bind(nowhere, Clock::manual())
            .await
            .map(|_| ())
            .unwrap_err()
            .contains("cannot open")
    );
}

#[tokio::test]
async fn keys_of_providers_are_encrypted_and_need_the_key_file() {
    const KEY: &str = "sk-proj-abcdefghijklmnop-wxyz";
    const PATH: &str = "/api/settings/services";
    let scratch = Scratch::new("keys");
    let key_file = format!("{}.key", scratch.file());
    let start = || World::with(|settings| settings.db = scratch.file());

    let world = start().await;
    let ann = world.agent("ann").await;
    world.post(PATH, &ann, json!({ "provider": "OPENAI", "apiKey": KEY })).await.ok(201);
    world.stop().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key_file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    for file in std::fs::read_dir(&scratch.0).unwrap() {
        // SQLite's log goes when its last connection does, which may be now.
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
    }

    let test =
        async |world: &World| world.touch(&format!("{PATH}/OPENAI/test"), &ann).await.ok(200);
    let world = start().await;
    assert_eq!(test(&world).await["success"], true, "it is read again after a restart");
    world.stop().await;

    std::fs::remove_file(&key_file).unwrap();
    let world = start().await;
    let lost = test(&world).await;
    assert!(lost["success"] == false && text(&lost, "message").contains("connect"), "{lost}");
    world.stop().await;

    std::fs::write(&key_file, "short").unwrap();
    let settings = Settings { db: scratch.file(), ..Settings::default() };
    let refusal = Server::bind(settings, Clock::manual()).await.err().unwrap();
    assert!(refusal.contains("broken") && refusal.contains(&key_file), "{refusal}");
}

#[tokio::test]
async fn media_and_jobs_under_way_outlive_a_restart() {
    let scratch = Scratch::new("media");
    let first = World::with(|settings| settings.db = scratch.file()).await;
    let ann = first.agent("ann").await;
    let image = first.image(&ann).await;
    first.post("/api/posts", &ann, json!({ "content": "x", "mediaIds": [image] })).await.ok(201);
    connect(&first, &ann, "OPENAI", "sk-0123456789abcdef").await;
    start(&first, &ann, order("A city")).await;
    first.stop().await;

    let second = World::with(|settings| settings.db = scratch.file()).await;
    second.pass(6);
    let posts = second.get("/api/posts", None).await.ok(200);
    assert_eq!(each(&posts, "posts", "content"), ["A city", "x"]);
    for post in posts["posts"].as_array().unwrap() {
        let url = post["mediaUrls"][0].as_str().unwrap();
        assert!(url.starts_with(&second.url), "{url} is where the service is now");
        assert_eq!(second.http.get(url).send().await.unwrap().status(), 200);
    }
    assert_eq!(newest(&second, &ann).await["status"], "completed");
    second.stop().await;
}
