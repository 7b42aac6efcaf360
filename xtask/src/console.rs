//! What xtask prints: one line a step with its time; the output of the tools only when they fail.

use std::io::{IsTerminal, Write, stderr};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::paths;
use crate::process::Process;

/// The column at which times stand.
const WIDTH: usize = 56;
/// How much of a failed command's output is shown.
const LAST_LINES: usize = 300;

pub struct Console {
    verbose: bool,
    terminal: bool,
    /// How many steps are under way: one within another has no line of its own.
    depth: AtomicU32,
    /// What was noted during a step, for after its line.
    notes: Mutex<Vec<String>>,
    /// Numbers the log files, so that steps in the background do not share one.
    logs: AtomicU32,
}

impl Console {
    pub fn new(verbose: bool) -> Self {
        Self {
            verbose,
            terminal: stderr().is_terminal(),
            depth: AtomicU32::new(0),
            notes: Mutex::default(),
            logs: AtomicU32::new(0),
        }
    }

    /// Prints a text: now, or when the step is over.
    pub fn note(&self, text: &str) {
        match self.notes.lock() {
            Ok(mut notes) if self.depth.load(Ordering::SeqCst) > 0 => notes.push(text.to_owned()),
            _ => eprintln!("{text}"),
        }
    }

    /// Runs `work` under a line that names it, ticks on a terminal, and ends with the time it took.
    pub fn step<T>(&self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.depth.fetch_add(1, Ordering::SeqCst) > 0 {
            let result = work();
            self.depth.fetch_sub(1, Ordering::SeqCst);
            return result;
        }
        let started = Instant::now();
        if self.verbose {
            eprintln!("{name} ...");
        } else if !self.terminal {
            eprint!("{name:<WIDTH$}");
        }
        let done = AtomicBool::new(false);
        let result = thread::scope(|scope| {
            if self.terminal && !self.verbose {
                scope.spawn(|| tick(name, started, &done));
            }
            let result = work();
            done.store(true, Ordering::SeqCst);
            self.depth.fetch_sub(1, Ordering::SeqCst);
            result
        });
        let start =
            if self.terminal || self.verbose { format!("\r{name:<WIDTH$}") } else { String::new() };
        let end = if result.is_ok() { "" } else { "  FAILED" };
        eprintln!("{start}{:>7.1} s{end}", started.elapsed().as_secs_f64());
        let notes = self.notes.lock().map(|mut notes| std::mem::take(&mut *notes));
        notes.unwrap_or_default().iter().for_each(|note| eprintln!("{note}"));
        result
    }

    /// Runs a command to its end; when it fails, the error holds all it printed.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        let log = (!self.verbose).then(|| self.new_log());
        if !self.verbose {
            // Of a failed command one wants to see why, not what it compiled before.
            command.env("CARGO_TERM_QUIET", "true").env("CARGO_TERM_COLOR", "never");
        }
        let mut process = Process::start(command, log.as_deref())?;
        let status = process.wait()?;
        if !status.success() {
            bail!(
                "{} failed ({status})\n{}",
                describe(command),
                last_lines(&process.output(), LAST_LINES)
            );
        }
        Ok(())
    }

    /// `run` under a line of its own.
    pub fn run_step(&self, name: &str, command: &mut Command) -> Result<()> {
        self.step(name, || self.run(command))
    }

    fn new_log(&self) -> PathBuf {
        let number = self.logs.fetch_add(1, Ordering::Relaxed);
        paths::target().join(format!("xtask/logs/{number:02}.log"))
    }
}

fn tick(name: &str, started: Instant, done: &AtomicBool) {
    while !done.load(Ordering::SeqCst) {
        eprint!("\r{name:<WIDTH$}{:>5} s", started.elapsed().as_secs());
        let _ = stderr().flush();
        thread::sleep(Duration::from_millis(100));
    }
}

pub fn last_lines(output: &str, count: usize) -> String {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    let from = lines.len().saturating_sub(count);
    lines.into_iter().skip(from).collect::<Vec<_>>().join("\n")
}

/// The command as one would type it.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::last_lines;

    #[test]
    fn shows_the_end_of_a_long_output() {
        let output: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert_eq!(last_lines(&output, 20).lines().next(), Some("80"));
        assert_eq!(last_lines("one\ntwo\n", 20), "one\ntwo");
    }
}
