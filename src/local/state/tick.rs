//! Changes caused by time alone: channels and users expire, failed invocations are retried, and messages exceed their retention period.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Effect, Expiration, ExpirationCriterion, State};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// When channels and users expire, and when to look next for messages that exceed their retention period.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    pub(super) expirations: BTreeSet<(Timestamp, Arn)>,
    pub(super) next_sweep: Timestamp,
}

const DAY: Duration = Duration::from_hours(24);

/// How often messages that exceed their retention period are deleted. Until then they are hidden.
const SWEEP: Duration = Duration::from_hours(1);

impl Schedule {
    /// Removes and returns the next entry of a channel or user that is due by `now`.
    fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, Arn)> {
        let first = self.expirations.first().is_some_and(|(time, _)| *time <= now);
        first.then(|| self.expirations.pop_first()).flatten()
    }
}

impl State {
    /// Returns the earliest time at which something is due, if anything is.
    pub(in super::super) fn next_due(&self) -> Option<Timestamp> {
        let retry = self.deliveries.next_retry();
        let expiration = self.schedule.expirations.first().map(|(time, _)| *time);
        let sweep = self.directory.with_retention(self.now).next().map(|_| self.schedule.next_sweep);
        [retry, expiration, sweep].into_iter().flatten().min()
    }

    /// Does everything that is due, and returns whether anything was.
    pub(in super::super) fn time_passed(&mut self, effects: &mut Vec<Effect>) -> bool {
        let due = self.next_due().is_some_and(|due| due <= self.now);
        if due {
            effects.extend(self.deliveries.take_due(self.now).into_iter().map(Effect::Invoke));
            self.expire(effects);
            self.sweep();
        }
        due
    }

    /// Schedules the expiration of a channel or a user. An outdated entry does no harm: the expiration is looked up again when it is due.
    pub(in super::super) fn note_expiration(&mut self, arn: &Arn) {
        if let Some(time) = self.expires(arn) {
            self.schedule.expirations.insert((time, arn.clone()));
        }
    }

    /// Returns when a channel or a user expires.
    fn expires(&self, arn: &Arn) -> Option<Timestamp> {
        if let Some(channel) = self.channels.get(arn) {
            let settings = channel.expiration.as_ref()?;
            let since = match settings.expiration_criterion {
                ExpirationCriterion::CreatedTimestamp => channel.created,
                ExpirationCriterion::LastMessageTimestamp => channel.last_message.unwrap_or(channel.created),
            };
            return Some(since.plus(days(settings)));
        }
        let user = self.directory.user(arn).ok()?;
        Some(user.created.plus(days(user.expiration.as_ref()?)))
    }

    fn expire(&mut self, effects: &mut Vec<Effect>) {
        while let Some((due, arn)) = self.schedule.take_due(self.now) {
            match self.expires(&arn) {
                // An outdated entry. Entries that are due before its new time come first, even if all of them are due by now.
                Some(time) if time > due => drop(self.schedule.expirations.insert((time, arn))),
                Some(_) if self.channels.get(&arn).is_some() => self.end_channel(&arn, effects),
                Some(_) => self.end_person(&arn, effects),
                None => {}
            }
        }
    }

    /// Deletes messages that exceed the retention period of their app instance.
    fn sweep(&mut self) {
        if self.now < self.schedule.next_sweep {
            return;
        }
        self.schedule.next_sweep = self.now.plus(SWEEP);
        for (instance, oldest) in self.directory.with_retention(self.now) {
            self.channels.delete_messages_before(instance, oldest);
        }
    }

    /// Returns the earliest creation time of the messages that the app instance of `channel` retains.
    pub(in super::super) fn oldest_kept(&self, channel: &Arn) -> Timestamp {
        self.directory.oldest_kept(channel, self.now)
    }
}

fn days(settings: &Expiration) -> Duration {
    DAY * u32::try_from(settings.expiration_days).unwrap_or(0)
}
