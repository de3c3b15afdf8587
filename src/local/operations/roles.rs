//! Authorization: the roles of the caller in a channel, and what they permit.

use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Identity, MembershipKind, Mode, Privacy, State};
use crate::local::unknowns::Joining;

/// The user in the bearer header, and that user's roles in a channel.
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
    joining: Joining,
}

impl State {
    /// Returns the roles of `bearer` in `channel`.
    ///
    /// # Errors
    /// If the channel does not exist, or `bearer` is not in its app instance.
    pub(super) fn caller(&self, bearer: &Arn, channel: &Arn) -> Result<Caller, Refusal> {
        let there = self.channels.channel(channel)?;
        self.directory.bearer(bearer, channel)?;
        let member = there.members.get(bearer);
        Ok(Caller {
            arn: bearer.clone(),
            identity: self.directory.identity(bearer),
            admin: self.directory.is_admin(bearer),
            moderator: there.moderators.contains_key(bearer),
            member: member.map(|member| member.kind),
            sub_channel: member.and_then(|member| member.sub_channel.clone()),
            elastic: there.elastic.is_some(),
            privacy: there.privacy,
            mode: there.mode,
            joining: self.unknowns.joining,
        })
    }
}

impl Caller {
    /// Refuses callers who are neither administrators nor moderators.
    pub(super) fn runs_the_channel(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator;
        require(may, "only an administrator of the app instance or a moderator of the channel may do that")
    }

    /// Refuses callers who may not see the channel: those without a role in it, if it is private.
    pub(super) fn sees_the_channel(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator || self.member.is_some() || self.privacy == Privacy::Public;
        require(may, "the channel is private: only its members, its moderators and administrators see it")
    }

    /// Refuses callers who are not members of the channel, including administrators.
    pub(super) fn is_in_the_channel(&self) -> Result<(), Refusal> {
        require(
            self.member.is_some(),
            "only a member of the channel may do that; administrators and moderators have to join first",
        )
    }

    /// Refuses callers who may not add `who` as a member of this kind.
    pub(super) fn may_add(&self, who: &Arn, kind: MembershipKind) -> Result<(), Refusal> {
        if kind == MembershipKind::Hidden {
            return self.runs_the_channel();
        }
        let is_open = match self.joining {
            Joining::Public => true,
            Joining::Unrestricted => self.mode == Mode::Unrestricted,
            Joining::Never => false,
        };
        let joins = *who == self.arn && self.privacy == Privacy::Public && is_open;
        let may = self.admin
            || self.moderator
            || joins
            || (self.mode == Mode::Unrestricted && self.member.is_some());
        require(
            may,
            "only administrators and moderators may add members; in an unrestricted channel its members too, and to a public one everybody themselves, unless --joining says otherwise",
        )
    }

    /// Refuses callers who may not remove others from the channel.
    pub(super) fn may_remove_others(&self) -> Result<(), Refusal> {
        let may = self.admin || self.moderator || (self.mode == Mode::Unrestricted && self.member.is_some());
        require(
            may,
            "only administrators and moderators may remove others; in an unrestricted channel its members too",
        )
    }
}

/// Refuses the request unless `may` is true. The error contains the violated rule.
pub(super) fn require(may: bool, rule: &'static str) -> Result<(), Refusal> {
    if may { Ok(()) } else { Err(forbidden(rule)) }
}
