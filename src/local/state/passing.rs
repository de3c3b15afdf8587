//! What time alone does: channels and users expire, and messages grow too old to be kept.

use std::time::Duration;

use super::{AppInstance, Effect, Expiration, ExpirationCriterion, State};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// How often messages that are too old are looked for. Nobody gets to see them meanwhile.
const SWEEP: Duration = Duration::from_hours(1);

impl State {
    /// When something is to happen by itself, at the earliest; never when there is nothing to wait for.
    pub(in super::super) fn next_due(&self) -> Option<Timestamp> {
        let retry = self.retries.first().map(|(time, _)| *time);
        let expiration = self.expirations.first().map(|(time, _)| *time);
        let keeps = |instance: &AppInstance| instance.retention_days.is_some();
        let sweep = self.instances.values().any(keeps).then_some(self.next_sweep);
        [retry, expiration, sweep].into_iter().flatten().min()
    }

    /// Lets time do what it does by itself, and says whether there was something.
    pub(in super::super) fn time_passed(&mut self, effects: &mut Vec<Effect>) -> bool {
        let due = self.next_due().is_some_and(|due| due <= self.now);
        if due {
            self.invocations_due(effects);
            self.expire(effects);
            self.sweep();
        }
        due
    }

    /// Notes when a channel or a user will expire. A note that is out of date does no harm: what it says is looked up again.
    pub(in super::super) fn note_expiration(&mut self, arn: &Arn) {
        if let Some(time) = self.expires(arn) {
            self.expirations.insert((time, arn.clone()));
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
        let user = self.instances.get(&arn.instance()?)?.users.get(arn)?;
        Some(user.created.plus(days(user.expiration.as_ref()?)))
    }

    fn expire(&mut self, effects: &mut Vec<Effect>) {
        while let Some((time, _)) = self.expirations.first()
            && *time <= self.now
        {
            let Some((_, arn)) = self.expirations.pop_first() else { return };
            match self.expires(&arn) {
                Some(time) if time > self.now => drop(self.expirations.insert((time, arn))),
                Some(_) if self.channels.contains_key(&arn) => self.end_channel(&arn, effects),
                Some(_) => self.end_user(&arn, effects),
                None => {}
            }
        }
    }

    /// The time of the oldest message that the app instance of `channel` keeps.
    pub(in super::super) fn oldest_kept(&self, channel: &Arn) -> Timestamp {
        let instance = channel.instance().and_then(|instance| self.instances.get(&instance));
        instance.map_or(Timestamp::from_millis(i64::MIN), |instance| instance.oldest_kept(self.now))
    }

    /// Deletes messages that are older than their app instance keeps them.
    fn sweep(&mut self) {
        if self.now < self.next_sweep {
            return;
        }
        self.next_sweep = self.now.plus(SWEEP);
        let keeping = self.instances.iter().filter(|(_, instance)| instance.retention_days.is_some());
        let keeping: Vec<_> =
            keeping.map(|(arn, instance)| (arn.clone(), instance.oldest_kept(self.now))).collect();
        for (instance, oldest) in keeping {
            let first = instance.child("channel", "");
            let here = self.channels.range_mut(first.clone()..);
            for (_, channel) in here.take_while(|(arn, _)| arn.as_str().starts_with(first.as_str())) {
                let kept = channel.messages.split_off(&oldest);
                for message in std::mem::replace(&mut channel.messages, kept).values() {
                    channel.message_keys.remove(&message.id);
                }
            }
        }
    }
}

impl AppInstance {
    fn oldest_kept(&self, now: Timestamp) -> Timestamp {
        let days = self.retention_days.and_then(|days| u32::try_from(days).ok());
        days.map_or(Timestamp::from_millis(i64::MIN), |days| now.minus(DAY * days))
    }
}

fn days(settings: &Expiration) -> Duration {
    DAY * u32::try_from(settings.expiration_days).unwrap_or(0)
}
