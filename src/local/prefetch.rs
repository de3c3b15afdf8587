//! The events that a new session receives about its user's channels: one `CHANNEL_DETAILS` for each channel.

use serde_json::{Value, json};

use super::arn::Arn;
use super::state::{Channel, Event, Form, Membership, MembershipKind, State};
use super::time::Timestamp;

/// How many channels get an event, and how much each event contains.
const CHANNELS: usize = 50;
const MESSAGES: usize = 20;
const MEMBERSHIPS: usize = 30;

/// The order of the channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortBy {
    /// Channels with unread messages first, then by the time of the last message.
    #[default]
    Unread,
    /// By the time of the last message, latest first.
    LastMessage,
}

impl State {
    /// Returns the events for a new session of `who`.
    pub(super) fn channel_details(&self, who: &Arn, sort_by: SortBy) -> Vec<Event> {
        let mine = self.channels.places(who).member.iter().filter_map(|arn| {
            let channel = self.channels.get(arn)?;
            Some((arn, channel, channel.members.get(who)?))
        });
        let mut mine: Vec<_> = mine.collect();
        mine.sort_by_key(|(_, channel, membership)| {
            let read = sort_by == SortBy::Unread && !is_unread(channel, membership);
            (read, std::cmp::Reverse(channel.last_message))
        });
        mine.truncate(CHANNELS);
        mine.into_iter()
            .map(|(arn, channel, membership)| self.details(arn, channel, who, membership))
            .collect()
    }

    fn details(&self, arn: &Arn, channel: &Channel, who: &Arn, membership: &Membership) -> Event {
        let kept = channel.messages.range(self.oldest_kept(arn)..).map(|(_, message)| message);
        let mut messages =
            kept.rev().filter(|message| message.is_for(who) && message.sub_channel == membership.sub_channel);
        let latest: Vec<Value> =
            messages.by_ref().take(MESSAGES).map(|message| message.summary(Form::Event)).collect();
        let seen = |member: &&Membership| {
            member.kind == MembershipKind::Default && member.sub_channel == membership.sub_channel
        };
        let members = channel.members.iter().filter(|(_, member)| seen(member)).take(MEMBERSHIPS);
        let memberships: Vec<Value> =
            members.map(|(arn, _)| json!({ "Member": self.directory.identity(arn) })).collect();
        let payload = json!({
            "Channel": channel.summary(arn, Form::Event),
            "ChannelMessages": latest,
            "ChannelMemberships": memberships,
            "ReadMarkerTimestamp": membership.read_marker.map(|time| Form::Event.time(time)),
            "ChannelMessagesHasMore": messages.next().is_some(),
        });
        Event { name: "CHANNEL_DETAILS".to_owned(), message_type: "SYSTEM", payload }
    }
}

fn is_unread(channel: &Channel, membership: &Membership) -> bool {
    let read = membership.read_marker.unwrap_or(Timestamp::from_millis(i64::MIN));
    channel.last_message.is_some_and(|last| last > read)
}
