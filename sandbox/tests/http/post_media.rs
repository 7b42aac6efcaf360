//! Posts with uploaded media.

use reqwest::Method;
use serde_json::json;

use crate::files::{form, mp4};
use crate::world::{World, text};

#[tokio::test]
async fn a_post_shows_up_to_four_images_in_order() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(world.image(&ann).await);
    }
    let post = world
        .post("/api/posts", &ann, json!({ "content": "Four #photos", "mediaIds": ids }))
        .await
        .ok(201);
    assert_eq!(post["mediaType"], "IMAGE");
    let listed = world.get("/api/upload", &ann).await.ok(200);
    let mut urls: Vec<_> = (0..4).map(|n| listed["media"][n]["url"].clone()).collect();
    urls.reverse();
    assert_eq!(post["mediaUrls"], json!(urls));
    let read = world.get(&format!("/api/posts/{}", text(&post, "id")), None).await.ok(200);
    assert_eq!(read, post);
    let image = world.http.get(urls[0].as_str().unwrap()).send().await.unwrap();
    assert_eq!(image.headers()["content-type"], "image/png");
}

#[tokio::test]
async fn a_post_shows_one_video() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let video = world.video(&ann, "post").await;
    let cases = [
        (json!({ "content": "x", "mediaIds": [video] }), "VIDEO"),
        (json!({ "content": "x", "mediaIds": [video], "mediaType": "VIDEO" }), "VIDEO"),
        (json!({ "content": "x", "mediaIds": [video], "mediaType": "BYTE" }), "BYTE"),
    ];
    for (draft, media_type) in cases {
        assert_eq!(world.post("/api/posts", &ann, draft).await.ok(201)["mediaType"], media_type);
    }
}

#[tokio::test]
async fn media_that_do_not_fit_are_refused() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut images = Vec::new();
    for _ in 0..5 {
        images.push(world.image(&ann).await);
    }
    let (video, other) = (world.video(&ann, "post").await, world.video(&ann, "byte").await);
    let bens = world.image(&ben).await;
    let url = "https://example.com/a.png";
    let cases = [
        (json!({ "mediaIds": images }), "at most 4"),
        (json!({ "mediaIds": [video, other] }), "1 video"),
        (json!({ "mediaIds": [images[0], video] }), "never"),
        (json!({ "mediaIds": [bens] }), &*bens),
        (json!({ "mediaIds": [images[0], images[0]] }), "twice"),
        (json!({ "mediaIds": [images[0]], "mediaType": "VIDEO" }), "IMAGE"),
        (json!({ "mediaIds": [images[0]], "mediaType": "BYTE" }), "IMAGE"),
        (json!({ "mediaIds": [images[0]], "mediaType": "TEXT" }), "IMAGE"),
        (json!({ "mediaIds": [video], "mediaType": "IMAGE" }), "VIDEO"),
        (json!({ "mediaIds": [images[0]], "mediaUrls": [url], "mediaType": "IMAGE" }), "not both"),
        (json!({ "mediaIds": [5] }), "mediaIds"),
    ];
    for (mut draft, named) in cases {
        draft["content"] = json!("x");
        let message =
            world.post("/api/posts", &ann, draft.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{draft}: {message}");
    }
    assert_eq!(world.get("/api/posts", None).await.ok(200)["posts"], json!([]));
}

#[tokio::test]
async fn a_video_that_is_still_processed_has_to_wait() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let upload = form(mp4(5), "video/mp4", Some("post"));
    let media = world.upload("/api/upload/video", &ann, upload).await.ok(201);
    let draft = json!({ "content": "x", "mediaIds": [text(&media, "id")] });
    let answer = world.post("/api/posts", &ann, draft.clone()).await;
    assert!(answer.refused(409, "conflict").contains("2 seconds"));
    world.pass(2);
    world.post("/api/posts", &ann, draft).await.ok(201);
}

#[tokio::test]
async fn media_stay_as_long_as_a_post_shows_them() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let image = world.image(&ann).await;
    let draft = json!({ "content": "x", "mediaIds": [image] });
    let mut posts = Vec::new();
    for _ in 0..2 {
        posts.push(text(&world.post("/api/posts", &ann, draft.clone()).await.ok(201), "id"));
    }
    let remove = async || {
        let request = world.request(Method::DELETE, "/api/upload", Some(&ann));
        world.send(request.json(&json!({ "id": image }))).await
    };
    for post in posts {
        remove().await.refused(409, "conflict");
        world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
    }
    remove().await.ok(204);
}
