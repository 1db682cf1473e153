//! When is a request tried again, and after how long?

use super::Job;
use crate::request::Answer;

impl Job {
    /// How long to wait before the same request is tried again; none when that would not help.
    pub(super) fn wait(&self, answer: &Answer, is_whole: bool) -> Option<u64> {
        const MOST_TRIES: usize = 3;
        const LONGEST: u64 = 30;
        if self.n_tries >= MOST_TRIES {
            return None;
        }
        let backoff = [500, 1_500, 3_000].get(self.n_tries).copied();
        match answer.status {
            // a portal that says when to come back is obeyed; one that says "tomorrow" is not waited for
            429 | 503 => match answer.retry_after.as_deref().map(|after| after.trim().parse::<u64>()) {
                Some(Ok(seconds)) => (seconds <= LONGEST).then_some(seconds * 1_000),
                Some(Err(_)) => None,
                None => backoff,
            },
            502 | 504 => backoff,
            // once: a refusal of the portal or of the page's policy will not change
            0 => backoff.filter(|_| self.n_tries == 0),
            200..300 if !is_whole && self.report.n_bytes <= self.asked.limits.bytes => {
                backoff.filter(|_| self.n_tries == 0)
            }
            _ => None,
        }
    }
}
