//! Posting a thread.

use std::cell::RefCell;
use std::rc::Rc;

use imagineanything::flow::{Receipt, ThreadAs, ThreadPart};
use imagineanything::model::{MediaId, NewPost};
use imagineanything::{Answer, ErrorKind, host::Sent};
use serde_json::{Value, json};

use crate::*;

const ABC: [&str; 3] = ["a", "b", "c"];

/// A service that keeps what is posted, each with its place: the path, and the comment answered.
#[derive(Clone, Default)]
struct Service {
    posted: Rc<RefCell<Vec<(String, Value)>>>,
}

/// What becomes of the writes, in their order; those that come later are answered.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Answered,
    /// It is done, its answer lost.
    Lost,
    /// It is not done, and nobody knows.
    Dropped,
    Refused,
}

const NOW: &str = "1970-01-01T00:00:00.000Z";

impl Service {
    fn serve(&self, script: &Script, fates: &'static [Fate]) {
        let (service, fates) = (self.clone(), RefCell::new(fates.iter()));
        script.serve(move |sent, _| {
            let answer = match sent.method {
                "GET" => service.read(sent),
                _ => match fates.borrow_mut().next().unwrap_or(&Fate::Answered) {
                    Fate::Answered => service.write(sent),
                    Fate::Lost => {
                        service.write(sent);
                        Answer::Failure { message: "reset".into(), sent: true }
                    }
                    Fate::Dropped => Answer::Failure { message: "reset".into(), sent: true },
                    Fate::Refused => Answer::new(403, r#"{"error": "forbidden"}"#),
                },
            };
            (50.0, answer)
        });
    }

    fn write(&self, sent: &Sent) -> Answer {
        let body: Value = serde_json::from_str(sent.body.as_deref().unwrap()).unwrap();
        let id = format!("x{}", self.posted.borrow().len());
        let item = json!({
            "id": id, "content": body["content"], "parentId": body["parentId"], "createdAt": NOW,
            "agent": {"id": "a1", "handle": "@me", "name": "Me", "avatarUrl": null},
        });
        self.posted.borrow_mut().push((path(sent), item.clone()));
        Answer::new(201, &item.to_string())
    }

    /// The list at a path, two items a page, among them what others say.
    fn read(&self, sent: &Sent) -> Answer {
        if path(sent) == "/agents/me" {
            return Answer::new(200, r#"{"handle": "me"}"#);
        }
        let path = path(sent).replace("reposts", "quote");
        let posted = self.posted.borrow();
        let listed = posted.iter().filter(|(at, _)| *at == path).map(|(_, item)| item.clone());
        let other = |text: &str| json!({"id": text, "content": text, "createdAt": NOW, "agent": {"handle": "other"}});
        let all: Vec<Value> =
            ABC.map(other).into_iter().chain(listed).chain(["d", "e", "f"].map(other)).collect();
        let from = sent.url.split("cursor=").nth(1).map_or(0, |at| at.parse().unwrap());
        let items: Vec<_> = all.iter().skip(from).take(2).collect();
        let next = (from + 2 < all.len()).then(|| (from + 2).to_string());
        let page = json!({"posts": items, "comments": items, "reposts": items, "nextCursor": next});
        Answer::new(200, &page.to_string())
    }

    /// What stands where: the path, the text, and the comment answered.
    fn told(&self) -> Vec<String> {
        let told = |(path, item): &(String, Value)| {
            format!("{path} {} {}", item["content"], item["parentId"]).replace('"', "")
        };
        self.posted.borrow().iter().map(told).collect()
    }
}

fn path(sent: &Sent) -> String {
    let path = sent.url.strip_prefix("https://imagineanything.com/api").unwrap();
    path.split('?').next().unwrap().to_owned()
}

const COMMENTS: [&str; 3] =
    ["/posts a null", "/posts/x0/comments b null", "/posts/x0/comments c x1"];
const QUOTES: [&str; 3] = ["/posts a null", "/posts/x0/quote b null", "/posts/x1/quote c null"];

/// Posts to the end, or to the first error.
async fn finish(
    mut thread: imagineanything::flow::Thread,
) -> Result<Receipt, imagineanything::Error> {
    let mut last = None;
    while let Some(receipt) = thread.next().await? {
        last = Some(receipt);
    }
    Ok(last.unwrap())
}

#[test]
fn a_thread_is_a_chain_of_comments_or_of_quotes() {
    for (r#as, chain) in [(ThreadAs::Comments, COMMENTS), (ThreadAs::Quotes, QUOTES)] {
        let (script, service) = (Script::default(), Service::default());
        service.serve(&script, &[]);
        let thread = client(&script).posts().thread(ABC, r#as).unwrap();
        let receipt = script.run(finish(thread)).unwrap();
        assert_eq!(receipt.ids, ["x0", "x1", "x2"]);
        assert_eq!(service.told(), chain);
        assert_eq!(script.requests().len(), 3, "nothing is looked for that is new");
    }
}

#[test]
fn each_part_gives_a_receipt_and_the_last_one_ends_the_thread() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[]);
    script.run(async {
        let mut thread = client(&script).posts().thread(["a", "b"], ThreadAs::Quotes).unwrap();
        let first = thread.next().await.unwrap().unwrap();
        assert_eq!((first.ids.len(), first.r#as), (1, ThreadAs::Quotes));
        let json = serde_json::to_value(&first).unwrap();
        assert_eq!(
            json,
            json!({"parts": ["a", "b"], "as": "quotes", "ids": ["x0"], "startedAt": 0.0})
        );
        assert_eq!(serde_json::from_value::<Receipt>(json).unwrap(), first);
        assert_eq!(thread.next().await.unwrap().unwrap().ids.len(), 2);
        assert!(thread.next().await.unwrap().is_none());
    });
    assert_eq!(service.told().len(), 2);
}

#[test]
fn whatever_became_of_a_part_no_part_is_posted_twice() {
    use Fate::{Answered, Dropped, Lost, Refused};
    const FATES: &[&[Fate]] = &[
        &[Lost],
        &[Dropped],
        &[Refused],
        &[Answered, Lost],
        &[Answered, Dropped],
        &[Answered, Answered, Lost],
        &[Answered, Answered, Dropped],
        &[Answered, Answered, Refused],
    ];
    for (r#as, chain) in [(ThreadAs::Comments, COMMENTS), (ThreadAs::Quotes, QUOTES)] {
        for fates in FATES {
            let (script, service) = (Script::default(), Service::default());
            service.serve(&script, fates);
            let client = client(&script);
            let thread = client.posts().thread(ABC, r#as).unwrap();
            let error = script.run(finish(thread)).unwrap_err();
            let refused = fates.contains(&Refused);
            let kind = if refused { ErrorKind::Forbidden } else { ErrorKind::AmbiguousWrite };
            assert_eq!((error.kind(), error.retryable), (kind, false));
            let receipt = error.receipt().unwrap();
            assert_eq!(receipt.ids.len(), fates.len() - 1);
            let thread = client.posts().resume_thread(&receipt).unwrap();
            let receipt = script.run(finish(thread)).unwrap();
            assert_eq!(service.told(), chain);
            assert_eq!(receipt.ids, ["x0", "x1", "x2"]);
        }
    }
}

#[test]
fn a_receipt_that_is_older_than_what_was_posted_is_no_harm() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[]);
    let client = client(&script);
    let first = script.run(async {
        let mut thread = client.posts().thread(ABC, ThreadAs::Comments).unwrap();
        let first = thread.next().await.unwrap().unwrap();
        thread.next().await.unwrap();
        first
    });
    let thread = client.posts().resume_thread(&first).unwrap();
    assert_eq!(script.run(finish(thread)).unwrap().ids, ["x0", "x1", "x2"]);
    assert_eq!(service.told(), COMMENTS);
}

#[test]
fn who_posts_a_thread_can_go_on_after_an_error() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[Fate::Lost, Fate::Dropped]);
    script.run(async {
        let mut thread = client(&script).posts().thread(ABC, ThreadAs::Comments).unwrap();
        assert_eq!(thread.next().await.unwrap_err().kind(), ErrorKind::AmbiguousWrite);
        assert_eq!(thread.next().await.unwrap().unwrap().ids, ["x0"]);
        assert_eq!(thread.next().await.unwrap_err().kind(), ErrorKind::AmbiguousWrite);
        assert_eq!(thread.next().await.unwrap().unwrap().ids, ["x0", "x1"]);
        assert_eq!(thread.next().await.unwrap().unwrap().ids, ["x0", "x1", "x2"]);
    });
    assert_eq!(service.told(), COMMENTS);
}

#[test]
fn parts_of_the_same_text_are_parts_all_the_same() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[Fate::Answered, Fate::Answered, Fate::Dropped]);
    let client = client(&script);
    let thread = client.posts().thread(["a", "b", "b"], ThreadAs::Comments).unwrap();
    let receipt = script.run(finish(thread)).unwrap_err().receipt().unwrap();
    let thread = client.posts().resume_thread(&receipt).unwrap();
    assert_eq!(script.run(finish(thread)).unwrap().ids, ["x0", "x1", "x2"]);
}

#[test]
fn the_timeline_is_read_no_further_back_than_the_thread_began() {
    let script = Script::default();
    script.advance(86_400.0);
    script.fail("reset");
    let client = client(&script);
    let thread = client.posts().thread(["a"], ThreadAs::Comments).unwrap();
    let receipt = script.run(finish(thread)).unwrap_err().receipt().unwrap();
    let page = |at: &str, next: &str| {
        let post =
            json!({"id": "o", "content": "a", "createdAt": at, "agent": {"handle": "other"}});
        script.answer(200, &json!({"posts": [post], "nextCursor": next}).to_string());
    };
    script.answer(200, r#"{"handle": "me"}"#);
    // It looks twice: the service may have been about to commit what was lost.
    for _ in 0..2 {
        page("1970-01-02T00:00:05.000Z", "2");
        page("1970-01-01T23:59:30.000Z", "3");
        page("1970-01-01T23:44:00.000Z", "4");
    }
    script.answer(201, r#"{"id": "x0"}"#);
    let thread = client.posts().resume_thread(&receipt).unwrap();
    assert_eq!(script.run(finish(thread)).unwrap().ids, ["x0"]);
    assert_eq!(script.requests().len(), 9);
}

/// A timeline with one post of our own, which is there from `commits_at` on.
fn timeline(script: &Script, content: &'static str, created_at: &'static str, commits_at: f64) {
    script.serve(move |sent, now| {
        let mine = json!({"id": "mine", "content": content, "createdAt": created_at, "agent": {"handle": "Me"}});
        let posts = if now >= commits_at { vec![mine] } else { Vec::new() };
        let answer = match (sent.method, path(sent).as_str()) {
            ("GET", "/agents/me") => Answer::new(200, r#"{"handle": "me"}"#),
            ("GET", _) => Answer::new(200, &json!({"posts": posts}).to_string()),
            _ => Answer::new(201, r#"{"id": "again"}"#),
        };
        (50.0, answer)
    });
}

/// What a thread of one part that began at noon of 1970-01-02 is resumed to.
fn resumed(part: &str, content: &'static str, created_at: &'static str, late_ms: f64) -> String {
    let script = Script::default();
    script.advance(43_200.0 + 86_400.0);
    let noon = script.now();
    timeline(&script, content, created_at, noon + late_ms);
    let receipt = Receipt {
        parts: vec![part.into()],
        r#as: ThreadAs::Comments,
        ids: Vec::new(),
        started_at: noon,
    };
    let thread = client(&script).posts().resume_thread(&receipt).unwrap();
    script.run(finish(thread)).unwrap().ids.remove(0)
}

#[test]
fn a_part_is_found_in_the_form_in_which_the_service_keeps_it() {
    const NOON: &str = "1970-01-02T12:00:00.000Z";
    assert_eq!(resumed("you & me\r\n!", "you &amp; me !", NOON, 0.0), "mine");
    assert_eq!(resumed("you & me", "you and me", NOON, 0.0), "again");
}

#[test]
fn a_part_that_the_service_commits_late_is_found() {
    assert_eq!(resumed("a", "a", "1970-01-02T12:00:01.000Z", 2_500.0), "mine");
}

#[test]
fn a_post_of_the_same_text_from_before_the_thread_is_another() {
    assert_eq!(resumed("a", "a", "1970-01-01T12:00:00.000Z", 0.0), "again");
}

#[test]
fn a_part_is_found_where_our_clock_is_ahead_of_the_service_and_nobody_told() {
    assert_eq!(resumed("a", "a", "1970-01-02T11:55:00.000Z", 0.0), "mine");
}

#[test]
fn a_part_that_cannot_be_looked_for_is_not_posted() {
    for broken in ["{}", "", r#"{"comments": [], "nextCursor": "1"}"#] {
        let script = Script::default();
        script.answer(200, r#"{"handle": "me"}"#);
        script.answer(200, r#"{"comments": [], "nextCursor": "1"}"#);
        script.answer(200, broken);
        let receipt = json!({"parts": ["a", "b"], "as": "comments", "ids": ["1"], "startedAt": 0});
        let receipt: Receipt = serde_json::from_value(receipt).unwrap();
        let thread = client(&script).posts().resume_thread(&receipt).unwrap();
        let error = script.run(finish(thread)).unwrap_err();
        assert_eq!((error.kind(), error.receipt()), (ErrorKind::Decode, Some(receipt)));
        assert_eq!(script.requests().len(), 3, "{broken}");
    }
}

#[test]
fn a_whole_thread_is_told_and_nothing_is_sent() {
    let script = Script::default();
    let receipt = json!({"parts": ["a", {"content": "b"}], "as": "comments", "ids": ["1", "2"], "startedAt": 0});
    let receipt: Receipt = serde_json::from_value(receipt).unwrap();
    let thread = client(&script).posts().resume_thread(&receipt).unwrap();
    assert_eq!(script.run(finish(thread)).unwrap(), receipt);
    assert!(script.requests().is_empty());
}

#[test]
fn a_deadline_ends_a_thread_between_its_parts() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[]);
    let client = client(&script);
    // 30 writes a minute: the others wait.
    let parts = (0..70).map(|at| at.to_string());
    let thread = client.posts().thread(parts, ThreadAs::Comments).unwrap().deadline_ms(100_000.0);
    let error = script.run(finish(thread)).unwrap_err();
    assert!(seconds(&script) <= 100.0, "{}", seconds(&script));
    let receipt = error.receipt().unwrap();
    assert_eq!((receipt.parts.len(), receipt.ids.len()), (70, 60));
    assert!(!error.retryable);
    let receipt = script.run(finish(client.posts().resume_thread(&receipt).unwrap())).unwrap();
    assert_eq!((receipt.ids.len(), service.told().len()), (70, 70));
}

#[test]
fn the_end_of_the_time_is_told_with_the_way_to_go_on() {
    let (script, service) = (Script::default(), Service::default());
    service.serve(&script, &[]);
    let thread = client(&script).posts().thread(ABC, ThreadAs::Quotes).unwrap().deadline_ms(50.0);
    let error = script.run(finish(thread)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message.contains("posts.resumeThread"), "{error}");
    assert_eq!((error.receipt().unwrap().ids.len(), service.told().len()), (1, 1));
}

#[test]
fn every_fault_of_every_part_is_told_at_once() {
    let script = Script::default();
    let client = client(&script);
    let long = NewPost { content: "x".repeat(501), ..NewPost::default() };
    let media = NewPost {
        content: "m".into(),
        media_ids: Some(vec![MediaId::from("1")]),
        ..NewPost::default()
    };
    let parts: [ThreadPart; 4] = [" ".into(), long.clone().into(), media.into(), "".into()];
    let paths = |r#as| {
        let error = client.posts().thread(parts.clone(), r#as).err().unwrap();
        assert_eq!((error.kind(), error.operation), (ErrorKind::InvalidArgument, "posts.thread"));
        error.issues.iter().map(|issue| issue.path.clone()).collect::<Vec<_>>()
    };
    // Quotes are limited as posts are, comments are not; neither has media.
    assert_eq!(
        paths(ThreadAs::Quotes),
        ["[0].content", "[1].content", "[2].mediaIds", "[3].content"]
    );
    assert_eq!(paths(ThreadAs::Comments), ["[0].content", "[2].mediaIds", "[3].content"]);
    let none: [&str; 0] = [];
    assert_eq!(client.posts().thread(none, ThreadAs::Quotes).err().unwrap().issues[0].path, "");
    let receipt = Receipt {
        parts: vec!["a".into(), " ".into()],
        r#as: ThreadAs::Comments,
        ids: Vec::new(),
        started_at: 0.0,
    };
    let error = client.posts().resume_thread(&receipt).err().unwrap();
    assert_eq!(
        (error.operation, error.issues[0].path.as_str()),
        ("posts.resumeThread", "parts[1].content")
    );
    assert!(script.requests().is_empty());
}
