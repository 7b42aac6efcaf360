//! What the service answers, as the sources tell (`fixtures/`), is what the types expect: no field
//! more, and none less.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;

use common::{connect, fixture};
use imagineanything::model::*;
use imagineanything::operation::{Row, Take};
use imagineanything::value::Value as Answer;
use imagineanything::{Credentials, Script, TABLE};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Decodes an answer, and gives the paths of the fields that its type does not know.
type Decode = fn(&Value) -> Result<Vec<String>, String>;

fn decode<T: DeserializeOwned>(answer: &Value) -> Result<Vec<String>, String> {
    let mut unknown = Vec::new();
    serde_ignored::deserialize::<_, _, T>(answer, |path| unknown.push(path.to_string()))
        .map_err(|error| error.to_string())?;
    Ok(unknown)
}

/// The types of answers by their names, which the rows tell.
fn types() -> BTreeMap<&'static str, Decode> {
    macro_rules! types {
        ($($Answer:ident)+) => { [$((stringify!($Answer), decode::<$Answer> as Decode)),+].into() };
    }
    types! {
        AgentPage AnalyticsOverview Byte BytePage Capabilities Comment CommentPage
        ConnectedProvider ConnectedProviders Conversation ConversationPage Count Experience
        Explored FollowerPage Following FollowingPage Found JobPage Jobs KeyTest LikePage Liked
        MediaPage Message MessagePage Models NewAvatar NotificationPage Order OrderMessage
        OrderMessagePage OrderPage PaymentAccount PaymentOnboarding Payout PayoutPage PlacedOrder
        Post PostPage Profile RankedPosts Registered Report RepostPage RetriedJob Review
        ReviewPage Service ServicePage SimilarAgents StartedJob TokenAnswer TrendingHashtags
        Uploaded Voices Webhook
    }
}

/// The rows that promise an answer, with the fixture and the type of each.
fn answers() -> impl Iterator<Item = (&'static str, Value, Decode)> {
    let types = types();
    TABLE.iter().copied().flatten().filter_map(move |row| {
        let id = row.spec.id;
        let decode = types.get(row.returns?).unwrap_or_else(|| panic!("{id}: no type"));
        Some((id, serde_json::from_str(&fixture(id)).unwrap(), *decode))
    })
}

#[test]
fn every_field_of_every_answer_has_its_place() {
    for (id, answer, decode) in answers() {
        assert_eq!(decode(&answer), Ok(vec![]), "{id}");
    }
}

/// `value` with every object in it changed.
fn changed(value: &Value, change: fn(&mut serde_json::Map<String, Value>)) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields =
                fields.iter().map(|(key, it)| (key.clone(), changed(it, change))).collect();
            change(&mut fields);
            fields.into()
        }
        Value::Array(items) => items.iter().map(|item| changed(item, change)).collect(),
        other => other.clone(),
    }
}

#[test]
fn fields_and_words_that_came_later_fail_no_call() {
    for (id, answer, decode) in answers() {
        let later = changed(&answer, |fields| {
            fields.insert("addedLater".into(), json!({"deep": [1, null]}));
            for word in ["agentType", "mediaType", "type", "status", "provider", "paymentMethod"] {
                if let Some(Value::String(text)) = fields.get_mut(word) {
                    *text = "ADDED_LATER".into();
                }
            }
        });
        assert!(decode(&later).is_ok(), "{id}: {:?}", decode(&later));
    }
}

#[test]
fn what_may_be_null_or_missing_fails_no_call() {
    for (id, answer, decode) in answers() {
        // What the sources leave open, and what an answer is never without.
        let bare = changed(&answer, |fields| {
            for optional in [
                "avatarUrl",
                "bio",
                "websiteUrl",
                "content",
                "createdAt",
                "parentId",
                "repostOf",
                "postId",
                "commentId",
                "lastMessage",
                "thumbnailUrl",
                "resultUrl",
                "completedAt",
                "errorMessage",
                "deliverables",
                "requirements",
                "caption",
                "nextCursor",
                "secret",
            ] {
                if fields.contains_key(optional) {
                    fields.insert(optional.into(), Value::Null);
                }
            }
            for optional in ["verified", "agentType", "likeCount", "isLiked", "mentions", "tags"] {
                fields.remove(optional);
            }
        });
        // A comment and a message without words would be none.
        if id.ends_with("omment") || id.ends_with("omments") {
            continue;
        }
        assert!(decode(&bare).is_ok(), "{id}: {:?}", decode(&bare));
    }
}

/// The answer of an operation, as a client hands it on, when the service says `body`.
fn handed_on(id: &str, body: &Value) -> Value {
    let row = TABLE.iter().copied().flatten().find(|row| row.spec.id == id).unwrap();
    let script = Script::default();
    script.answer(200, &body.to_string());
    let client = connect(Credentials::Token("iat_1".into()), &script);
    let Answer(answer) = script.run(client.perform(row.spec, &arguments(row))).unwrap().unwrap();
    answer
}

/// Arguments that will do for an operation that reads.
fn arguments(row: &Row) -> Vec<Option<Answer>> {
    let text = |text: &str| Answer(text.into());
    let argument = |take: &Take| match take {
        Take::Path { .. } => Some(text("x")),
        _ if row.spec.id == "media.uploadImage" => {
            let file = json!({"data": "GIF89a", "name": "x.gif", "type": "image/gif"});
            Some(Answer(json!({ "file": file })))
        }
        _ if row.spec.id == "marketplace.orders.place" => {
            Some(Answer(json!({"serviceId": "s1", "paymentMethod": "CARD"})))
        }
        _ if row.spec.id == "generation.models" => {
            Some(Answer(json!({"provider": "OPENAI", "type": "image"})))
        }
        _ => None,
    };
    row.spec.takes.iter().map(argument).collect()
}

#[test]
fn an_answer_is_handed_on_in_one_form_whichever_the_service_gives() {
    let (bare, wrapped) = (json!({"id": "p1"}), json!({"post": {"id": "p1"}}));
    for (id, said, handed) in [
        ("posts.get", bare.clone(), bare.clone()),
        ("posts.get", wrapped, bare),
        ("posts.get", json!({"post": null}), json!({"post": null})),
        (
            "posts.get",
            json!({"success": true, "post": {"id": "p1", "a": 1}}),
            json!({"id": "p1", "a": 1, "success": true}),
        ),
        (
            "agents.get",
            json!({"agent": {"id": "a1", "stats": {"followers": 1, "posts": 2}}}),
            json!({"id": "a1", "stats": {"followers": 1, "posts": 2},
                "followerCount": 1, "postCount": 2}),
        ),
        (
            "agents.get",
            json!({"id": "a1", "followerCount": 0, "stats": {"followers": 1}}),
            json!({"id": "a1", "followerCount": 0, "stats": {"followers": 1}}),
        ),
        (
            "agents.followers",
            json!({"agents": [{"id": "a1", "stats": {"following": 3}}]}),
            json!({"agents": [{"id": "a1", "stats": {"following": 3}}],
                "followers": [{"id": "a1", "stats": {"following": 3}, "followingCount": 3}]}),
        ),
        (
            "agents.following",
            json!({"following": [], "agents": [1]}),
            json!({"following": [], "agents": [1]}),
        ),
        ("generation.models", json!([{"id": "m1"}]), json!({"models": [{"id": "m1"}]})),
        (
            "generation.history",
            json!({"jobs": [{"id": "j1", "content": "x"}, null, 7]}),
            json!({"jobs": [{"id": "j1", "content": "x", "postContent": "x"}, null, 7]}),
        ),
        ("media.uploadImage", json!({"media_id": "m1"}), json!({"media_id": "m1", "id": "m1"})),
        (
            "media.uploadImage",
            json!({"id": "m1", "media_id": "m2"}),
            json!({"id": "m1", "media_id": "m2"}),
        ),
        (
            "marketplace.orders.place",
            json!({"order": {"id": "o1"}, "clientSecret": "s"}),
            json!({"id": "o1", "clientSecret": "s"}),
        ),
        (
            "marketplace.orders.place",
            json!({"order": {"id": "o1"}, "payment": {"clientSecret": "s"}}),
            json!({"id": "o1", "payment": {"clientSecret": "s"}, "clientSecret": "s"}),
        ),
    ] {
        assert_eq!(handed_on(id, &said), handed, "{id}: {said}");
    }
}
