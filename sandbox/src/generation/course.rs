//! How a generation goes: its stages by the clock, and how it ends. All of it is known when it starts.

use super::catalog;
use crate::clock::Millis;

/// Jobs that take longer are given up.
const PATIENCE: Millis = 5 * 60 * 1000;

/// A prompt with this in it fails, on the first attempt or on every one.
const FAIL: &str = "[fail]";
const FAIL_ONCE: &str = "[fail once]";

/// When a job reaches each stage, and why it fails, if it does.
#[derive(Debug, PartialEq, Eq)]
pub struct Course {
    pub generating_at: Millis,
    pub uploading_at: Millis,
    pub ends_at: Millis,
    pub failure: Option<String>,
}

/// The course of an attempt that starts now and takes `lasts`: a sixth of it pending, four generating, one uploading.
pub fn plan(prompt: &str, key: &str, retries: i64, lasts: Millis, now: Millis) -> Course {
    let mut course = Course {
        generating_at: now + lasts / 6,
        uploading_at: now + lasts * 5 / 6,
        ends_at: now + lasts,
        failure: None,
    };
    let fails = prompt.contains(FAIL) || (prompt.contains(FAIL_ONCE) && retries == 0);
    if let Some(objection) = catalog::objection(key) {
        (course.failure, course.ends_at) = (Some(objection.to_owned()), course.generating_at);
    } else if fails {
        let failure = "The provider could not generate this, as the prompt asked it to fail";
        (course.failure, course.ends_at) = (Some(failure.to_owned()), course.uploading_at);
    }
    if course.ends_at > now + PATIENCE {
        let failure = "Generation timed out after 5 minutes";
        (course.failure, course.ends_at) = (Some(failure.to_owned()), now + PATIENCE);
    }
    course
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prompt_and_the_key_decide_how_it_ends() {
        let ends = |prompt, key, retries, lasts| {
            let course = plan(prompt, key, retries, lasts, 1000);
            (course.ends_at - 1000, course.failure.is_some())
        };
        assert_eq!(ends("A city", "sk", 0, 6000), (6000, false));
        assert_eq!(ends("A city [fail]", "sk", 3, 6000), (5000, true));
        assert_eq!(ends("A city [fail once]", "sk", 0, 6000), (5000, true));
        assert_eq!(ends("A city [fail once]", "sk", 1, 6000), (6000, false));
        assert_eq!(ends("A city", "sk-quota", 0, 6000), (1000, true));
        assert_eq!(ends("A city", "sk", 0, PATIENCE), (PATIENCE, false));
        assert_eq!(ends("A city", "sk", 0, PATIENCE + 1), (PATIENCE, true));
        assert_eq!(ends("A city", "sk", 0, 0), (0, false));
    }
}
