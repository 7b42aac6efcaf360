//! Watching for notifications, on a service whose notifications come by the clock.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use imagineanything::flow::{Start, Watching};
use imagineanything::model::NotificationType;
use imagineanything::{Answer, Error, ErrorKind, Event};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::*;

const STORED: &str = "imagineanything:watch";

/// A service: what comes when, and what happens to its calls.
#[derive(Default)]
struct Service {
    /// When each notification comes, in milliseconds; its id is its number.
    times: Vec<f64>,
    /// Those that were deleted.
    deleted: Vec<usize>,
    /// Whether it tells when they came.
    is_timeless: bool,
    /// The calls, from 1 on, that fail.
    fails: Vec<(usize, Answer)>,
    /// When it was called.
    calls: Vec<f64>,
}

type Shared = Rc<RefCell<Service>>;

fn serve(script: &Script, service: Service) -> Shared {
    let shared = Rc::new(RefCell::new(service));
    let service = shared.clone();
    script.serve(move |sent, now| {
        let mut service = service.borrow_mut();
        service.calls.push(now);
        let nth = service.calls.len();
        if let Some((_, answer)) = service.fails.iter().find(|(fails, _)| *fails == nth) {
            return (5.0, answer.clone());
        }
        (5.0, Answer::new(200, &service.page(&sent.url, now).to_string()))
    });
    shared
}

impl Service {
    fn of(times: impl IntoIterator<Item = f64>) -> Service {
        Service { times: times.into_iter().collect(), ..Service::default() }
    }

    fn page(&self, url: &str, now: f64) -> Value {
        let parameter = |name: &str| url.split(['?', '&']).find_map(|it| it.strip_prefix(name));
        let limit: usize = parameter("limit=").unwrap().parse().unwrap();
        let below = parameter("cursor=").map_or(usize::MAX, |cursor| cursor.parse().unwrap());
        let there = self
            .times
            .iter()
            .enumerate()
            .filter(|(id, at)| **at <= now && *id < below && !self.deleted.contains(id));
        let page: Vec<_> = there.rev().take(limit).collect();
        let next = page.last().filter(|_| page.len() == limit).map(|(id, _)| id.to_string());
        let told = |&(id, at): &(usize, &f64)| {
            let types = ["MENTION", "LIKE"];
            let time = (!self.is_timeless).then(|| format!("2026-01-01T{:012.0}", at));
            json!({"id": id.to_string(), "type": types[id % 2], "createdAt": time})
        };
        json!({"notifications": page.iter().map(told).collect::<Vec<_>>(), "nextCursor": next})
    }
}

/// The ids of the next notifications, `count` of them.
async fn next(script: &Script, watching: &mut Watching, count: usize) -> Result<Vec<usize>, Error> {
    let mut ids = Vec::new();
    for _ in 0..count {
        match within(script, watching, 86_400_000.0).await {
            Some(given) => ids.push(given?),
            None => panic!("nothing comes in a day, after {ids:?}"),
        }
    }
    Ok(ids)
}

/// The next notification, if one comes within so many milliseconds.
async fn soon(script: &Script, watching: &mut Watching, ms: f64) -> Option<usize> {
    within(script, watching, ms).await.map(Result::unwrap)
}

async fn within(script: &Script, watching: &mut Watching, ms: f64) -> Option<Result<usize, Error>> {
    match select(pin!(watching.next()), script.pause(ms, None)).await {
        Either::Left((given, _)) => Some(given.map(|given| given.id.0.parse().unwrap())),
        Either::Right(_) => None,
    }
}

fn warnings(script: &Script) -> Vec<&'static str> {
    let events = script.events().into_iter();
    events
        .filter_map(|event| match event {
            Event::Warning { code, .. } => Some(code),
            _ => None,
        })
        .collect()
}

#[test]
fn the_first_watch_gives_what_comes_from_then_on() {
    let script = Script::default();
    serve(&script, Service::of([0.0, 0.0, 1_000.0, 40_000.0, 40_000.0]));
    let client = client(&script);
    script.run(async {
        script.pause(500.0, None).await;
        let mut watching = client.notifications().watch();
        assert_eq!(next(&script, &mut watching, 2).await.unwrap(), [2, 3]);
    });
    assert!((40.0..59.0).contains(&seconds(&script)), "it asks every 15 s, give or take 3");
}

#[test]
fn one_that_begins_with_nothing_there_misses_nothing() {
    let script = Script::default();
    serve(&script, Service::of([20_000.0]));
    let client = client(&script);
    script.run(async {
        assert_eq!(soon(&script, &mut client.notifications().watch(), 1_000.0).await, None);
        script.pause(60_000.0, None).await;
        assert_eq!(next(&script, &mut client.notifications().watch(), 1).await.unwrap(), [0]);
    });
}

#[test]
fn the_one_in_hand_comes_again_and_no_other() {
    let script = Script::default();
    serve(&script, Service::of([0.0; 5]));
    let client = client(&script);
    script.run(async {
        let begin = || client.notifications().watch().from(Start::All);
        assert_eq!(next(&script, &mut begin(), 3).await.unwrap(), [0, 1, 2]);
        assert_eq!(next(&script, &mut begin(), 3).await.unwrap(), [2, 3, 4]);
        let mut named = begin().named("other");
        assert_eq!(
            next(&script, &mut named, 1).await.unwrap(),
            [0],
            "a name has a position of its own"
        );
    });
}

#[test]
fn other_types_count_as_handled() {
    let script = Script::default();
    let service = serve(&script, Service::of([0.0; 121]));
    let client = client(&script);
    script.run(async {
        let begin = || {
            let watching = client.notifications().watch().from(Start::All);
            watching.only(&[NotificationType::Like])
        };
        let mut watching = begin();
        let likes: Vec<usize> = (1..121).step_by(2).collect();
        assert_eq!(next(&script, &mut watching, 60).await.unwrap(), likes);
        assert_eq!(soon(&script, &mut watching, 1_000.0).await, None);
        let asked = service.borrow().calls.len();
        assert_eq!(soon(&script, &mut begin(), 1_000.0).await, None);
        assert_eq!(
            service.borrow().calls.len(),
            asked + 1,
            "the position is after the last of all"
        );
    });
}

#[test]
fn a_gap_is_filled_up_to_its_limit() {
    for (count, expected, warned) in [(100, 0, false), (101, 1, true), (260, 160, true)] {
        let script = Script::default();
        serve(&script, Service::of(vec![0.0; count]));
        let client = client(&script);
        script.run(async {
            let mut watching = client.notifications().watch().from(Start::All).at_most(100);
            let given = next(&script, &mut watching, 100).await.unwrap();
            assert_eq!(given, (expected..count).collect::<Vec<_>>());
        });
        assert_eq!(warnings(&script).contains(&"backfill_cut"), warned, "{count}");
    }
}

#[test]
fn a_gap_that_ends_in_the_middle_of_a_page_keeps_to_its_limit_too() {
    let script = Script::default();
    let later = vec![1_000.0; 60];
    serve(&script, Service::of([0.0, 0.0].into_iter().chain(later)));
    let client = client(&script);
    script.run(async {
        let begin = || client.notifications().watch().from(Start::All).at_most(55);
        assert_eq!(next(&script, &mut begin(), 2).await.unwrap(), [0, 1]);
        script.pause(2_000.0, None).await;
        assert_eq!(next(&script, &mut begin(), 55).await.unwrap(), (7..62).collect::<Vec<_>>());
    });
    assert_eq!(warnings(&script), ["backfill_cut"]);
}

#[test]
fn what_passes_ends_no_watch() {
    let script = Script::default();
    let mut service = Service::of([100_000.0]);
    let refusal = |status| Answer::new(status, r#"{"error": "no"}"#);
    let broken = Answer::Failure { message: "broken".into(), sent: true };
    service.fails = [refusal(500), broken, refusal(429), refusal(503)]
        .into_iter()
        .flat_map(|answer| [answer.clone(), answer.clone(), answer])
        .enumerate()
        .map(|(nth, answer)| (nth + 2, answer))
        .collect();
    serve(&script, service);
    let client = client(&script);
    script.run(async {
        assert_eq!(next(&script, &mut client.notifications().watch(), 1).await.unwrap(), [0]);
    });
    let retries = script.events().into_iter().filter_map(|event| match event {
        // Those of the watch itself, which pauses for longer than a call.
        Event::Retry { attempt, delay_ms, reason, .. } if delay_ms > 9_000.0 => {
            Some((attempt, reason))
        }
        _ => None,
    });
    let told: Vec<_> = retries.collect();
    let reasons = ["500", "network", "429", "503"];
    assert!(told.len() >= 3, "{told:?}");
    for (attempt, reason) in &told {
        assert!(reasons.contains(&reason.as_str()), "{attempt} {reason}");
    }
}

#[test]
fn what_does_not_pass_ends_a_watch_and_one_may_go_on() {
    for (status, kind) in [(401, ErrorKind::Unauthorized), (403, ErrorKind::Forbidden)] {
        let script = Script::default();
        let mut service = Service::of([20_000.0]);
        service.fails = vec![(2, Answer::new(status, "{}"))];
        serve(&script, service);
        let client = client(&script);
        script.run(async {
            let mut watching = client.notifications().watch();
            assert_eq!(next(&script, &mut watching, 1).await.unwrap_err().kind(), kind);
            assert_eq!(next(&script, &mut watching, 1).await.unwrap(), [0]);
        });
    }
}

#[test]
fn nothing_is_given_before_the_store_is_read() {
    let script = Script::default();
    serve(&script, Service::of([0.0; 3]));
    let client = client(&script);
    script.run(async {
        let begin = || client.notifications().watch().from(Start::All);
        assert_eq!(next(&script, &mut begin(), 2).await.unwrap(), [0, 1]);
        script.store_fails(true);
        let mut watching = begin();
        assert_eq!(soon(&script, &mut watching, 60_000.0).await, None);
        assert_eq!(warnings(&script).last(), Some(&"storage_failed"));
        script.store_fails(false);
        assert_eq!(next(&script, &mut watching, 2).await.unwrap(), [1, 2]);
    });
}

#[test]
fn a_store_that_does_not_save_is_told_of_and_hinders_nobody() {
    let script = Script::default();
    serve(&script, Service::of([0.0; 3]));
    let client = client(&script);
    script.run(async {
        let begin = || client.notifications().watch().from(Start::All);
        let mut watching = begin();
        next(&script, &mut watching, 1).await.unwrap();
        script.store_fails(true);
        assert_eq!(next(&script, &mut watching, 1).await.unwrap(), [1]);
        assert_eq!(warnings(&script), ["storage_failed"]);
        script.store_fails(false);
        assert_eq!(next(&script, &mut watching, 1).await.unwrap(), [2]);
        assert_eq!(next(&script, &mut begin(), 1).await.unwrap(), [2], "it is saved with the next");
        script.store_hangs(true);
        assert_eq!(soon(&script, &mut watching, 10_000.0).await, None, "a hanging one has 5 s");
        assert_eq!(warnings(&script).len(), 2);
    });
}

#[derive(Debug, Clone)]
enum Then {
    /// The program goes on, after it worked for so long.
    Work(f64),
    /// It crashes, and is not there for so long.
    Crash(f64),
    /// The last of what was handled are deleted.
    Delete(usize),
}

fn then() -> impl Strategy<Value = Then> {
    prop_oneof![
        6 => (0.0..40_000.0).prop_map(Then::Work),
        2 => (0.0..600_000.0).prop_map(Then::Crash),
        1 => (1..60_usize).prop_map(Then::Delete),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing is lost, the order is kept, only what was in hand comes again, and the service is
    /// asked no more often than it allows.
    #[test]
    fn each_notification_is_given(
        pauses in prop::collection::vec((prop_oneof![Just(0.0), 0.0..30_000.0_f64], 1..70_usize), 1..12),
        then in prop::collection::vec(then(), 1..40),
        failing in prop::collection::vec(2..60_usize, 0..20),
        is_timeless in any::<bool>(),
        interval_ms in 1_000.0..20_000.0_f64,
    ) {
        let mut at = 0.0;
        let times: Vec<f64> = pauses.iter().flat_map(|(pause, many)| {
            at += pause;
            vec![at; *many]
        }).collect();
        let (count, last) = (times.len(), at);
        let mut fails = Vec::new();
        for nth in failing {
            let status = [429, 500, 503][nth % 3];
            fails.push((nth, Answer::new(status, "{}")));
        }
        let script = Script::default();
        let service = serve(&script, Service { times, fails, is_timeless, ..Service::default() });
        let client = client(&script);
        let mut then = then.into_iter();
        script.run(async {
            let begin = || client.notifications().watch().from(Start::All).every(interval_ms);
            let mut watching = begin();
            let mut handled = 0;
            while handled < count {
                // Whether it is over is asked in the middle of a step, too.
                let Some(given) = soon(&script, &mut watching, 25_000.0).await else {
                    if script.now() > last + 36_000_000.0 {
                        panic!("number {handled} of {count} is never given");
                    }
                    continue;
                };
                assert_eq!(given, handled, "in order, and nothing twice but what was in hand");
                match then.next() {
                    Some(Then::Crash(ms)) => {
                        script.pause(ms, None).await;
                        watching = begin();
                        continue;
                    }
                    Some(Then::Work(ms)) => {
                        script.pause(ms, None).await;
                    }
                    // Of the last hundred that were handled, one is there still.
                    Some(Then::Delete(many)) => {
                        let mut service = service.borrow_mut();
                        if service.deleted.len() + many < 100 {
                            service.deleted.extend(handled.saturating_sub(many - 1)..=handled);
                        }
                    }
                    None => {}
                }
                handled += 1;
            }
        });
        let calls = &service.borrow().calls;
        for (nth, at) in calls.iter().enumerate() {
            let window = calls[..=nth].iter().filter(|other| *at - **other < 60_000.0).count();
            prop_assert!(window <= 100, "{window} calls in a minute");
        }
        prop_assert!(script.stored(STORED).is_some() || count <= 1);
    }
}
