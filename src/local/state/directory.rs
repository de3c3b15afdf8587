//! [`Directory`]: the app instances with their users and bots.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{AppInstance, Bot, Identity, User};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden, not_found};
use crate::local::time::Timestamp;

/// The app instances with their users and bots.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Directory {
    instances: BTreeMap<Arn, AppInstance>,
}

const DAY: Duration = Duration::from_hours(24);

impl Directory {
    pub(in super::super) fn instances(&self) -> &BTreeMap<Arn, AppInstance> {
        &self.instances
    }

    /// Returns the app instance with this ARN.
    ///
    /// # Errors
    /// If there is none.
    pub(in super::super) fn instance(&self, arn: &Arn) -> Result<&AppInstance, Refusal> {
        self.instances.get(arn).ok_or_else(|| no_instance(arn))
    }

    pub(in super::super) fn instance_mut(&mut self, arn: &Arn) -> Result<&mut AppInstance, Refusal> {
        self.instances.get_mut(arn).ok_or_else(|| no_instance(arn))
    }

    pub(in super::super) fn insert(&mut self, arn: Arn, instance: AppInstance) {
        self.instances.insert(arn, instance);
    }

    pub(in super::super) fn remove(&mut self, arn: &Arn) {
        self.instances.remove(arn);
    }

    /// Returns the app instance that `arn` names or belongs to.
    pub(in super::super) fn home(&self, arn: &Arn) -> Option<&AppInstance> {
        self.instances.get(&arn.instance()?)
    }

    fn home_mut(&mut self, arn: &Arn) -> Option<&mut AppInstance> {
        self.instances.get_mut(&arn.instance()?)
    }

    /// Returns the user with this ARN.
    ///
    /// # Errors
    /// If there is none.
    pub(in super::super) fn user(&self, arn: &Arn) -> Result<&User, Refusal> {
        self.home(arn).and_then(|home| home.users.get(arn)).ok_or_else(|| no_user(arn))
    }

    pub(in super::super) fn user_mut(&mut self, arn: &Arn) -> Result<&mut User, Refusal> {
        self.home_mut(arn).and_then(|home| home.users.get_mut(arn)).ok_or_else(|| no_user(arn))
    }

    /// Returns the bot with this ARN.
    ///
    /// # Errors
    /// If there is none.
    pub(in super::super) fn bot(&self, arn: &Arn) -> Result<&Bot, Refusal> {
        self.home(arn).and_then(|home| home.bots.get(arn)).ok_or_else(|| no_bot(arn))
    }

    pub(in super::super) fn bot_mut(&mut self, arn: &Arn) -> Result<&mut Bot, Refusal> {
        self.home_mut(arn).and_then(|home| home.bots.get_mut(arn)).ok_or_else(|| no_bot(arn))
    }

    /// Returns the name of the user or bot with this ARN, if there is one.
    pub(in super::super) fn name(&self, arn: &Arn) -> Option<&str> {
        self.home(arn)?.name_of(arn)
    }

    /// Returns the identity of `arn` as others see it: with its name, if it has one.
    pub(in super::super) fn identity(&self, arn: &Arn) -> Identity {
        self.home(arn).map_or_else(|| Identity { arn: arn.clone(), name: None }, |home| home.identity(arn))
    }

    /// Returns whether `who` is an administrator of its app instance.
    pub(in super::super) fn is_admin(&self, who: &Arn) -> bool {
        self.home(who).is_some_and(|instance| instance.admins.contains_key(who))
    }

    /// Returns the app instance that both `bearer` and `resource` belong to.
    ///
    /// # Errors
    /// If `bearer` does not exist, or `resource` belongs to another app instance.
    pub(in super::super) fn bearer(&self, bearer: &Arn, resource: &Arn) -> Result<Arn, Refusal> {
        if self.name(bearer).is_none() {
            return Err(forbidden(format!("x-amz-chime-bearer: there is no user or bot {bearer}")));
        }
        let instance = bearer.instance();
        let same = instance.filter(|instance| resource.instance().as_ref() == Some(instance));
        same.ok_or_else(|| {
            forbidden(format!("x-amz-chime-bearer: {bearer} is of another app instance than {resource}"))
        })
    }

    /// Removes a user or bot, including its role as administrator.
    pub(in super::super) fn remove_person(&mut self, arn: &Arn) {
        if let Some(home) = self.home_mut(arn) {
            home.admins.remove(arn);
            home.users.remove(arn);
            home.bots.remove(arn);
        }
    }

    /// Returns the app instances with a retention period, each with the earliest creation time of the messages that it retains.
    pub(super) fn with_retention(&self, now: Timestamp) -> impl Iterator<Item = (&Arn, Timestamp)> {
        self.instances.iter().filter_map(move |(arn, instance)| Some((arn, instance.oldest_kept(now)?)))
    }

    /// Returns the earliest creation time of the messages that the app instance of `channel` retains.
    pub(in super::super) fn oldest_kept(&self, channel: &Arn, now: Timestamp) -> Timestamp {
        let oldest = self.home(channel).and_then(|instance| instance.oldest_kept(now));
        oldest.unwrap_or(Timestamp::from_millis(i64::MIN))
    }
}

impl AppInstance {
    fn name_of(&self, arn: &Arn) -> Option<&str> {
        let user = self.users.get(arn).map(|user| &user.name);
        user.or_else(|| self.bots.get(arn).map(|bot| &bot.name)).map(String::as_str)
    }

    /// Returns the identity of `arn` as others see it: with its name, if it is a user or bot of this app instance.
    pub(in super::super) fn identity(&self, arn: &Arn) -> Identity {
        Identity { arn: arn.clone(), name: self.name_of(arn).map(ToOwned::to_owned) }
    }

    /// Returns whether `arn` is a user or bot of this app instance.
    pub(in super::super) fn has(&self, arn: &Arn) -> bool {
        self.name_of(arn).is_some()
    }

    fn oldest_kept(&self, now: Timestamp) -> Option<Timestamp> {
        let days = self.retention_days?;
        Some(u32::try_from(days).map_or(Timestamp::from_millis(i64::MIN), |days| now.minus(DAY * days)))
    }
}

fn no_instance(arn: &Arn) -> Refusal {
    forbidden(format!("AppInstanceArn: there is no app instance {arn}"))
}

fn no_user(arn: &Arn) -> Refusal {
    forbidden(format!("AppInstanceUserArn: there is no user {arn}"))
}

fn no_bot(arn: &Arn) -> Refusal {
    not_found(format!("AppInstanceBotArn: there is no bot {arn}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arn(rest: &str) -> Arn {
        Arn::new(&format!("arn:aws:chime:us-east-1:1:app-instance/{rest}"))
    }

    /// Returns two app instances: Ann is an administrator of the first, Bob is the only user of the second.
    fn directory() -> Directory {
        let mut directory = Directory::default();
        for (instance, user, is_admin) in [("one", "one/user/ann", true), ("two", "two/user/bob", false)] {
            let mut made = AppInstance::default();
            made.users.insert(arn(user), User { name: user.to_owned(), ..User::default() });
            if is_admin {
                made.admins.insert(arn(user), Timestamp::default());
            }
            directory.insert(arn(instance), made);
        }
        directory
    }

    #[test]
    fn people_are_found_in_their_own_app_instance() {
        let directory = directory();
        assert_eq!(directory.identity(&arn("one/user/ann")).name.as_deref(), Some("one/user/ann"));
        assert_eq!(directory.identity(&arn("two/user/ann")).name, None);
        assert!(directory.is_admin(&arn("one/user/ann")) && !directory.is_admin(&arn("two/user/bob")));
        assert_eq!(directory.bearer(&arn("one/user/ann"), &arn("one/channel/c")), Ok(arn("one")));
        assert!(directory.bearer(&arn("one/user/ann"), &arn("two/channel/c")).is_err());
        assert!(directory.bearer(&arn("one/user/cy"), &arn("one/channel/c")).is_err());
    }

    #[test]
    fn who_is_removed_is_no_administrator_either() {
        let mut directory = directory();
        directory.remove_person(&arn("one/user/ann"));
        assert!(!directory.is_admin(&arn("one/user/ann")) && directory.user(&arn("one/user/ann")).is_err());
        assert!(directory.user(&arn("two/user/bob")).is_ok());
    }

    #[test]
    fn retention_is_counted_back_from_now() {
        let mut directory = directory();
        let now = Timestamp::default().plus(DAY * 10);
        let oldest = |directory: &Directory| directory.oldest_kept(&arn("one/channel/c"), now);
        assert_eq!(oldest(&directory), Timestamp::from_millis(i64::MIN));
        directory.instance_mut(&arn("one")).unwrap().retention_days = Some(3);
        assert_eq!(oldest(&directory), Timestamp::default().plus(DAY * 7));
        assert_eq!(directory.with_retention(now).count(), 1);
    }
}
