//! Generations on their way: their stages by the clock, how they fail, and trying again.

use serde_json::{Value, json};

use crate::generate::{PATH, connect, maker, newest, order, start};
use crate::world::{Agent, Answer, World, each, text};

async fn retry(world: &World, who: &Agent, job: &str) -> Answer {
    world.touch(&format!("{PATH}/{job}/retry"), who).await
}

#[tokio::test]
async fn a_job_walks_through_its_stages_and_ends_with_a_post() {
    let world = World::new().await;
    let (ann, ben) = (maker(&world, "ann").await, world.agent("ben").await);
    world.touch("/api/agents/ann/follow", &ben).await.ok(200);
    let mut order = order("A futuristic city");
    order["content"] = json!("Look, @ben! #AIArt");
    let id = start(&world, &ann, order).await;
    for (seconds, status) in [(0, "pending"), (1, "generating"), (4, "uploading")] {
        world.pass(seconds);
        let pending = world.get("/api/generate/pending", &ann).await.ok(200);
        let job = &pending["jobs"][0];
        assert_eq!((text(job, "id"), &job["status"]), (id.clone(), &json!(status)));
        assert_eq!(
            (&job["postId"], &job["resultUrl"], &job["completedAt"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert_eq!(newest(&world, &ann).await, *job);
    }
    assert_eq!(world.get("/api/feed", &ben).await.ok(200)["posts"], json!([]));

    world.pass(1);
    // The post is there for whoever looks first, even if nobody asks for the job.
    let post = world.get("/api/feed", &ben).await.ok(200)["posts"][0].clone();
    assert_eq!(
        (&post["content"], &post["mediaType"], &post["hashtags"]),
        (&json!("Look, @ben! #AIArt"), &json!("IMAGE"), &json!(["aiart"]))
    );
    assert_eq!(world.told(&ben).await, [("MENTION".to_owned(), "ann".to_owned())]);
    assert_eq!(world.get("/api/generate/pending", &ann).await.ok(200)["jobs"], json!([]));
    let job = newest(&world, &ann).await;
    assert_eq!(
        (&job["status"], &job["postId"], &job["resultUrl"], &job["completedAt"]),
        (&json!("completed"), &post["id"], &post["mediaUrls"][0], &post["createdAt"])
    );
    assert_eq!(
        (&job["provider"], &job["type"], &job["prompt"], &job["model"]),
        (&json!("OPENAI"), &json!("image"), &json!("A futuristic city"), &json!("gpt-image-1"))
    );
    assert_eq!(
        (&job["errorMessage"], &job["retryCount"], &job["postContent"]),
        (&Value::Null, &json!(0), &post["content"])
    );
    let media = world.get("/api/upload?purpose=generation", &ann).await.ok(200);
    assert_eq!(each(&media, "media", "url"), [text(&job, "resultUrl")]);
}

#[tokio::test]
async fn three_jobs_at_once_and_no_more() {
    let world = World::new().await;
    let (ann, ben) = (maker(&world, "ann").await, maker(&world, "ben").await);
    start(&world, &ann, order("[fail]")).await;
    world.pass(6);
    let failed = text(&newest(&world, &ann).await, "id");
    for n in 0..3 {
        start(&world, &ann, order(&format!("Number {n}"))).await;
    }
    let message = world.post(PATH, &ann, order("Four")).await.refused(429, "too_many_jobs");
    assert!(message.contains('3'), "{message}");
    retry(&world, &ann, &failed).await.refused(429, "too_many_jobs");
    start(&world, &ben, order("Another's")).await;
    world.pass(6);
    start(&world, &ann, order("Four")).await;
}

#[tokio::test]
async fn a_job_fails_when_the_prompt_or_the_key_says_so() {
    let world = World::with(|settings| settings.token_ttl_seconds = 24 * 60 * 60).await;
    let ann = maker(&world, "ann").await;
    start(&world, &ann, order("Please [fail]")).await;
    world.pass(4);
    assert_eq!(newest(&world, &ann).await["status"], "generating");
    world.pass(1);
    let job = newest(&world, &ann).await;
    assert_eq!(
        (&job["status"], &job["postId"], &job["completedAt"]),
        (&json!("failed"), &Value::Null, &Value::Null)
    );
    assert!(text(&job, "errorMessage").contains("asked it to fail"));
    assert_eq!(world.get("/api/generate/pending", &ann).await.ok(200)["jobs"], json!([job]));

    connect(&world, &ann, "OPENAI", "sk-quota-0000000000").await;
    start(&world, &ann, order("x")).await;
    world.pass(6);
    assert!(text(&newest(&world, &ann).await, "errorMessage").starts_with("Quota exceeded"));
    assert_eq!(world.get("/api/posts", None).await.ok(200)["posts"], json!([]));

    world.pass(60 * 60);
    assert_eq!(
        world.get("/api/generate/pending", &ann).await.ok(200)["jobs"],
        json!([]),
        "long ago"
    );
}

#[tokio::test]
async fn a_job_that_takes_five_minutes_is_given_up() {
    let world = World::with(|settings| settings.generation_seconds = 3600).await;
    let ann = maker(&world, "ann").await;
    start(&world, &ann, order("A cathedral")).await;
    world.pass(299);
    assert_eq!(newest(&world, &ann).await["status"], "pending");
    world.pass(1);
    let job = newest(&world, &ann).await;
    assert_eq!(
        (&job["status"], text(&job, "errorMessage")),
        (&json!("failed"), "Generation timed out after 5 minutes".into())
    );
}

#[tokio::test]
async fn a_failed_job_is_tried_again_up_to_three_times() {
    let world = World::new().await;
    let (ann, ben) = (maker(&world, "ann").await, maker(&world, "ben").await);
    let id = start(&world, &ann, order("[fail]")).await;
    retry(&world, &ann, &id).await.refused(409, "conflict");
    world.pass(6);
    retry(&world, &ben, &id).await.refused(404, "not_found");
    retry(&world, &ann, "unknown").await.refused(404, "not_found");
    for count in 1..=3 {
        let answer = retry(&world, &ann, &id).await.ok(200);
        assert_eq!(answer, json!({ "jobId": id, "status": "pending", "retryCount": count }));
        let job = newest(&world, &ann).await;
        assert_eq!((&job["status"], &job["errorMessage"]), (&json!("pending"), &Value::Null));
        world.pass(6);
        assert_eq!(newest(&world, &ann).await["status"], "failed");
    }
    let message = retry(&world, &ann, &id).await.refused(400, "validation_error");
    assert!(message.contains("start a new one"), "{message}");
}

#[tokio::test]
async fn a_second_attempt_can_succeed() {
    let world = World::new().await;
    let ann = maker(&world, "ann").await;
    let id = start(&world, &ann, order("[fail once]")).await;
    world.pass(6);
    assert_eq!(newest(&world, &ann).await["status"], "failed");
    retry(&world, &ann, &id).await.ok(200);
    world.pass(6);
    let job = newest(&world, &ann).await;
    assert_eq!((&job["status"], &job["retryCount"]), (&json!("completed"), &json!(1)));
    assert!(!job["postId"].is_null());
    retry(&world, &ann, &id).await.refused(409, "conflict");
}

#[tokio::test]
async fn the_history_is_ones_own_and_paged() {
    let world = World::new().await;
    let (ann, ben) = (maker(&world, "ann").await, maker(&world, "ben").await);
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(start(&world, &ann, order(&format!("Number {n}"))).await);
    }
    ids.reverse();
    world.pass(6);
    let first = world.get("/api/generate/history?limit=2", &ann).await.ok(200);
    assert_eq!((each(&first, "jobs", "id"), &first["hasMore"]), (ids[..2].to_vec(), &json!(true)));
    let next = format!("/api/generate/history?limit=2&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, &ann).await.ok(200);
    assert_eq!(
        (each(&second, "jobs", "id"), &second["hasMore"]),
        (ids[2..].to_vec(), &json!(false))
    );
    let none = world.get("/api/generate/history", &ben).await.ok(200);
    assert_eq!(none, json!({ "jobs": [], "nextCursor": null, "hasMore": false }));
    for path in
        ["history", "pending", "models?provider=OPENAI&type=image", "voices?provider=ELEVENLABS"]
    {
        world.get(&format!("{PATH}/{path}"), None).await.refused(401, "unauthorized");
    }
}

#[tokio::test]
async fn a_job_outlives_its_post_and_its_product() {
    let world = World::new().await;
    let ann = maker(&world, "ann").await;
    start(&world, &ann, order("A city")).await;
    world.pass(6);
    let job = newest(&world, &ann).await;
    world.delete(&format!("/api/posts/{}", text(&job, "postId")), &ann).await.ok(204);
    let request = world.request(reqwest::Method::DELETE, "/api/upload", Some(&ann));
    world.send(request.json(&json!({ "url": job["resultUrl"] }))).await.ok(204);
    let job = newest(&world, &ann).await;
    assert_eq!(
        (&job["status"], &job["postId"], &job["resultUrl"]),
        (&json!("completed"), &Value::Null, &Value::Null)
    );
}
