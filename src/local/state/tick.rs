//! What time alone does: channels and users expire, invocations are tried again, and messages grow too old to be kept.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Effect, Expiration, ExpirationCriterion, State};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// When channels and users expire, and when messages that are too old are looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    pub(super) expirations: BTreeSet<(Timestamp, Arn)>,
    pub(super) next_sweep: Timestamp,
}

const DAY: Duration = Duration::from_hours(24);

/// How often messages that are too old are looked for. Nobody gets to see them meanwhile.
const SWEEP: Duration = Duration::from_hours(1);

impl Schedule {
    /// The next channel or user that expires by `now`, which is noted no more.
    fn take_due(&mut self, now: Timestamp) -> Option<Arn> {
        let first = self.expirations.first().is_some_and(|(time, _)| *time <= now);
        first.then(|| self.expirations.pop_first()).flatten().map(|(_, arn)| arn)
    }
}

impl State {
    /// When something is to happen by itself, at the earliest; never when there is nothing to wait for.
    pub(in super::super) fn next_due(&self) -> Option<Timestamp> {
        let retry = self.deliveries.next_retry();
        let expiration = self.schedule.expirations.first().map(|(time, _)| *time);
        let sweep = self.directory.with_retention(self.now).next().map(|_| self.schedule.next_sweep);
        [retry, expiration, sweep].into_iter().flatten().min()
    }

    /// Lets time do what it does by itself, and says whether there was something.
    pub(in super::super) fn time_passed(&mut self, effects: &mut Vec<Effect>) -> bool {
        let due = self.next_due().is_some_and(|due| due <= self.now);
        if due {
            effects.extend(self.deliveries.take_due(self.now).into_iter().map(Effect::Invoke));
            self.expire(effects);
            self.sweep();
        }
        due
    }

    /// Notes when a channel or a user will expire. A note that is out of date does no harm: what it says is looked up again.
    pub(in super::super) fn note_expiration(&mut self, arn: &Arn) {
        if let Some(time) = self.expires(arn) {
            self.schedule.expirations.insert((time, arn.clone()));
        }
    }

    /// When a channel or a user expires.
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
        while let Some(arn) = self.schedule.take_due(self.now) {
            match self.expires(&arn) {
                Some(time) if time > self.now => drop(self.schedule.expirations.insert((time, arn))),
                Some(_) if self.channels.get(&arn).is_some() => self.end_channel(&arn, effects),
                Some(_) => self.end_person(&arn, effects),
                None => {}
            }
        }
    }

    /// Deletes messages that are older than their app instance keeps them.
    fn sweep(&mut self) {
        if self.now < self.schedule.next_sweep {
            return;
        }
        self.schedule.next_sweep = self.now.plus(SWEEP);
        for (instance, oldest) in self.directory.with_retention(self.now) {
            self.channels.delete_messages_before(instance, oldest);
        }
    }

    /// The time of the oldest message that the app instance of `channel` keeps.
    pub(in super::super) fn oldest_kept(&self, channel: &Arn) -> Timestamp {
        self.directory.oldest_kept(channel, self.now)
    }
}

fn days(settings: &Expiration) -> Duration {
    DAY * u32::try_from(settings.expiration_days).unwrap_or(0)
}
