//! Watching for notifications: each is given when it came, oldest first, and at least once.

use std::rc::Rc;

use super::Work;
use super::pace::Pace;
use super::plan::{Next, Plan, carry_on};
use super::position::{Mark, Position};
use crate::answer;
use crate::api::notifications::{Notifications, specs};
use crate::client::{Client, OwnStore};
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::host::{Local, Store};
use crate::model::{Notification, NotificationType};
use crate::pages::Walk;
use crate::text::concat;
use crate::value::Value;

/// How many notifications to ask for at once.
const PAGE: f64 = 50.0;

/// The longest pause after errors, in milliseconds.
const LONGEST_MS: f64 = 300_000.0;

const STORE_FAILED: &str = "the store of the watch failed: what was handled may come again";
const CUT: &str = "more notifications came than the watch goes back for: the oldest are not given";

/// What a watch is set to.
pub(crate) struct Settings {
    /// `None` for the client's own.
    pub store: Option<Rc<dyn Store>>,
    pub name: String,
    pub start: Start,
    /// None of them for all.
    pub types: Vec<String>,
    pub interval_ms: f64,
    pub max_backfill: usize,
}

impl Settings {
    pub const LEAST_INTERVAL_MS: u32 = 1_000;
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            store: None,
            name: "watch".into(),
            start: Start::Now,
            types: Vec::new(),
            interval_ms: 15_000.0,
            max_backfill: 1_000,
        }
    }
}

/// Where a watch begins whose store is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// It gives what comes from then on.
    #[default]
    Now,
    /// It gives what is there first.
    All,
}

impl Notifications {
    /// Watches for notifications: gives each when it came, oldest first, and asks for more every
    /// 15 s. The first watch gives what comes from then on.
    ///
    /// A notification counts as handled when the next one is asked for, which is then stored: who
    /// stops or crashes before that gets it again, and what came meanwhile. Network errors, failures
    /// of the service, limits and timeouts do not end a watch, which then asks less often.
    ///
    /// `GET /api/notifications`
    pub fn watch(&self) -> Watching {
        Watching::new(self.client.clone(), Settings::default())
    }
}

/// A watch for notifications.
pub struct Watching {
    client: Client,
    own_store: OwnStore,
    store: Option<Rc<dyn Store>>,
    name: String,
    /// Whether the store was read.
    is_loaded: bool,
    watch: Watch,
}

struct Watch {
    start: Start,
    types: Vec<String>,
    max_backfill: usize,
    /// How far it is; `None` before it began.
    position: Option<Position>,
    /// Whether the store knows the position.
    is_saved: bool,
    stage: Stage,
    /// How far it looks, and what it found, newest first.
    walk: Walk,
    found: Vec<(Mark, Value)>,
    /// What is to be given, newest first.
    waiting: Vec<(Mark, Value)>,
    /// What was given last, and is not known to be handled.
    in_hand: Option<Mark>,
    pace: Pace,
    /// When it looked last, and how long it pauses from then on.
    looked_at: f64,
    pause_ms: f64,
    /// How often it failed since it succeeded.
    failures: u32,
}

/// What was done last.
enum Stage {
    /// It gave something, or found that there is nothing to give.
    Gave,
    Paused,
    Asked,
}

impl Watching {
    pub(crate) fn new(client: Client, settings: Settings) -> Watching {
        let interval_ms = settings.interval_ms;
        let watch = Watch {
            start: settings.start,
            types: settings.types,
            max_backfill: settings.max_backfill,
            position: None,
            is_saved: true,
            stage: Stage::Gave,
            walk: Walk::default(),
            found: Vec::new(),
            waiting: Vec::new(),
            in_hand: None,
            pace: Pace::new(interval_ms, LONGEST_MS.max(interval_ms)),
            looked_at: 0.0,
            pause_ms: 0.0,
            failures: 0,
        };
        let own_store = OwnStore(client.clone());
        let Settings { store, name, .. } = settings;
        Watching { client, own_store, store, name, is_loaded: false, watch }
    }

    /// Keeps its position in `store`. Default: where the client keeps its tokens.
    pub fn kept_in(self, store: Rc<dyn Store>) -> Watching {
        Watching { store: Some(store), ..self }
    }

    /// Keeps its position under this name, for each agent whose client id the client knows. Watches
    /// that share a store need names of their own. Default: `watch`.
    pub fn named(self, name: &str) -> Watching {
        Watching { name: name.into(), ..self }
    }

    /// Where it begins when its store is empty.
    pub fn from(mut self, start: Start) -> Watching {
        self.watch.start = start;
        self
    }

    /// Gives these alone. The others count as handled in their turn.
    pub fn only(mut self, types: &[NotificationType]) -> Watching {
        self.watch.types = types.iter().map(|ty| ty.name().to_owned()).collect();
        self
    }

    /// Asks so often, in milliseconds, give or take a fifth: 1000 at least.
    pub fn every(mut self, ms: f64) -> Watching {
        let ms = ms.max(f64::from(Settings::LEAST_INTERVAL_MS));
        self.watch.pace = Pace::new(ms, LONGEST_MS.max(ms));
        self
    }

    /// How many notifications it goes back for at the most, after a gap. Older ones are not given,
    /// of which an event warns. Default: 1000.
    pub fn at_most(mut self, notifications: usize) -> Watching {
        self.watch.max_backfill = notifications;
        self
    }

    /// The next notification, once it came. The one before counts as handled.
    pub async fn next(&mut self) -> Result<Notification, Error> {
        answer::decode(&specs::list, self.step().await?)
    }

    fn store(&self) -> &dyn Store {
        self.store.as_deref().unwrap_or(&self.own_store)
    }

    /// What the position is stored under: of its own for each agent, as far as the client knows which.
    fn key(&self) -> String {
        let owner = self.client.storage_key();
        concat(&[owner.as_deref().unwrap_or("imagineanything"), ":", &self.name])
    }

    async fn load(&mut self) -> Result<(), Error> {
        let Ok(text) = self.client.patiently(self.store().load(&self.key())).await else {
            warn(&self.client, "storage_failed", STORE_FAILED);
            return Err(Error::new(ErrorKind::Network, specs::list.id, STORE_FAILED));
        };
        let stored = text.as_ref().and_then(Position::from_stored);
        let gives_all = self.watch.start == Start::All;
        self.watch.position = stored.or(gives_all.then(Position::default));
        self.is_loaded = true;
        Ok(())
    }

    /// Saves the position. A store that fails is told of, and tried again.
    async fn save(&mut self) {
        let position = self.watch.position.as_ref().and_then(Position::to_stored);
        let saved = self.client.patiently(self.store().save(&self.key(), position)).await;
        self.watch.is_saved = saved.is_ok();
        if !self.watch.is_saved {
            warn(&self.client, "storage_failed", STORE_FAILED);
        }
    }
}

impl Work for Watching {
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>> {
        Box::pin(async {
            self.watch.go_on();
            loop {
                if !self.is_loaded
                    && let Err(error) = self.load().await
                {
                    let ms = self.watch.pardon(&self.client, error)?;
                    self.client.pause(&specs::list, ms).await?;
                    continue;
                }
                // Before something is given: who crashes then gets it again, and no other.
                if !self.watch.is_saved {
                    self.save().await;
                }
                match carry_on(&self.client, &mut self.watch).await {
                    Ok(None) => {}
                    Err(error) => drop(self.watch.pardon(&self.client, error)?),
                    given => return given,
                }
            }
        })
    }
}

impl Watch {
    /// Whoever asks for more has handled what was given.
    fn go_on(&mut self) {
        let handled = self.in_hand.take();
        self.handled(handled);
        self.skip(false);
        self.begin_anew();
    }

    /// Forgets what it did not see to its end.
    fn begin_anew(&mut self) {
        self.stage = Stage::Gave;
        self.walk = Walk::default();
        self.found = Vec::new();
    }

    fn handled(&mut self, mark: Option<Mark>) {
        if let Some(mark) = mark {
            self.position.get_or_insert_default().advance(mark);
            self.is_saved = false;
        }
    }

    /// What a failure means: a longer pause, whose length it gives, or the end.
    fn pardon(&mut self, client: &Client, error: Error) -> Result<f64, Error> {
        use ErrorKind::{Network, RateLimited, Server, Timeout};
        if !matches!(error.kind(), Network | RateLimited | Server | Timeout) {
            return Err(error);
        }
        self.failures += 1;
        self.looked_at = client.now();
        let pause_ms = self.pace.pause(client.random());
        self.pause_ms = pause_ms.max(error.retry_after_ms.unwrap_or_default());
        let (operation, attempt, delay_ms) = (specs::list.id, self.failures, self.pause_ms);
        client.tell(|| Event::Retry { operation, attempt, delay_ms, reason: error.reason() });
        Ok(self.pause_ms)
    }

    fn ask(&mut self) -> Next {
        self.stage = Stage::Asked;
        let mut query = Value::object(&[("limit", PAGE.into())]);
        if let Some(cursor) = self.walk.cursor.as_deref() {
            query = query.with("cursor", cursor.into());
        }
        Next::Call(&specs::list, [Some(query), None])
    }

    /// Takes note of a page: whether to look at the one after it, too.
    fn read(&mut self, client: &Client, page: &Value) -> Result<bool, Error> {
        let mut has_more = self.walk.pass(&specs::list, page)?;
        for item in page.get("notifications").and_then(|it| it.items()).unwrap_or_default() {
            let Some(mark) = Mark::of(&item) else { continue };
            if self.position.as_ref().is_some_and(|position| position.covers(&mark)) {
                has_more = false;
                break;
            }
            // What comes meanwhile moves the rest on, to the next page.
            if !self.found.iter().any(|(other, _)| other.id == mark.id) {
                self.found.push((mark, item));
            }
        }
        let is_enough = self.found.len() > self.max_backfill;
        if is_enough && self.position.is_some() {
            self.found.truncate(self.max_backfill);
            warn(client, "backfill_cut", CUT);
        }
        // Before it began, the first page tells where it stands.
        Ok(has_more && !is_enough && self.position.is_some())
    }

    /// Has what was found wait to be given.
    fn take(&mut self) {
        self.waiting = std::mem::take(&mut self.found);
        let begins = self.position.is_none();
        if begins {
            // Also where nothing was there: a restart is to know as much.
            self.position = Some(Position::default());
            self.is_saved = false;
        }
        self.skip(begins);
    }

    /// Takes what comes next for handled: up to what is to be given, or all.
    fn skip(&mut self, all: bool) {
        while let Some((_, item)) = self.waiting.last()
            && (all || self.is_other(item))
        {
            let skipped = self.waiting.pop();
            self.handled(skipped.map(|(mark, _)| mark));
        }
    }

    fn is_other(&self, item: &Value) -> bool {
        let is_among = |ty| self.types.contains(&ty);
        !self.types.is_empty() && !item.get_text("type").is_some_and(is_among)
    }
}

impl Plan for Watch {
    fn next(&mut self, client: &Client, page: Option<Value>) -> Result<Next, Error> {
        match self.stage {
            Stage::Gave => {
                if let Some((mark, item)) = self.waiting.pop() {
                    self.in_hand = Some(mark);
                    return Ok(Next::Give(Some(item)));
                }
                self.stage = Stage::Paused;
                // A clock that was set back makes no pause longer.
                let passed = (client.now() - self.looked_at).max(0.0);
                match self.pause_ms - passed {
                    ms if ms > 0.0 => Ok(Next::Pause(&specs::list, ms)),
                    _ => Ok(self.ask()),
                }
            }
            Stage::Paused => Ok(self.ask()),
            Stage::Asked => {
                let page = page.unwrap_or_else(|| Value::object(&[]));
                if self.read(client, &page)? {
                    return Ok(self.ask());
                }
                self.take();
                self.begin_anew();
                self.failures = 0;
                self.looked_at = client.now();
                self.pace.quicken();
                self.pause_ms = self.pace.pause(client.random());
                // It is to be saved before more is given.
                Ok(Next::Give(None))
            }
        }
    }

    fn failed(&mut self, _client: &Client, error: Error) -> Error {
        self.begin_anew();
        error
    }
}

fn warn(client: &Client, code: &'static str, message: &'static str) {
    client.tell(|| Event::Warning { code, message });
}
