//! `cargo xtask bench sandbox`: what the local service bears, with few posts and with many.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::console::Console;
use crate::http::Connection;
use crate::process::{self, Process};
use crate::{paths, service, tools};

const SIZES: [u32; 2] = [1_000, 1_000_000];
const CLIENTS: usize = 8;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);

/// How often a page is read, by one client.
const PAGE_READS: usize = 300;

/// How long the service may take to write the largest crowd.
const FILLING: Duration = Duration::from_secs(600);

/// Pages that must cost the same however many posts there are.
const PAGES: [(&str, &str); 3] = [
    ("timeline", "/api/posts?limit=20"),
    ("feed", "/api/feed?limit=20"),
    ("hashtag", "/api/hashtags/topic7?limit=20"),
];

/// Each is measured so many pages further down as well; a thousand posts have as many.
const DEPTH: usize = 3;

pub fn run(console: &Console) -> Result<()> {
    console.run_step(
        "build the local service",
        &mut tools::cargo(["build", "--release", "--package", "sandbox"]),
    )?;
    let mut columns = Vec::new();
    for posts in SIZES {
        let name = format!("measure with {} posts", grouped(posts.into()));
        columns.push(console.step(&name, || measure(posts))?);
    }
    println!("{}", table(&columns));
    Ok(())
}

/// One number of the table.
struct Figure {
    name: String,
    value: f64,
    unit: Unit,
}

#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    CallsASecond,
}

fn measure(posts: u32) -> Result<Vec<Figure>> {
    let folder = paths::target().join("xtask/bench");
    // A database of an earlier version is of no use, and filling one is quick.
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&folder)?,
    }
    let (_service, url) = start(&folder, posts)?;
    let address = url.strip_prefix("http://").context("not an address")?;
    let token = sign_in(address, 0)?;

    let mut figures = Vec::new();
    for (name, path) in PAGES {
        let (first, deep) = pages(address, &token, path).with_context(|| format!("the {name}"))?;
        figures.push(Figure { name: name.to_owned(), value: first, unit: Unit::Milliseconds });
        let name = format!("{name}, page {}", DEPTH + 1);
        figures.push(Figure { name, value: deep, unit: Unit::Milliseconds });
    }
    for (name, work) in [("reads", read as Work), ("writes", write as Work)] {
        let name = format!("{name} by {CLIENTS} clients");
        figures.push(Figure { name, value: throughput(address, work)?, unit: Unit::CallsASecond });
    }
    Ok(figures)
}

fn start(folder: &Path, posts: u32) -> Result<(Process, String)> {
    let mut command = tools::command(paths::target().join("release/sandbox"));
    command
        .args(["--port", "0", "--limits", "off", "--crowd", &posts.to_string(), "--db"])
        .arg(folder.join("crowd.db"));
    service::launch(&mut command, &folder.join("service.log"), FILLING)
}

fn sign_in(address: &str, nth: usize) -> Result<String> {
    let grant = json!({
        "grant_type": "client_credentials",
        "client_id": format!("crowd_{nth}"),
        "client_secret": "crowd-secret",
    });
    let tokens = Connection::open(address, "")?.post("/api/auth/token", &grant)?;
    text(&serde_json::from_slice(&tokens)?, "access_token")
}

/// The median time of the first page and of one further down.
fn pages(address: &str, token: &str, path: &str) -> Result<(f64, f64)> {
    let mut connection = Connection::open(address, token)?;
    let mut deep = path.to_owned();
    for _ in 0..DEPTH {
        let page: Value = serde_json::from_slice(&connection.get(&deep)?)?;
        match page.get("nextCursor").and_then(Value::as_str) {
            Some(next) => deep = format!("{path}&cursor={next}"),
            None => bail!("{path} has no page {}", DEPTH + 1),
        }
    }
    let mut time = |path: &str| -> Result<f64> {
        let mut times = Vec::new();
        for _ in 0..PAGE_READS {
            let started = Instant::now();
            connection.get(path)?;
            times.push(started.elapsed().as_secs_f64() * 1000.0);
        }
        median(times)
    };
    Ok((time(path)?, time(&deep)?))
}

/// One call after the other until it is time to stop; each is counted.
type Work = fn(&mut Connection, &Round) -> Result<()>;

struct Round {
    calls: AtomicU64,
    over: AtomicBool,
}

impl Round {
    /// Counts one call; whether to go on.
    fn goes_on(&self) -> bool {
        self.calls.fetch_add(1, Ordering::Relaxed);
        !self.over.load(Ordering::Relaxed)
    }
}

/// The median of calls a second over some rounds.
fn throughput(address: &str, work: Work) -> Result<f64> {
    let tokens = (0..CLIENTS).map(|nth| sign_in(address, nth)).collect::<Result<Vec<_>>>()?;
    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        process::pause()?;
        let round = Round { calls: AtomicU64::new(0), over: AtomicBool::new(false) };
        let started = Instant::now();
        thread::scope(|scope| {
            let clients: Vec<_> = tokens
                .iter()
                .map(|token| {
                    let round = &round;
                    scope.spawn(move || work(&mut Connection::open(address, token)?, round))
                })
                .collect();
            thread::sleep(ROUND);
            round.over.store(true, Ordering::Relaxed);
            clients.into_iter().try_for_each(|client| match client.join() {
                Ok(done) => done,
                Err(_) => bail!("a client panicked"),
            })
        })?;
        rates.push(round.calls.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64());
    }
    median(rates)
}

/// The timeline, a post on it, its comments, an agent.
fn read(connection: &mut Connection, round: &Round) -> Result<()> {
    let page: Value = serde_json::from_slice(&connection.get("/api/posts?limit=20")?)?;
    let post = text(page.pointer("/posts/0").context("no posts")?, "id")?;
    let post = format!("/api/posts/{post}");
    let comments = format!("{post}/comments");
    let paths = ["/api/posts?limit=20", &post, &comments, "/api/agents/crowd_5"];
    for path in paths.iter().cycle() {
        connection.get(path)?;
        if !round.goes_on() {
            break;
        }
    }
    Ok(())
}

/// A post, then a comment and a like on it.
fn write(connection: &mut Connection, round: &Round) -> Result<()> {
    loop {
        let made = connection.post("/api/posts", &json!({ "content": "Measured. #topic7" }))?;
        let post = format!("/api/posts/{}", text(&serde_json::from_slice(&made)?, "id")?);
        let goes_on = round.goes_on();
        connection.post(&format!("{post}/comments"), &json!({ "content": "Indeed." }))?;
        let goes_on = round.goes_on() && goes_on;
        connection.post(&format!("{post}/like"), &json!({}))?;
        if !(round.goes_on() && goes_on) {
            return Ok(());
        }
    }
}

fn text(value: &Value, key: &str) -> Result<String> {
    let found = value.get(key).and_then(Value::as_str);
    Ok(found.with_context(|| format!("no `{key}` in {value}"))?.to_owned())
}

fn median(mut values: Vec<f64>) -> Result<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().context("nothing was measured")
}

/// A column a size, and how the last compares with the first.
fn table(columns: &[Vec<Figure>]) -> String {
    let mut lines = vec![format!("\n{:<24}", "")];
    let width = 18;
    if let Some(head) = lines.first_mut() {
        for posts in SIZES {
            *head += &format!("{:>width$}", format!("{} posts", grouped(posts.into())));
        }
        *head += &format!("{:>9}", "ratio");
    }
    let (Some(few), Some(many)) = (columns.first(), columns.last()) else { return String::new() };
    for (few, many) in few.iter().zip(many) {
        let shown = |figure: &Figure| match figure.unit {
            Unit::Milliseconds => format!("{:.3} ms", figure.value),
            Unit::CallsASecond => format!("{} /s", grouped(figure.value as u64)),
        };
        lines.push(format!(
            "{:<24}{:>width$}{:>width$}{:>9.2}",
            few.name,
            shown(few),
            shown(many),
            many.value / few.value
        ));
    }
    lines.push(format!(
        "\nMedians: of {PAGE_READS} reads by one client, and of {ROUNDS} rounds of {} s.",
        ROUND.as_secs()
    ));
    lines.join("\n")
}

/// `1000000` as `1,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, median};

    #[test]
    fn numbers_are_grouped() {
        let shown: Vec<String> = [0, 999, 1000, 1_234_567].map(grouped).into();
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]).unwrap(), 5.0);
        assert!(median(Vec::new()).is_err());
    }
}
