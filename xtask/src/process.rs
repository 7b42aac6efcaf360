//! Child processes: each leads its own process group, so that stopping one stops everything it started.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// How long a stopped process may take to leave before it is killed.
const GRACE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(50);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C and SIGTERM end the waits below with an error, so that every `Process` is dropped and thereby stopped.
pub fn listen_for_signals() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))
        .context("cannot listen for Ctrl-C")
}

pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Sleeps for one polling interval; an error when we were asked to stop.
pub fn pause() -> Result<()> {
    if interrupted() {
        bail!("interrupted");
    }
    thread::sleep(POLL);
    Ok(())
}

/// A running child. Dropping it stops its whole group.
pub struct Process {
    child: Child,
    log: Option<PathBuf>,
}

impl Process {
    /// Starts `command` with its output in the file `log`, or on our own terminal when there is none.
    pub fn start(command: &mut Command, log: Option<&Path>) -> Result<Self> {
        command.stdin(Stdio::null()).process_group(0);
        if let Some(log) = log {
            if let Some(folder) = log.parent() {
                fs::create_dir_all(folder)?;
            }
            let file =
                File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        Ok(Self { child, log: log.map(Path::to_path_buf) })
    }

    /// The child's end, if it has ended.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    pub fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            pause()?;
        }
    }

    /// What it has printed so far.
    pub fn output(&self) -> String {
        let bytes = self.log.as_ref().and_then(|log| fs::read(log).ok()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Asks the group to stop, without waiting for it.
    pub fn ask_to_stop(&self) {
        self.signal(Signal::SIGTERM);
    }

    /// Whether somebody of the group was there to be signalled.
    fn signal(&self, signal: impl Into<Option<Signal>>) -> bool {
        i32::try_from(self.child.id()).is_ok_and(|id| killpg(Pid::from_raw(id), signal).is_ok())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.ask_to_stop();
        let asked = Instant::now();
        // `try_wait` first: an ended child that nobody waited for still counts as one of its group.
        while (matches!(self.child.try_wait(), Ok(None)) || self.signal(None))
            && asked.elapsed() < GRACE
        {
            thread::sleep(POLL);
        }
        self.signal(Signal::SIGKILL);
        let _ = self.child.wait();
    }
}
