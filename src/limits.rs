//! The service's rate limits: sliding windows of 60 seconds, one for each class of call. Nothing
//! here waits or sends.
//!
//! A call counts from its way out until 60 seconds after its answer: when between the two it
//! arrived, only the service knows, and so it never counts more calls in a window than these do.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use crate::operation::Class;

pub(crate) const WINDOW_MS: f64 = 60_000.0;

/// How late a caller in the queue may be before it counts as gone: in Cloudflare Workers, what a
/// request left behind when it was cancelled never goes on.
const LATE_MS: f64 = 2_000.0;

/// How long a call may be on its way before it counts as over, for the same reason.
const LOST_MS: f64 = 600_000.0;

/// How many calls a window takes note of: more than it holds anywhere. Headers may tell of more.
const MOST_KNOWN: usize = 1_000;

/// Stands in the queue for a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket(u64);

/// What a caller is to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turn {
    /// Send; it counts from now on.
    Go,
    /// Come back with the ticket after so many milliseconds.
    Wait(f64, Ticket),
}

/// What an answer says of the window that its call counted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// How many calls a window holds.
    pub limit: u32,
    /// How many more may be made.
    pub remaining: u32,
    /// When the window has room again, in milliseconds since 1970, if that is told.
    pub reset: Option<f64>,
}

/// How much of a window is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// How many calls a window holds.
    pub limit: u32,
    /// How many may be made at once, now.
    pub remaining: u32,
    /// How long until one more may be made, in milliseconds; 0 when one may be made now.
    pub wait_ms: f64,
}

/// The windows of one credential.
#[derive(Debug)]
pub struct Limits([Window; 4]);

#[derive(Debug)]
struct Window {
    limit: usize,
    /// When calls went out that have no answer yet, oldest first.
    in_flight: VecDeque<f64>,
    /// When answers came, oldest first.
    answered: VecDeque<f64>,
    /// Until when the service wants no more calls.
    paused_until: f64,
    /// Who waits, and when each comes back.
    queue: VecDeque<(Ticket, f64)>,
    next: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits([10, 100, 30, 10].map(Window::new))
    }
}

impl Limits {
    /// The windows of a credential: the same for all clients of this realm that have it.
    pub fn shared(credential: &str) -> Rc<RefCell<Limits>> {
        thread_local! {
            static REALM: RefCell<Vec<(String, Weak<RefCell<Limits>>)>> =
                const { RefCell::new(Vec::new()) };
        }
        REALM.with_borrow_mut(|realm| {
            realm.retain(|(_, limits)| limits.strong_count() > 0);
            let known = realm.iter().find(|(name, _)| name == credential);
            known.and_then(|(_, limits)| limits.upgrade()).unwrap_or_else(|| {
                let limits = Rc::new(RefCell::new(Limits::default()));
                realm.push((credential.to_owned(), Rc::downgrade(&limits)));
                limits
            })
        })
    }

    /// Whether a call may go out. Who waits already, with a ticket, comes before who does not.
    pub fn turn(&mut self, class: Class, ticket: Option<Ticket>, now: f64) -> Turn {
        self.window(class).turn(ticket, now)
    }

    /// A call goes out whether or not there is room.
    pub fn take(&mut self, class: Class, now: f64) {
        self.window(class).in_flight.push_back(now);
    }

    /// A caller waits no more.
    pub fn give_up(&mut self, class: Class, ticket: Ticket) {
        self.window(class).queue.retain(|(waiting, _)| *waiting != ticket);
    }

    /// A call that went out has its answer, or will get none.
    pub fn answered(&mut self, class: Class, now: f64) {
        let window = self.window(class);
        // Which of them it was makes no difference: each counts one.
        window.in_flight.pop_back();
        window.answered.push_back(now);
        window.expire(now);
    }

    /// Takes note of what an answer says.
    pub fn learn(&mut self, class: Class, told: Told, now: f64) {
        let window = self.window(class);
        window.expire(now);
        window.limit = told.limit.max(1) as usize;
        let used = (told.limit.saturating_sub(told.remaining) as usize).min(MOST_KNOWN);
        // What others used of it, in other tabs and processes.
        let others = used.saturating_sub(window.answered.len() + window.in_flight.len());
        // Not by `clamp`: it would bring 15 kB along to write what it refuses.
        let since =
            told.reset.map_or(now, |reset| (reset - WINDOW_MS).max(now - WINDOW_MS).min(now));
        (0..others).for_each(|_| window.answered.push_front(since));
    }

    /// The service wants no more calls of this class for a while.
    pub fn pause(&mut self, class: Class, until: f64) {
        let window = self.window(class);
        window.paused_until = window.paused_until.max(until);
    }

    /// How much is left.
    pub fn budget(&mut self, class: Class, now: f64) -> Budget {
        let window = self.window(class);
        window.expire(now);
        let used = window.answered.len() + window.in_flight.len() + window.queue.len();
        let wait_ms = (window.free_at(window.queue.len(), now) - now).max(0.0);
        let free = if wait_ms > 0.0 { 0 } else { window.limit.saturating_sub(used) };
        Budget { limit: window.limit as u32, remaining: free as u32, wait_ms }
    }

    fn window(&mut self, class: Class) -> &mut Window {
        let [auth, read, write, upload] = &mut self.0;
        match class {
            Class::Auth => auth,
            Class::Read => read,
            Class::Write => write,
            Class::Upload => upload,
        }
    }
}

impl Window {
    fn new(limit: usize) -> Window {
        Window {
            limit,
            in_flight: VecDeque::new(),
            answered: VecDeque::new(),
            paused_until: 0.0,
            queue: VecDeque::new(),
            next: 0,
        }
    }

    fn turn(&mut self, ticket: Option<Ticket>, now: f64) -> Turn {
        self.expire(now);
        let before = match ticket {
            Some(ticket) => self.queue.iter().position(|(waiting, _)| *waiting == ticket),
            None => None,
        };
        let ahead = before.unwrap_or(self.queue.len());
        let at = self.free_at(ahead, now);
        if at <= now {
            if let Some(before) = before {
                self.queue.remove(before);
            }
            self.in_flight.push_back(now);
            return Turn::Go;
        }
        let ticket = match (before, ticket) {
            (Some(_), Some(ticket)) => ticket,
            // Who came too late, or comes first, stands at the end.
            _ => {
                self.next += 1;
                let ticket = Ticket(self.next);
                self.queue.push_back((ticket, at));
                ticket
            }
        };
        if let Some((_, back)) = self.queue.get_mut(ahead) {
            *back = at;
        }
        Turn::Wait(at - now, ticket)
    }

    /// When a call may go out that has so many others ahead of it.
    fn free_at(&self, ahead: usize, now: f64) -> f64 {
        let used = self.answered.len() + self.in_flight.len();
        // So many must have left the window before it; those without an answer yet leave last.
        let leaving = (used + ahead + 1).saturating_sub(self.limit);
        let free = match leaving {
            0 => now,
            _ => self.answered.get(leaving - 1).copied().unwrap_or(now) + WINDOW_MS,
        };
        free.max(self.paused_until)
    }

    /// Forgets calls that left the window, and callers that are gone.
    fn expire(&mut self, now: f64) {
        while self.in_flight.front().is_some_and(|at| at + LOST_MS <= now) {
            self.in_flight.pop_front();
        }
        while self.answered.front().is_some_and(|at| at + WINDOW_MS <= now) {
            self.answered.pop_front();
        }
        self.queue.retain(|(_, back)| now < back + LATE_MS);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use Class::{Auth, Read, Upload, Write};

    /// Makes calls that are answered at once, until one has to wait.
    fn exhaust(limits: &mut Limits, class: Class, now: f64) -> (usize, f64, Ticket) {
        let mut made = 0;
        loop {
            match limits.turn(class, None, now) {
                Turn::Go => limits.answered(class, now),
                Turn::Wait(ms, ticket) => return (made, ms, ticket),
            }
            made += 1;
        }
    }

    #[test]
    fn a_window_holds_what_the_service_documents() {
        for (class, limit) in [(Auth, 10), (Read, 100), (Write, 30), (Upload, 10)] {
            let (made, wait, _) = exhaust(&mut Limits::default(), class, 5.0);
            assert_eq!((made, wait), (limit, 60_000.0), "{class:?}");
        }
    }

    #[test]
    fn a_call_counts_until_a_minute_after_its_answer() {
        let mut limits = Limits::default();
        (0..10).for_each(|_| assert_eq!(limits.turn(Auth, None, 0.0), Turn::Go));
        let Turn::Wait(ms, ticket) = limits.turn(Auth, None, 0.0) else { panic!("there is room") };
        assert_eq!(ms, 60_000.0, "at the least");
        limits.answered(Auth, 1_000.0);
        assert!(
            matches!(limits.turn(Auth, Some(ticket), 60_999.0), Turn::Wait(ms, _) if ms == 1.0)
        );
        assert_eq!(limits.turn(Auth, Some(ticket), 61_000.0), Turn::Go);
    }

    #[test]
    fn who_waits_comes_before_who_comes() {
        let mut limits = Limits::default();
        let (_, _, first) = exhaust(&mut limits, Auth, 0.0);
        let Turn::Wait(_, second) = limits.turn(Auth, None, 1.0) else { panic!("it overtakes") };
        limits.turn(Auth, None, 2.0);
        // All ten leave the window at once; the three who wait take their places.
        assert_eq!(limits.turn(Auth, Some(second), 60_000.0), Turn::Go);
        assert_eq!(limits.turn(Auth, Some(first), 60_000.0), Turn::Go);
        assert_eq!(limits.budget(Auth, 60_000.0).remaining, 7);
    }

    #[test]
    fn a_place_is_not_kept_for_who_is_gone() {
        let mut limits = Limits::default();
        let (_, _, gave_up) = exhaust(&mut limits, Auth, 0.0);
        limits.turn(Auth, None, 0.0);
        limits.give_up(Auth, gave_up);
        assert_eq!(limits.budget(Auth, 60_000.0).remaining, 9, "one waits");
        assert_eq!(limits.budget(Auth, 62_000.0).remaining, 10, "it never came back");
    }

    #[test]
    fn a_call_that_never_comes_back_is_not_counted_for_ever() {
        let mut limits = Limits::default();
        (0..10).for_each(|_| assert_eq!(limits.turn(Auth, None, 0.0), Turn::Go));
        assert_eq!(limits.budget(Auth, 599_999.0).remaining, 0);
        assert_eq!(limits.budget(Auth, 600_000.0).remaining, 10);
    }

    #[test]
    fn a_limit_without_measure_costs_nothing() {
        let mut limits = Limits::default();
        limits.learn(Read, Told { limit: u32::MAX, remaining: 0, reset: None }, 0.0);
        assert_eq!(limits.budget(Read, 0.0).limit, u32::MAX);
    }

    #[test]
    fn what_others_used_is_learnt() {
        let mut limits = Limits::default();
        assert_eq!(limits.turn(Write, None, 0.0), Turn::Go);
        limits.answered(Write, 100.0);
        let told = |remaining, reset| Told { limit: 30, remaining, reset };
        limits.learn(Write, told(29, None), 100.0);
        assert_eq!(limits.budget(Write, 100.0).remaining, 29, "that was our own");
        limits.learn(Write, told(5, Some(20_000.0)), 100.0);
        assert_eq!(limits.budget(Write, 100.0).remaining, 5);
        assert_eq!(limits.budget(Write, 20_000.0).remaining, 29, "theirs left");
        limits.learn(Write, Told { limit: 3, remaining: 0, reset: None }, 20_000.0);
        let budget = limits.budget(Write, 20_000.0);
        assert_eq!((budget.limit, budget.remaining), (3, 0), "the limit is the service's");
    }

    #[test]
    fn a_pause_is_of_its_class() {
        let mut limits = Limits::default();
        limits.pause(Read, 7_000.0);
        limits.pause(Read, 5_000.0);
        assert!(matches!(limits.turn(Read, None, 0.0), Turn::Wait(ms, _) if ms == 7_000.0));
        assert_eq!(limits.turn(Write, None, 0.0), Turn::Go);
    }

    #[test]
    fn clients_of_one_credential_share_their_windows() {
        let one = Limits::shared("a");
        assert!(Rc::ptr_eq(&one, &Limits::shared("a")));
        assert!(!Rc::ptr_eq(&one, &Limits::shared("b")));
        one.borrow_mut().pause(Read, 9.0);
        drop(one);
        assert_eq!(Limits::shared("a").borrow_mut().budget(Read, 0.0).wait_ms, 0.0, "all are gone");
    }
}
