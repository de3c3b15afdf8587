//! Sends a reply: attempts, retries, and the meaning of responses.
//!
//! | response | consequence |
//! |---|---|
//! | 2xx that acknowledges this reply | done |
//! | 429, 5xx, no response, an unreadable one, or one that is not from the service | retry with backoff until the deadline, then fail with a named error |
//! | 409 | retry once, then as below |
//! | 400 "non-pending", the service's 403 without IAM denial, 400 or 409 after an ambiguous attempt | done: a duplicate, because the message already has a reply |
//! | 403 IAM denial, 401, other 4xx | fail with a named error |
//!
//! A named error fails the invocation, so that Lambda delivers the event again. An attempt is *ambiguous* if the service may have
//! accepted the reply without confirming it. An IAM denial remains an error even after one: a role that lacks the permission now also
//! lacked it then.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use super::fence::fenced;
use super::{Attempt, Callback, Clock, Error, Lost};
use crate::reply::Reply;

/// A reply that the service has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Whether the message already had a reply from another attempt or delivery.
    pub duplicate: bool,
}

/// The minimum time for an attempt other than the first.
const SHORTEST: Duration = Duration::from_millis(50);
/// The maximum time for one attempt: a working service responds in milliseconds.
const ATTEMPT: Duration = Duration::from_secs(2);
const FIRST_BACKOFF: Duration = Duration::from_millis(50);
const LONGEST_BACKOFF: Duration = Duration::from_secs(1);

/// Sends `reply`, with retries, but not after `until`. Returns the number of attempts and the result.
pub(super) async fn send(
    callback: &impl Callback,
    clock: &impl Clock,
    reply: &Reply,
    until: Instant,
) -> (u32, Result<Sent, Error>) {
    let mut state = SendState::default();
    loop {
        let left = until.saturating_duration_since(clock.now());
        let limit = (left / 2).clamp(SHORTEST, ATTEMPT);
        let attempt = fenced(callback.attempt(reply, limit)).await.unwrap_or(Attempt::Lost(Lost::Panic));
        let (backoff, error) = match state.next(attempt, reply) {
            Next::Done(sent) => return (state.attempts, Ok(sent)),
            Next::Fail(error) => return (state.attempts, Err(error)),
            Next::Again { backoff, error } => (backoff.mul_f64(jitter()), error),
        };
        if clock.now() + backoff + SHORTEST > until {
            return (state.attempts, Err(error));
        }
        clock.sleep(backoff).await;
    }
}

/// The state after the attempts so far.
#[derive(Debug, Default)]
struct SendState {
    attempts: u32,
    ambiguous: bool,
    conflicts: u32,
}

#[derive(Debug, PartialEq, Eq)]
enum Next {
    Done(Sent),
    /// Retry after `backoff`, or fail with `error` if the deadline has passed.
    Again {
        backoff: Duration,
        error: Error,
    },
    Fail(Error),
}

impl SendState {
    fn next(&mut self, attempt: Attempt, reply: &Reply) -> Next {
        self.attempts += 1;
        let again = |attempts: u32, error| {
            let backoff = FIRST_BACKOFF * 2_u32.saturating_pow((attempts - 1).min(10));
            Next::Again { backoff: backoff.min(LONGEST_BACKOFF), error }
        };
        let done = |duplicate| Next::Done(Sent { duplicate });
        let earlier = self.ambiguous;
        self.ambiguous |= attempt.is_ambiguous();
        match attempt {
            Attempt::Accepted => done(false),
            Attempt::Throttled => again(self.attempts, Error::Throttled),
            Attempt::Failed(status) => again(self.attempts, Error::ServiceFailed(status)),
            Attempt::Lost(Lost::Garbled) => again(self.attempts, Error::UnreadableAnswer),
            Attempt::Lost(_) => again(self.attempts, Error::NoAnswer),
            Attempt::Settled => done(true),
            Attempt::Conflict if self.conflicts == 0 => {
                self.conflicts += 1;
                again(self.attempts, Error::Conflict)
            }
            Attempt::Conflict | Attempt::Refused(_) if earlier => done(true),
            Attempt::Conflict => Next::Fail(Error::Conflict),
            Attempt::Refused(status) => Next::Fail(Error::ReplyRefused(status)),
            Attempt::BadCredentials(status) => Next::Fail(Error::BadCredentials(status)),
            Attempt::NotAllowed => Next::Fail(Error::MissingPermission { channel: reply.to.channel.clone() }),
        }
    }
}

/// Returns a random factor between a half and one, so that functions that failed at the same time do not retry at the same time: two
/// deliveries of one event are a common cause of rejections.
fn jitter() -> f64 {
    let random = RandomState::new().hash_one(0_u8);
    0.5 + f64::from(u32::try_from(random >> 33).unwrap_or_default()) / f64::from(1_u32 << 31) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Address;
    use crate::reply::Answer;

    /// Returns the result after `attempts`, or the error if the deadline passed then.
    fn ends(attempts: &[Attempt]) -> Result<Sent, Error> {
        let to = Address {
            callback_id: String::new(),
            channel: "c".into(),
            message_id: String::new(),
            sub_channel: None,
        };
        let reply = Reply { to, answer: Answer::Delete };
        let mut state = SendState::default();
        let mut last = Err(Error::NoAnswer);
        for (at, attempt) in attempts.iter().enumerate() {
            match state.next(*attempt, &reply) {
                Next::Again { error, .. } => last = Err(error),
                Next::Done(sent) if at + 1 == attempts.len() => last = Ok(sent),
                Next::Fail(error) if at + 1 == attempts.len() => last = Err(error),
                early => panic!("{attempts:?} ended early: {early:?}"),
            }
        }
        last
    }

    #[test]
    fn every_row_of_the_table() {
        use Attempt::{Accepted, BadCredentials, Conflict, Failed, NotAllowed, Refused, Settled, Throttled};
        let (lost, garbled) = (Attempt::Lost(Lost::Timeout), Attempt::Lost(Lost::Garbled));
        let sent = || Ok(Sent { duplicate: false });
        let duplicate = || Ok(Sent { duplicate: true });
        let permission = || Err(Error::MissingPermission { channel: "c".into() });
        let cases: &[(&[Attempt], Result<Sent, Error>)] = &[
            (&[Accepted], sent()),
            (&[Throttled, Throttled, Accepted], sent()),
            (&[Failed(503), Accepted], sent()),
            (&[lost, Accepted], sent()),
            (&[Throttled], Err(Error::Throttled)),
            (&[Failed(500), Failed(503)], Err(Error::ServiceFailed(503))),
            (&[Throttled, lost], Err(Error::NoAnswer)),
            (&[garbled, garbled], Err(Error::UnreadableAnswer)),
            (&[garbled, lost], Err(Error::NoAnswer)),
            (&[garbled, Accepted], sent()),
            (&[garbled, Settled], duplicate()),
            (&[garbled, Refused(400)], duplicate()),
            (&[garbled, Conflict, Conflict], duplicate()),
            (&[garbled, NotAllowed], permission()),
            (&[Conflict, Accepted], sent()),
            (&[Conflict, Conflict], Err(Error::Conflict)),
            (&[Conflict, Settled], duplicate()),
            (&[Conflict, Refused(400)], Err(Error::ReplyRefused(400))),
            (&[lost, Conflict, Conflict], duplicate()),
            (&[Settled], duplicate()),
            (&[Failed(503), Settled], duplicate()),
            (&[Failed(503), Refused(400)], duplicate()),
            (&[Throttled, Refused(400)], Err(Error::ReplyRefused(400))),
            (&[Refused(400)], Err(Error::ReplyRefused(400))),
            (&[NotAllowed], permission()),
            (&[Failed(503), NotAllowed], permission()),
            (&[BadCredentials(401)], Err(Error::BadCredentials(401))),
        ];
        for (attempts, end) in cases {
            assert_eq!(ends(attempts), *end, "{attempts:?}");
        }
    }

    #[test]
    fn jitter_keeps_backoff_between_a_half_and_all_of_it() {
        for _ in 0..1000 {
            assert!((0.5..=1.0).contains(&jitter()));
        }
    }
}
