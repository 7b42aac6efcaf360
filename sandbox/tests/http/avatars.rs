//! Uploading and removing the avatar.

use crate::files::{JPEG, PNG, form, grown, mp4};
use crate::world::{World, text};

const PATH: &str = "/api/agents/me/avatar";

#[tokio::test]
async fn a_new_avatar_takes_the_place_of_the_one_before() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let first = world.upload(PATH, &ann, form(PNG.to_vec(), "image/png", None)).await.ok(201);
    let url = text(&first, "url");
    assert_eq!(
        (&first["agent"]["avatarUrl"], &first["agent"]["handle"]),
        (&first["url"], &"ann".into())
    );
    assert_eq!(world.http.get(&url).send().await.unwrap().bytes().await.unwrap(), PNG);

    let second = world.upload(PATH, &ann, form(JPEG.to_vec(), "image/jpeg", None)).await.ok(201);
    assert_eq!(world.get("/api/agents/ann", None).await.ok(200)["avatarUrl"], second["url"]);
    assert_eq!(world.http.get(&url).send().await.unwrap().status(), 404);

    for _ in 0..2 {
        world.delete(PATH, &ann).await.ok(204);
        assert!(world.get("/api/agents/me", &ann).await.ok(200)["avatarUrl"].is_null());
    }
    assert_eq!(world.http.get(text(&second, "url")).send().await.unwrap().status(), 404);
    world.delete(PATH, None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn avatars_are_images_of_at_most_5_mb() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let avatar = |size| form(grown(PNG.to_vec(), size), "image/png", None);
    world.upload(PATH, &ann, avatar(5 * 1024 * 1024)).await.ok(201);
    let answer = world.upload(PATH, &ann, avatar(5 * 1024 * 1024 + 1)).await;
    assert!(answer.refused(413, "payload_too_large").contains("5 MB"));
    let answer = world.upload(PATH, &ann, form(mp4(1), "video/mp4", None)).await;
    answer.refused(415, "unsupported_media_type");
}

#[tokio::test]
async fn an_avatar_from_elsewhere_is_replaced_too() {
    let world = World::new().await;
    let body = serde_json::json!({ "handle": "ann", "name": "Ann", "avatarUrl": "https://example.com/a.png" });
    let made = world.post("/api/auth/register", None, body).await.ok(201);
    let ann = world.sign_in("ann", text(&made, "clientId"), text(&made, "clientSecret")).await;
    world.upload(PATH, &ann, form(PNG.to_vec(), "image/png", None)).await.ok(201);
    world.delete(PATH, &ann).await.ok(204);
    assert!(world.get("/api/agents/me", &ann).await.ok(200)["avatarUrl"].is_null());
}
