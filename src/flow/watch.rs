//! Watching for notifications: each is given when it came, oldest first, and at least once.

use std::rc::Rc;

use super::Work;
use super::pace::Pace;
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
    settings: Settings,
    /// How far it is; `None` until that is known.
    position: Option<Position>,
    /// Whether the store knows the position.
    is_saved: bool,
    /// What came and was not given yet, newest first.
    waiting: Vec<(Mark, Value)>,
    /// What was given last, and is not known to be handled.
    in_hand: Option<Mark>,
    pace: Pace,
    /// When it asked last, and how long it pauses from then on.
    asked_at: f64,
    pause_ms: f64,
    /// How often it failed since it succeeded.
    failures: u32,
    is_over: bool,
}

impl Watching {
    pub(crate) fn new(client: Client, settings: Settings) -> Watching {
        let interval_ms = settings.interval_ms;
        Watching {
            own_store: OwnStore(client.clone()),
            client,
            settings,
            position: None,
            is_saved: true,
            waiting: Vec::new(),
            in_hand: None,
            pace: Pace::new(interval_ms, LONGEST_MS.max(interval_ms)),
            asked_at: 0.0,
            pause_ms: 0.0,
            failures: 0,
            is_over: false,
        }
    }

    /// Keeps its position in `store`. Default: where the client keeps its tokens.
    pub fn kept_in(self, store: Rc<dyn Store>) -> Watching {
        self.set(|it| it.store = Some(store))
    }

    /// Keeps its position under this name, for each agent whose client id the client knows. Watches
    /// that share a store need names of their own. Default: `watch`.
    pub fn named(self, name: &str) -> Watching {
        self.set(|it| it.name = name.into())
    }

    /// Where it begins when its store is empty.
    pub fn from(self, start: Start) -> Watching {
        self.set(|it| it.start = start)
    }

    /// Gives these alone. The others count as handled in their turn.
    pub fn only(self, types: &[NotificationType]) -> Watching {
        self.set(|it| it.types = types.iter().map(|ty| ty.name().to_owned()).collect())
    }

    /// Asks so often, in milliseconds, give or take a fifth: 1000 at least.
    pub fn every(self, ms: f64) -> Watching {
        self.set(|it| it.interval_ms = ms.max(f64::from(Settings::LEAST_INTERVAL_MS)))
    }

    /// How many notifications it goes back for at the most, after a gap. Older ones are not given,
    /// of which an event warns. Default: 1000.
    pub fn at_most(self, notifications: usize) -> Watching {
        self.set(|it| it.max_backfill = notifications)
    }

    fn set(mut self, set: impl FnOnce(&mut Settings)) -> Watching {
        set(&mut self.settings);
        Watching::new(self.client, self.settings)
    }

    /// The next notification, once it came. The one before counts as handled.
    pub async fn next(&mut self) -> Result<Notification, Error> {
        answer::decode(&specs::list, self.step().await?)
    }

    /// Takes what is not to be given for handled, up to what is.
    fn skip_others(&mut self) {
        let is_other = |types: &[String], item: &Value| {
            !types.is_empty() && !item.get_text("type").is_some_and(|it| types.contains(&it))
        };
        while let Some((_, item)) = self.waiting.last()
            && is_other(&self.settings.types, item)
        {
            self.skip();
        }
    }

    fn skip(&mut self) {
        let skipped = self.waiting.pop();
        self.handled(skipped.map(|(mark, _)| mark));
    }

    fn handled(&mut self, mark: Option<Mark>) {
        if let Some(mark) = mark {
            self.position.get_or_insert_default().advance(mark);
            self.is_saved = false;
        }
    }

    /// Saves the position. A store that fails is told of, and tried again.
    async fn save(&mut self) {
        let position = self.position.as_ref().and_then(Position::to_stored);
        let saved = self.client.patiently(self.store().save(&self.key(), position)).await;
        self.is_saved = saved.is_ok();
        if !self.is_saved {
            self.warn("storage_failed", STORE_FAILED);
        }
    }

    fn store(&self) -> &dyn Store {
        self.settings.store.as_deref().unwrap_or(&self.own_store)
    }

    /// What the position is stored under: of its own for each agent, as far as the client knows which.
    fn key(&self) -> String {
        let owner = self.client.storage_key();
        concat(&[owner.as_deref().unwrap_or("imagineanything"), ":", &self.settings.name])
    }

    fn warn(&self, code: &'static str, message: &'static str) {
        self.client.tell(|| Event::Warning { code, message });
    }

    /// Waits until it may ask.
    async fn pause(&self) -> Result<(), Error> {
        // A clock that was set back makes no pause longer.
        let passed = (self.client.now() - self.asked_at).max(0.0);
        self.client.pause(&specs::list, self.pause_ms - passed).await
    }

    /// Asks for what came since, and has it wait to be given.
    async fn look(&mut self) -> Result<(), Error> {
        self.asked_at = self.client.now();
        self.pause_ms = self.pace.pause(self.client.random());
        if self.position.is_none() {
            let Ok(text) = self.client.patiently(self.store().load(&self.key())).await else {
                self.warn("storage_failed", STORE_FAILED);
                return Err(Error::new(ErrorKind::Network, specs::list.id, STORE_FAILED));
            };
            let stored = text.as_ref().and_then(Position::from_stored);
            let gives_all = self.settings.start == Start::All;
            self.position = stored.or(gives_all.then(Position::default));
        }
        let begins = self.position.is_none();
        self.waiting = self.news(begins).await?;
        if begins {
            // Nobody waits for what was there before, and a restart is to know as much.
            self.position = Some(Position::default());
            self.is_saved = false;
            while !self.waiting.is_empty() {
                self.skip();
            }
        }
        Ok(())
    }

    /// What the position does not cover, newest first: page by page until something is covered, or
    /// the first page alone.
    async fn news(&self, first_page: bool) -> Result<Vec<(Mark, Value)>, Error> {
        let mut news: Vec<(Mark, Value)> = Vec::new();
        let mut walk = Walk::default();
        let most = self.settings.max_backfill;
        loop {
            let mut query = Value::object(&[("limit", PAGE.into())]);
            if let Some(cursor) = walk.cursor.as_deref() {
                query = query.with("cursor", cursor.into());
            }
            let page = self.client.perform(&specs::list, &[Some(query)]).await?;
            let page = page.unwrap_or_else(|| Value::object(&[]));
            let goes_on = walk.pass(&specs::list, &page)?;
            let items = specs::list.pages.and_then(|key| page.get(key)?.items());
            for item in items.into_iter().flatten() {
                let Some(mark) = Mark::of(&item) else { continue };
                if self.position.as_ref().is_some_and(|position| position.covers(&mark)) {
                    return Ok(news);
                }
                // What comes meanwhile moves the rest on, to the next page.
                if !news.iter().any(|(other, _)| other.id == mark.id) {
                    news.push((mark, item));
                }
            }
            if !first_page && news.len() > most {
                news.truncate(most);
                self.warn("backfill_cut", CUT);
                return Ok(news);
            }
            if first_page || !goes_on {
                return Ok(news);
            }
        }
    }

    /// What a failure means: a longer pause, or the end.
    fn failed(&mut self, error: Error) -> Result<(), Error> {
        use ErrorKind::{Network, RateLimited, Server, Timeout};
        if !matches!(error.kind(), Network | RateLimited | Server | Timeout) {
            return Err(error);
        }
        self.failures += 1;
        self.pause_ms = self.pause_ms.max(error.retry_after_ms.unwrap_or_default());
        let (operation, attempt, delay_ms) = (specs::list.id, self.failures, self.pause_ms);
        self.client.tell(|| Event::Retry { operation, attempt, delay_ms, reason: error.reason() });
        Ok(())
    }
}

impl Work for Watching {
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>> {
        Box::pin(async {
            let handled = self.in_hand.take();
            self.handled(handled);
            while !self.is_over {
                self.skip_others();
                // In time: who crashes from here on gets what is given now again, and no other.
                if !self.is_saved {
                    self.save().await;
                }
                if let Some((mark, item)) = self.waiting.pop() {
                    self.in_hand = Some(mark);
                    return Ok(Some(item));
                }
                if self.client.is_dry() {
                    self.is_over = true;
                    return self.client.perform(&specs::list, &[None]).await;
                }
                self.pause().await?;
                match self.look().await {
                    Ok(()) => {
                        self.failures = 0;
                        self.pace.quicken();
                    }
                    Err(error) => self.failed(error)?,
                }
            }
            Ok(None)
        })
    }
}
