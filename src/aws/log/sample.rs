//! Decides which log lines of events may be omitted.
//!
//! The line of a denied or edited message is the only record of that, and a line about a problem should be read. What remains are messages
//! that were delivered unchanged and without findings: nearly all messages. Metrics count every message, whatever the log omits.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::handler::Handled;
use crate::outcome::{StepResult, Verdict};

/// Returns whether nothing happened to the event's message except its delivery: no rule found anything, not even in shadow mode, none
/// failed, and the service accepted the first callback.
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

/// Returns whether the event's message is in a sample of the share `rate`. The message's id decides, so that either all lines of a message
/// are written or none.
pub(super) fn is_in(handled: &Handled, rate: f64) -> bool {
    let mut hasher = DefaultHasher::new();
    handled.about.as_ref().map(|about| &about.address.message_id).hash(&mut hasher);
    let place = u32::try_from(hasher.finish() >> 32).unwrap_or_default();
    f64::from(place) < rate * f64::from(u32::MAX) || rate >= 1.0
}
