//! Generating to the end.

use std::cell::Cell;

use imagineanything::model::{GenerationType, JobId, JobStatus, NewGeneration, Open, Provider};
use imagineanything::{Answer, ErrorKind};

use crate::*;

fn input() -> NewGeneration {
    NewGeneration {
        provider: Provider::OpenAi,
        generation_type: GenerationType::Image,
        prompt: "A lighthouse in the fog".into(),
        ..NewGeneration::default()
    }
}

fn job(status: &str) -> String {
    format!(
        r#"{{"id": "j1", "status": "{status}", "postId": "p1", "errorMessage": "no iat_secret left"}}"#
    )
}

/// A service whose job is of these statuses, each for so many seconds after its last try began.
fn serve(script: &Script, tries: &'static [&'static [(f64, &'static str)]]) {
    let (began, tried) = (Cell::new(0.0), Cell::new(0));
    script.serve(move |sent, now| {
        if sent.method == "POST" {
            tried.set(tried.get() + usize::from(sent.url.ends_with("/retry")));
            began.set(now);
            return (50.0, Answer::new(202, r#"{"jobId": "j1", "status": "pending"}"#));
        }
        let statuses = tries[tried.get()];
        let mut until = began.get();
        let (_, status) = statuses
            .iter()
            .find(|(seconds, _)| {
                until += seconds * 1000.0;
                now < until
            })
            .unwrap();
        let is_listed = sent.url.ends_with("/pending") != (*status == "completed");
        let jobs = if is_listed { job(status) } else { String::new() };
        (50.0, Answer::new(200, &format!(r#"{{"jobs": [{jobs}]}}"#)))
    });
}

/// How often a path was asked for.
fn count(script: &Script, end: &str) -> usize {
    script.requests().iter().filter(|sent| sent.url.ends_with(end)).count()
}

#[test]
fn a_run_tells_each_status_and_ends_with_the_post() {
    let script = Script::default();
    serve(
        &script,
        &[&[(2.0, "pending"), (60.0, "generating"), (8.0, "uploading"), (1e9, "completed")]],
    );
    let client = client(&script);
    script.run(async {
        let mut running = client.generation().run(input());
        let mut statuses = Vec::new();
        while let Some(job) = running.next().await.unwrap() {
            statuses.push(job.status);
        }
        let known =
            [JobStatus::Pending, JobStatus::Generating, JobStatus::Uploading, JobStatus::Completed];
        assert_eq!(statuses, known.map(Open::Known));
        assert!(running.next().await.unwrap().is_none(), "it is over");
        let job = running.await.unwrap();
        assert_eq!(job.post_id, Some("p1".into()), "and still knows what came of it");
    });
    assert!((70.0..85.0).contains(&seconds(&script)), "{}", seconds(&script));
    let asked = count(&script, "/pending");
    assert!((8..20).contains(&asked), "soon at first, seldom when nothing happens: {asked}");
    assert_eq!(count(&script, "/generate"), 1);
}

#[test]
fn a_job_that_failed_is_an_error_that_tells_why() {
    let script = Script::default();
    serve(&script, &[&[(3.0, "generating"), (1e9, "failed")]]);
    let client = client(&script);
    script.run(async {
        let mut running = client.generation().run(input());
        while running.next().await.unwrap().unwrap().status != Open::Known(JobStatus::Failed) {}
        let error = running.next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server);
        assert_eq!(error.to_string(), "generation.run: the job failed: no [token] left");
        assert_eq!((error.job_id(), error.retryable), (Some(JobId::from("j1")), false));
        assert!(running.next().await.unwrap().is_none());
    });
    assert_eq!(count(&script, "/retry"), 0);
}

#[test]
fn a_job_that_failed_is_tried_again_as_often_as_asked_for() {
    const FAILS: &[(f64, &str)] = &[(3.0, "generating"), (1e9, "failed")];
    for (retries, expected) in [(1, Some(ErrorKind::Server)), (2, None), (3, None)] {
        let script = Script::default();
        serve(&script, &[FAILS, FAILS, &[(4.0, "pending"), (1e9, "completed")]]);
        let outcome = script.run(client(&script).generation().run(input()).retries(retries));
        assert_eq!(outcome.err().map(|error| error.kind()), expected, "{retries}");
        assert_eq!(count(&script, "/generate/j1/retry"), retries.min(2) as usize);
    }
}

#[test]
fn a_try_that_fails_at_once_is_told_like_the_first() {
    let script = Script::default();
    serve(&script, &[&[(1e9, "failed")], &[(1e9, "failed")], &[(1e9, "failed")]]);
    let mut running = client(&script).generation().run(input()).retries(2);
    script.run(async {
        for _ in 0..3 {
            let job = running.next().await.unwrap().unwrap();
            assert_eq!(job.status, Open::Known(JobStatus::Failed));
        }
        assert_eq!(running.next().await.unwrap_err().kind(), ErrorKind::Server);
    });
}

#[test]
fn nothing_is_tried_again_that_the_service_would_refuse() {
    let script = Script::default();
    script.answer(200, r#"{"jobs": [{"id": "j1", "status": "failed", "retryCount": 3}]}"#);
    let error =
        script.run(client(&script).generation().resume("j1").unwrap().retries(3)).unwrap_err();
    assert_eq!(error.to_string(), "generation.resume: the job failed: the service gave no reason");
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_deadline_ends_a_run_and_its_job_can_be_followed_further() {
    let script = Script::default();
    serve(&script, &[&[(90.0, "generating"), (1e9, "completed")]]);
    let client = client(&script);
    let error = script.run(client.generation().run(input()).deadline_ms(30_000.0)).unwrap_err();
    assert_eq!(seconds(&script), 30.0, "to the millisecond");
    assert_eq!((error.kind(), error.retryable), (ErrorKind::Timeout, false));
    assert!(
        error.message.contains("still runs") && error.message.contains("generation.resume"),
        "{error}"
    );
    let job_id = error.job_id().unwrap();
    let job = script.run(client.generation().resume(job_id).unwrap()).unwrap();
    assert_eq!(job.status, Open::Known(JobStatus::Completed));
    assert_eq!(count(&script, "/generate"), 1);
}

#[test]
fn a_question_under_way_ends_with_the_deadline() {
    let script = Script::default();
    script.answer(202, r#"{"jobId": "j1", "status": "pending"}"#);
    script.serve(|_, _| (1e9, Answer::new(200, r#"{"jobs": []}"#)));
    let error =
        script.run(client(&script).generation().run(input()).deadline_ms(5_000.0)).unwrap_err();
    assert!((4.0..=5.0).contains(&seconds(&script)), "{}", seconds(&script));
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message.contains("generation.resume"), "{error}");
    assert_eq!(error.job_id(), Some("j1".into()));
    assert!(!error.retryable, "to run it again would start another job");
    let resumed = client(&script).generation().resume("j1").unwrap().deadline_ms(5_000.0);
    assert!(script.run(resumed).unwrap_err().retryable, "to ask again does no harm");
}

#[test]
fn ten_minutes_are_enough_unless_said_otherwise() {
    let script = Script::default();
    serve(&script, &[&[(1e9, "generating")]]);
    let error = script.run(client(&script).generation().run(input())).unwrap_err();
    assert_eq!((error.kind(), seconds(&script)), (ErrorKind::Timeout, 600.0));
    let asked = count(&script, "/pending");
    assert!((55..80).contains(&asked), "{asked} questions");
}

#[test]
fn a_start_whose_answer_is_lost_is_not_repeated() {
    let script = Script::default();
    script.fail("reset");
    let mut running = client(&script).generation().run(input());
    let error = script.run(running.next()).unwrap_err();
    assert_eq!((error.kind(), error.job_id()), (ErrorKind::AmbiguousWrite, None));
    assert!(script.run(running.next()).unwrap().is_none());
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn a_start_that_takes_too_long_does_not_say_that_a_job_runs() {
    let script = Script::default();
    script.serve(|_, _| (1e9, Answer::new(202, "")));
    let error =
        script.run(client(&script).generation().run(input()).deadline_ms(5_000.0)).unwrap_err();
    assert_eq!((error.kind(), seconds(&script)), (ErrorKind::Timeout, 5.0));
    assert!(!error.message.contains("resume"), "{error}");
}

#[test]
fn who_follows_a_job_can_go_on_after_an_error() {
    let script = Script::default();
    script.answer(202, r#"{"jobId": "j1"}"#);
    script.answer(404, "{}");
    script.answer(200, &format!(r#"{{"jobs": [{}]}}"#, job("completed")));
    script.run(async {
        let mut running = client(&script).generation().run(input());
        let error = running.next().await.unwrap_err();
        assert_eq!((error.kind(), error.job_id()), (ErrorKind::NotFound, Some("j1".into())));
        let before = seconds(&script);
        assert!(running.next().await.unwrap().is_some());
        assert!(seconds(&script) > before, "after a pause");
        assert!(running.next().await.unwrap().is_none());
    });
}

#[test]
fn a_job_on_its_way_between_the_lists_is_waited_for_and_an_unknown_one_is_told() {
    let script = Script::default();
    let nothing = || script.answer(200, r#"{"jobs": [{"id": "j2", "status": "failed"}]}"#);
    (0..4).for_each(|_| nothing());
    script.answer(200, &format!(r#"{{"jobs": [{}]}}"#, job("completed")));
    assert!(script.run(client(&script).generation().resume("j1").unwrap()).is_ok());
    (0..6).for_each(|_| nothing());
    let error = script.run(client(&script).generation().resume("j1").unwrap()).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::NotFound, "generation.resume"));
}

#[test]
fn what_is_no_input_and_no_id_is_refused() {
    let script = Script::default();
    let client = client(&script);
    let blank = NewGeneration { prompt: " ".into(), ..input() };
    let error = script.run(client.generation().run(blank)).unwrap_err();
    assert_eq!(error.issues[0].path, "prompt");
    let error = client.generation().resume("").err().unwrap();
    assert_eq!((error.operation, error.issues[0].path.as_str()), ("generation.resume", "jobId"));
    assert!(script.requests().is_empty());
}
