//! Who may do what: what the caller is to a channel.

use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Channel, Identity, MembershipKind, Mode, Privacy, State};

/// What whoever the bearer header names is to a channel.
#[derive(Clone, Debug)]
pub(in super::super) struct Caller {
    pub arn: Arn,
    pub identity: Identity,
    pub admin: bool,
    pub moderator: bool,
    pub member: Option<MembershipKind>,
    pub sub_channel: Option<String>,
    pub elastic: bool,
    privacy: Privacy,
    mode: Mode,
}

impl State {
    /// The channel called `arn`.
    ///
    /// # Errors
    /// When there is none: the services do not tell that apart from one that the caller may not see.
    pub(super) fn channel(&self, arn: &Arn) -> Result<&Channel, Refusal> {
        self.channels.get(arn).ok_or_else(|| forbidden(format!("ChannelArn: there is no channel {arn}")))
    }

    /// The channel called `arn`, to change it.
    pub(super) fn channel_mut(&mut self, arn: &Arn) -> Result<&mut Channel, Refusal> {
        self.channels.get_mut(arn).ok_or_else(|| forbidden(format!("ChannelArn: there is no channel {arn}")))
    }

    /// What `bearer` is to `channel`.
    ///
    /// # Errors
    /// When there is no such channel, or nobody of that name in its app instance.
    pub(super) fn caller(&self, bearer: &Arn, channel: &Arn) -> Result<Caller, Refusal> {
        let there = self.channel(channel)?;
        let instance = self.bearer(bearer, channel)?;
        let member = there.members.get(bearer);
        Ok(Caller {
            arn: bearer.clone(),
            identity: self.identity(bearer),
            admin: self.instances[&instance].admins.contains_key(bearer),
            moderator: there.moderators.contains_key(bearer),
            member: member.map(|member| member.kind),
            sub_channel: member.and_then(|member| member.sub_channel.clone()),
            elastic: there.elastic.is_some(),
            privacy: there.privacy,
            mode: there.mode,
        })
    }

    /// The app instance that both `bearer` and `resource` are in.
    ///
    /// # Errors
    /// When nobody is called `bearer`, or `resource` is of another app instance.
    pub(super) fn bearer(&self, bearer: &Arn, resource: &Arn) -> Result<Arn, Refusal> {
        if self.person(bearer).is_none() {
            return Err(forbidden(format!("x-amz-chime-bearer: there is no user or bot {bearer}")));
        }
        let instance = bearer.instance();
        let same = instance.filter(|instance| resource.instance().as_ref() == Some(instance));
        same.ok_or_else(|| {
            forbidden(format!("x-amz-chime-bearer: {bearer} is of another app instance than {resource}"))
        })
    }

    /// Whether `who` is an administrator of its app instance.
    pub(super) fn is_admin(&self, who: &Arn) -> bool {
        let instance = who.instance().and_then(|instance| self.instances.get(&instance));
        instance.is_some_and(|instance| instance.admins.contains_key(who))
    }
}

impl Caller {
    /// Refuses everybody but administrators and moderators.
    pub(super) fn runs_the_channel(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator;
        require(may, "only an administrator of the app instance or a moderator of the channel may do that")
    }

    /// Refuses who cannot see the channel: whoever is not in it when it is private.
    pub(super) fn sees_the_channel(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator || self.member.is_some() || self.privacy == Privacy::Public;
        require(may, "the channel is private: only its members, its moderators and administrators see it")
    }

    /// Refuses whoever is not in the channel, administrators too.
    pub(super) fn is_in_the_channel(&self) -> Result<(), Refusal> {
        require(
            self.member.is_some(),
            "only a member of the channel may do that; administrators and moderators have to join first",
        )
    }

    /// Refuses whoever may not add `who` as a member of that kind.
    pub(super) fn may_add(&self, who: &Arn, kind: MembershipKind) -> Result<(), Refusal> {
        if kind == MembershipKind::Hidden {
            return self.runs_the_channel();
        }
        let themselves = *who == self.arn && self.privacy == Privacy::Public;
        let may = self.admin
            || self.moderator
            || (self.mode == Mode::Unrestricted && (self.member.is_some() || themselves));
        require(
            may,
            "only administrators and moderators may add members; in an unrestricted channel its members too, and in a public one everybody themselves",
        )
    }

    /// Refuses whoever may not take others out of the channel.
    pub(super) fn may_remove_others(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator || (self.mode == Mode::Unrestricted && self.member.is_some());
        require(
            may,
            "only administrators and moderators may remove others; in an unrestricted channel its members too",
        )
    }
}

/// Refuses whoever may not, and says which rule it is.
pub(super) fn require(may: bool, rule: &'static str) -> Result<(), Refusal> {
    if may { Ok(()) } else { Err(forbidden(rule)) }
}
