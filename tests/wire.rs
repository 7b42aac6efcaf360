//! Every curl call of the contract, made through the client, reaches the wire as it is shown there.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{connect, fixture, spec};
use imagineanything::api::auth::register;
use imagineanything::host::Sent;
use imagineanything::model::*;
use imagineanything::operation::{Spec, Take};
use imagineanything::rules::Shape;
use imagineanything::value::Part;
use imagineanything::{Credentials, Error, Options, Script, TABLE};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A call of curl-examples.json.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    op: String,
    method: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    bearer: bool,
    json: Option<Value>,
    form: Option<BTreeMap<String, FormPart>>,
}

/// A part of a form: a text, or the name of a file.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum FormPart {
    Text(String),
    File { file: String },
}

/// What stands in every file that is uploaded.
const BYTES: [u8; 4] = [0, 127, 128, 255];

fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("contract/curl-examples.json")).unwrap()
}

/// Makes the call of an example by the method of its operation.
async fn call(example: &Example, script: &Script) -> Result<(), Error> {
    let credentials = match example.op.as_str() {
        "auth.token" | "auth.refresh" => Credentials::Client {
            id: "$IMAGINEANYTHING_CLIENT_ID".into(),
            secret: "$IMAGINEANYTHING_CLIENT_SECRET".into(),
        },
        _ if example.bearer => Credentials::Token("iat_1".into()),
        _ => Credentials::None,
    };
    let client = connect(credentials, script);

    /// `resource.method(arguments)` for an operation, its id by the names in JavaScript. A type
    /// is that of what goes into query, body or form; the others are the holes of the path.
    macro_rules! call {
        ($($id:literal => $($resource:ident).+($($arg:ident),*),)+) => {
            match example.op.as_str() {
                "auth.register" => {
                    let agent = example.input::<Registration>();
                    register(agent, Options::default(), script.clone()).await.map(drop)
                }
                "auth.token" => client.auth().token().await.map(drop),
                "auth.refresh" => {
                    client.auth().token().await?;
                    client.auth().refresh().await.map(drop)
                }
                $($id => call!(@on client, $($resource).+ ($($arg),*)),)+
                op => panic!("{op} has no call here"),
            }
        };
        (@on $on:expr, $method:ident ($($arg:ident),*)) => {
            $on.$method($(call!(@$arg)),*).await.map(drop)
        };
        (@on $on:expr, $resource:ident . $($rest:ident).+ ($($arg:ident),*)) => {
            call!(@on $on.$resource(), $($rest).+ ($($arg),*))
        };
        (@id) => { example.hole(0) };
        (@second) => { example.hole(1) };
        (@provider) => { example.word::<Provider>(0) };
        (@$Input:ident) => { example.input::<$Input>() };
    }
    call! {
        "posts.create" => posts.create(NewPost),
        "posts.list" => posts.list(Paging),
        "posts.get" => posts.get(id),
        "posts.delete" => posts.delete(id),
        "posts.like" => posts.like(id),
        "posts.unlike" => posts.unlike(id),
        "posts.likes" => posts.likes(id, Paging),
        "posts.comment" => posts.comment(id, NewComment),
        "posts.comments" => posts.comments(id, Paging),
        "posts.deleteComment" => posts.delete_comment(id, second),
        "posts.repost" => posts.repost(id),
        "posts.unrepost" => posts.unrepost(id),
        "posts.reposts" => posts.reposts(id, Paging),
        "posts.quote" => posts.quote(id, Quote),
        "posts.amplify" => posts.amplify(id),
        "posts.unamplify" => posts.unamplify(id),
        "posts.view" => posts.view(id),
        "feed.list" => feed.list(Paging),
        "agents.get" => agents.get(id),
        "agents.list" => agents.list(AgentFilter),
        "agents.follow" => agents.follow(id),
        "agents.unfollow" => agents.unfollow(id),
        "agents.isFollowing" => agents.is_following(id),
        "agents.similar" => agents.similar(id, Similar),
        "agents.followers" => agents.followers(id, Paging),
        "agents.following" => agents.following(id, Paging),
        "agents.likes" => agents.likes(id, Paging),
        "agents.xp" => agents.xp(id, Paging),
        "me.get" => me.get(),
        "me.update" => me.update(ProfileUpdate),
        "me.uploadAvatar" => me.upload_avatar(AvatarUpload),
        "me.removeAvatar" => me.remove_avatar(),
        "me.capabilities" => me.capabilities(),
        "me.updateCapabilities" => me.update_capabilities(CapabilitiesUpdate),
        "me.clearCapabilities" => me.clear_capabilities(),
        "me.configureWebhook" => me.configure_webhook(WebhookConfig),
        "me.webhook" => me.webhook(),
        "me.removeWebhook" => me.remove_webhook(),
        "conversations.start" => conversations.start(NewConversation),
        "conversations.list" => conversations.list(Paging),
        "conversations.messages" => conversations.messages(id, MessagePaging),
        "conversations.send" => conversations.send(id, NewMessage),
        "conversations.markRead" => conversations.mark_read(id),
        "conversations.delete" => conversations.delete(id),
        "conversations.unread" => conversations.unread(),
        "messages.get" => messages.get(id),
        "messages.delete" => messages.delete(id),
        "explore.search" => explore.search(Search),
        "explore.trending" => explore.trending(ExploreQuery),
        "explore.agents" => explore.agents(Recommendation),
        "explore.trendingHashtags" => explore.trending_hashtags(Limited),
        "explore.hashtag" => explore.hashtag(id, Paging),
        "notifications.list" => notifications.list(Paging),
        "notifications.count" => notifications.count(),
        "notifications.markRead" => notifications.mark_read(MarkRead),
        "analytics.overview" => analytics.overview(AnalyticsRange),
        "analytics.posts" => analytics.posts(PostRanking),
        "media.uploadImage" => media.upload_image(ImageUpload),
        "media.uploadVideo" => media.upload_video(VideoUpload),
        "media.list" => media.list(MediaFilter),
        "media.delete" => media.delete(MediaRef),
        "providers.list" => providers.list(),
        "providers.connect" => providers.connect(NewProvider),
        "providers.setActive" => providers.set_active(provider, ProviderSwitch),
        "providers.disconnect" => providers.disconnect(provider),
        "providers.test" => providers.test(provider),
        "generation.start" => generation.start(NewGeneration),
        "generation.pending" => generation.pending(),
        "generation.history" => generation.history(Paging),
        "generation.models" => generation.models(ModelQuery),
        "generation.retry" => generation.retry(id),
        "generation.voices" => generation.voices(VoiceQuery),
        "bytes.list" => bytes.list(Paging),
        "bytes.get" => bytes.get(id),
        "bytes.create" => bytes.create(NewByte),
        "bytes.delete" => bytes.delete(id),
        "bytes.like" => bytes.like(id),
        "bytes.unlike" => bytes.unlike(id),
        "bytes.comment" => bytes.comment(id, ByteComment),
        "bytes.comments" => bytes.comments(id, Paging),
        "reports.create" => reports.create(NewReport),
        "marketplace.services.list" => marketplace.services.list(ServiceFilter),
        "marketplace.services.get" => marketplace.services.get(id),
        "marketplace.services.create" => marketplace.services.create(NewService),
        "marketplace.services.update" => marketplace.services.update(id, ServiceUpdate),
        "marketplace.services.delete" => marketplace.services.delete(id),
        "marketplace.orders.place" => marketplace.orders.place(NewOrder),
        "marketplace.orders.list" => marketplace.orders.list(OrderFilter),
        "marketplace.orders.get" => marketplace.orders.get(id),
        "marketplace.orders.update" => marketplace.orders.update(id, OrderUpdate),
        "marketplace.orders.messages" => marketplace.orders.messages(id, Paging),
        "marketplace.orders.sendMessage" => marketplace.orders.send_message(id, NewOrderMessage),
        "marketplace.reviews.create" => marketplace.reviews.create(NewReview),
        "marketplace.reviews.list" => marketplace.reviews.list(ReviewFilter),
        "marketplace.payouts.list" => marketplace.payouts.list(PayoutFilter),
        "marketplace.payouts.request" => marketplace.payouts.request(PayoutRequest),
        "marketplace.payments.status" => marketplace.payments.status(),
        "marketplace.payments.setup" => marketplace.payments.setup(PaymentSetup),
    }
}

impl Example {
    fn spec(&self) -> &'static Spec {
        spec(&self.op)
    }

    /// What stands in a hole of the path.
    fn hole(&self, at: usize) -> String {
        let filled = self.spec().path.split('/').zip(self.path.split('/'));
        let mut holes = filled.filter(|(hole, _)| hole.starts_with('{'));
        holes.nth(at).unwrap().1.to_owned()
    }

    /// The same as a word of a closed set.
    fn word<T: DeserializeOwned>(&self, at: usize) -> T {
        serde_json::from_value(self.hole(at).into()).unwrap()
    }

    /// What goes into query, body or form, as the type that the method takes.
    fn input<T: DeserializeOwned>(&self) -> T {
        let input = match &self.form {
            Some(parts) => parts.iter().map(|(name, part)| (name.clone(), part.input())).collect(),
            None => self.json.clone().unwrap_or_else(|| self.query_by_shape().into()),
        };
        serde_json::from_value(input).unwrap_or_else(|error| panic!("{}: {error}", self.op))
    }

    /// The query, whose values are all texts in a URL, by the shapes that the row gives them.
    fn query_by_shape(&self) -> Map<String, Value> {
        let fields = self.spec().takes.iter().find_map(|take| match take {
            Take::Query(fields) => Some(fields.fields),
            _ => None,
        });
        let shape = |key: &str| fields.unwrap().iter().find(|it| it.name == key).unwrap().shape;
        let value = |key: &str, text: &str| match shape(key) {
            Shape::Integer | Shape::Flag => serde_json::from_str(text).unwrap(),
            _ => Value::from(text),
        };
        self.query.iter().map(|(key, text)| (key.clone(), value(key, text))).collect()
    }

    /// Has the script answer what the call needs.
    fn answers(&self, script: &Script) {
        if self.op == "auth.refresh" {
            let tokens = r#"{"access_token": "iat_1", "token_type": "Bearer",
                "refresh_token": "YOUR_REFRESH_TOKEN"}"#;
            script.answer(200, tokens);
        }
        script.answer(200, &fixture(&self.op));
    }

    fn assert_is(&self, sent: &Sent) {
        let op = &self.op;
        let (address, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
        assert_eq!(sent.method, self.method, "{op}");
        assert_eq!(address, format!("https://imagineanything.com{}", self.path), "{op}");
        let pairs = query.split_terminator('&').map(|pair| pair.split_once('=').unwrap());
        let pairs: BTreeMap<_, _> = pairs.map(|(key, value)| (key.into(), value.into())).collect();
        assert_eq!(pairs, self.query, "{op}");
        assert_eq!(sent.header("authorization"), self.bearer.then_some("Bearer iat_1"), "{op}");
        assert_eq!(sent.header("accept"), Some("application/json"), "{op}");
        let json = sent.body.as_ref().map(|body| serde_json::from_str(body).unwrap());
        assert_eq!(json, self.json, "{op}");
        // The platform writes that of a form, with the boundary that it chose.
        let content_type = self.json.as_ref().map(|_| "application/json");
        assert_eq!(sent.header("content-type"), content_type, "{op}");
        let form = self.form.iter().flatten().map(|(name, part)| part.sent(name));
        assert_eq!(sent.form, form.collect::<Vec<_>>(), "{op}");
    }
}

impl FormPart {
    fn input(&self) -> Value {
        match self {
            FormPart::Text(text) => text.as_str().into(),
            FormPart::File { file } => {
                json!({ "data": bytes(file), "name": file, "type": mime(file) })
            }
        }
    }

    fn sent(&self, name: &str) -> Part {
        let name = name.to_owned();
        match self {
            FormPart::Text(text) => Part { name, file: None, data: text.clone().into() },
            FormPart::File { file } => {
                Part { name, file: Some((file.clone(), mime(file).into())), data: bytes(file) }
            }
        }
    }
}

/// What is in a file: it begins as those of its type do.
fn bytes(file: &str) -> Vec<u8> {
    let beginning: &[u8] = match file.ends_with(".mp4") {
        true => b"\0\0\0\x18ftypisom",
        false => b"\xff\xd8\xff\xe0",
    };
    [beginning, &BYTES].concat()
}

fn mime(file: &str) -> &'static str {
    if file.ends_with(".mp4") { "video/mp4" } else { "image/jpeg" }
}

#[test]
fn every_example_reaches_the_wire_as_it_is_shown() {
    let examples = examples();
    assert_eq!(examples.len(), 104);
    for example in examples {
        let script = Script::default();
        example.answers(&script);
        if let Err(error) = script.run(call(&example, &script)) {
            panic!("{error}");
        }
        example.assert_is(script.requests().last().unwrap());
    }
}

#[test]
fn every_operation_has_an_example() {
    let called: BTreeSet<String> = examples().into_iter().map(|example| example.op).collect();
    for row in TABLE.iter().copied().flatten() {
        assert!(called.contains(row.spec.id), "{} is called by no example", row.spec.id);
    }
}
