//! Generating with connected providers: what can be ordered, and what comes out.

use serde_json::{Value, json};

use crate::world::{Agent, World, text};

pub const PATH: &str = "/api/generate";

pub async fn connect(world: &World, who: &Agent, provider: &str, key: &str) {
    let body = json!({ "provider": provider, "apiKey": key });
    let answer = world.post("/api/settings/services", who, body).await;
    assert!([200, 201].contains(&answer.status), "{answer:?}");
}

/// An agent with all providers connected.
pub async fn maker(world: &World, handle: &str) -> Agent {
    let agent = world.agent(handle).await;
    for provider in ["OPENAI", "RUNWARE", "GOOGLE_GEMINI", "ELEVENLABS"] {
        connect(world, &agent, provider, "sk-0123456789abcdef").await;
    }
    agent
}

pub fn order(prompt: &str) -> Value {
    json!({ "provider": "OPENAI", "prompt": prompt, "generationType": "image", "params": { "size": "64x64" } })
}

pub async fn start(world: &World, who: &Agent, order: Value) -> String {
    let started = world.post(PATH, who, order).await.ok(202);
    assert_eq!(started["status"], "pending");
    text(&started, "jobId")
}

pub async fn newest(world: &World, who: &Agent) -> Value {
    world.get("/api/generate/history?limit=1", who).await.ok(200)["jobs"][0].clone()
}

#[tokio::test]
async fn what_is_generated_is_what_was_ordered() {
    let world = World::new().await;
    let ann = maker(&world, "ann").await;
    let cases: [(Value, &str, &str, &[u8]); 7] = [
        (
            json!({ "provider": "OPENAI", "generationType": "image", "params": { "size": "96x64" } }),
            "IMAGE",
            "image/png",
            b"\x89PNG",
        ),
        (
            json!({ "provider": "RUNWARE", "generationType": "image", "params": { "width": 64, "height": 64 } }),
            "IMAGE",
            "image/png",
            b"\x89PNG",
        ),
        (
            json!({ "provider": "GOOGLE_GEMINI", "generationType": "image", "params": { "aspect_ratio": "21:9" } }),
            "IMAGE",
            "image/png",
            b"\x89PNG",
        ),
        (
            json!({ "provider": "RUNWARE", "generationType": "video", "params": { "duration": 2 } }),
            "VIDEO",
            "video/mp4",
            b"\0\0\0\x1cftyp",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "voice", "params": { "voice_id": "EXAVITQu4vr4xnSDxMaL" } }),
            "AUDIO",
            "audio/wav",
            b"RIFF",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "sound_effect" }),
            "AUDIO",
            "audio/wav",
            b"RIFF",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "music", "params": { "music_length_ms": 3000 } }),
            "AUDIO",
            "audio/wav",
            b"RIFF",
        ),
    ];
    for (mut order, media_type, content_type, mark) in cases {
        order["prompt"] = json!("A quiet sea");
        start(&world, &ann, order.clone()).await;
        world.pass(6);
        let job = newest(&world, &ann).await;
        let post = world.get(&format!("/api/posts/{}", text(&job, "postId")), None).await.ok(200);
        assert_eq!(
            (&post["mediaType"], &post["content"]),
            (&json!(media_type), &json!("A quiet sea")),
            "{order}"
        );
        let file = world.http.get(text(&job, "resultUrl")).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], content_type);
        let bytes = file.bytes().await.unwrap();
        assert!(bytes.starts_with(mark) && bytes.len() > 500, "{order}");
    }
    let sizes = world.get("/api/upload?type=AUDIO", &ann).await.ok(200);
    // 16,000 samples a second of two bytes: three seconds of music, five of the effect.
    assert_eq!(
        (&sizes["media"][0]["size"], &sizes["media"][1]["size"]),
        (&json!(96_044), &json!(160_044))
    );
}

#[tokio::test]
async fn a_generated_video_can_be_uploaded_as_a_byte() {
    let world = World::new().await;
    let ann = maker(&world, "ann").await;
    start(
        &world,
        &ann,
        json!({ "provider": "RUNWARE", "prompt": "Waves", "generationType": "video" }),
    )
    .await;
    world.pass(6);
    let url = text(&newest(&world, &ann).await, "resultUrl");
    let video = world.http.get(url).send().await.unwrap().bytes().await.unwrap().to_vec();
    let form = crate::files::form(video, "video/mp4", Some("byte"));
    world.upload("/api/upload/video", &ann, form).await.ok(201);
}

#[tokio::test]
async fn orders_that_nobody_can_fill_are_refused() {
    let world = World::new().await;
    let ann = maker(&world, "ann").await;
    let cases = [
        (json!({ "provider": "MIDJOURNEY" }), "OPENAI"),
        (json!({ "generationType": "song" }), "sound_effect"),
        (
            json!({ "generationType": "video" }),
            "OPENAI cannot generate video; it can generate image",
        ),
        (json!({ "provider": "ELEVENLABS" }), "voice, sound_effect, music"),
        (json!({ "prompt": "" }), "prompt"),
        (json!({ "prompt": null }), "prompt"),
        (json!({ "prompt": "語".repeat(1001) }), "1001"),
        (json!({ "content": "x".repeat(501) }), "501"),
        (json!({ "content": 5 }), "content"),
        (json!({ "model": "gpt-2" }), "gpt-image-1, dall-e-3"),
        (json!({ "params": [] }), "params"),
        (json!({ "params": { "size": "huge" } }), "params.size"),
        (json!({ "params": { "size": "99999x1" } }), "2048"),
        (json!({ "params": { "size": 1024 } }), "params.size"),
        (json!({ "params": { "quality": "best" } }), "low, medium, high"),
        (json!({ "provider": "RUNWARE", "params": { "width": 0 } }), "params.width"),
        (json!({ "provider": "RUNWARE", "params": { "height": 12.5 } }), "params.height"),
        (
            json!({ "provider": "RUNWARE", "generationType": "video", "params": { "aspectRatio": "4:3" } }),
            "9:16",
        ),
        (
            json!({ "provider": "RUNWARE", "generationType": "video", "params": { "duration": 9999 } }),
            "params.duration",
        ),
        (
            json!({ "provider": "RUNWARE", "generationType": "video", "params": { "referenceImage": "x" } }),
            "web address",
        ),
        (
            json!({ "provider": "RUNWARE", "generationType": "video", "params": { "CFGScale": "7" } }),
            "CFGScale",
        ),
        (
            json!({ "provider": "GOOGLE_GEMINI", "params": { "aspect_ratio": "0:1" } }),
            "aspect_ratio",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "voice", "params": { "voice_id": "me" } }),
            "/api/generate/voices",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "sound_effect", "params": { "duration_seconds": -1 } }),
            "duration_seconds",
        ),
        (
            json!({ "provider": "ELEVENLABS", "generationType": "music", "params": { "music_length_ms": "long" } }),
            "music_length_ms",
        ),
    ];
    for (change, named) in cases {
        let mut body = json!({ "provider": "OPENAI", "prompt": "x", "generationType": "image" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let message = world.post(PATH, &ann, body).await.refused(400, "validation_error");
        assert!(message.contains(named), "{change}: {message}");
    }
    world.post(PATH, None, order("x")).await.refused(401, "unauthorized");
    assert_eq!(world.get("/api/generate/history", &ann).await.ok(200)["jobs"], json!([]));
    let mut unknown = order(&"😀".repeat(1000));
    unknown["params"] = json!({ "size": "auto", "seed": 5, "width": "anything" });
    unknown["model"] = json!("dall-e-3");
    start(&world, &ann, unknown).await;
}

#[tokio::test]
async fn only_a_connected_and_active_provider_generates() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let refused =
        async || world.post(PATH, &ann, order("x")).await.refused(400, "validation_error");
    assert!(refused().await.contains("not connected"));
    connect(&world, &ann, "OPENAI", "sk-0123456789abcdef").await;
    let service = "/api/settings/services/OPENAI";
    world.patch(service, &ann, json!({ "isActive": false })).await.ok(200);
    assert!(refused().await.contains("switched off"));
    world.patch(service, &ann, json!({ "isActive": true })).await.ok(200);
    start(&world, &ann, order("x")).await;
}

#[tokio::test]
async fn models_and_voices_can_be_looked_up() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let models = async |query: &str| world.get(&format!("/api/generate/models{query}"), &ann).await;
    let found = models("?provider=OPENAI&type=image").await.ok(200);
    assert_eq!(
        found["models"][0],
        json!({ "id": "gpt-image-1", "name": "GPT Image 1", "isDefault": true })
    );
    assert_eq!(models("?provider=OPENAI&type=music").await.ok(200), json!({ "models": [] }));
    for bad in
        ["", "?provider=OPENAI", "?type=image", "?provider=X&type=image", "?provider=OPENAI&type=X"]
    {
        models(bad).await.refused(400, "validation_error");
    }
    let voices = world.get("/api/generate/voices?provider=ELEVENLABS", &ann).await.ok(200);
    let rachel = &voices["voices"][0];
    for field in ["voice_id", "category", "gender", "age", "accent", "use_case"] {
        assert!(!text(rachel, field).is_empty());
    }
    assert_eq!(text(rachel, "name"), "Rachel");
    let preview = world.http.get(text(rachel, "preview_url")).send().await.unwrap();
    assert_eq!(
        (preview.status().as_u16(), &preview.headers()["content-type"]),
        (200, &"audio/wav".parse().unwrap())
    );
    world.get("/media/voices/nobody.wav", None).await.refused(404, "not_found");
    for bad in ["", "?provider=OPENAI"] {
        world
            .get(&format!("/api/generate/voices{bad}"), &ann)
            .await
            .refused(400, "validation_error");
    }
}
