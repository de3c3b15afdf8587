//! Which decisions may be left out of the log.
//!
//! The line of a message that was denied or edited is the only record of that, and a line that tells of trouble is there to be read.
//! What is left are messages that went out as they came without anything to say about them: nearly all of them. Metrics count every
//! message, whatever the log leaves out.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::handler::Handled;
use crate::outcome::{StepResult, Verdict};

/// Whether there is nothing to say about the event but that its message went out: no rule found anything, not even in shadow, none
/// failed, and the service took the first reply.
pub(super) fn may_be_left_out(handled: &Handled) -> bool {
    let Some(outcome) = &handled.outcome else { return false };
    let sent = handled.attempts == 1 && handled.sent.as_ref().is_ok_and(|sent| !sent.duplicate);
    let damaged = handled.about.as_ref().is_some_and(|about| !about.damage.is_empty());
    let quiet = outcome
        .trace
        .iter()
        .all(|step| !matches!(step.result, StepResult::Hit { .. } | StepResult::Failed(_)));
    sent && !damaged && quiet && outcome.verdict == Verdict::Unchanged
}

/// Whether the event's message is in a sample that takes the share `rate` of all. It goes by the message's id, so that all that is
/// logged of one message is logged or not.
pub(super) fn is_in(handled: &Handled, rate: f64) -> bool {
    let mut hasher = DefaultHasher::new();
    handled.about.as_ref().map(|about| &about.address.message_id).hash(&mut hasher);
    let place = u32::try_from(hasher.finish() >> 32).unwrap_or_default();
    f64::from(place) < rate * f64::from(u32::MAX) || rate >= 1.0
}
