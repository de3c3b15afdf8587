//! Operations on messages, and what they have in common.

mod change;
mod read;
mod send;

use serde::Deserialize;

pub(super) use self::change::{delete, redact, update};
pub(super) use self::read::{get, get_status, list};
pub(super) use self::send::send;
use super::{Caller, ChannelInput, require};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, forbidden, not_found};
use crate::local::state::{Body, Message, MessageType, Processor, State, Status};
use crate::message::{ATTRIBUTES_LIMIT, Field};

/// The message named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MessageInput {
    #[serde(flatten)]
    about: ChannelInput,
    message_id: String,
    sub_channel_id: Option<String>,
}

/// The maximum length in bytes of the content of a message that is not stored.
const CONTROL_CONTENT: usize = 30;

impl Body {
    /// Refuses a body that exceeds the limits for this type of message, which are in bytes.
    pub(super) fn check(&self, kind: MessageType) -> Result<(), Refusal> {
        let most = if kind == MessageType::Standard { Field::Content.limit().max } else { CONTROL_CONTENT };
        if kind == MessageType::Control && self.metadata.is_some() {
            return Err(bad_request("Metadata: a CONTROL message has none"));
        }
        let size = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        for (what, size, most) in [
            ("Content", size(&self.content), most),
            ("Metadata", size(&self.metadata), Field::Metadata.limit().max),
            ("MessageAttributes", self.size_of_attributes(), ATTRIBUTES_LIMIT),
        ] {
            if size > most {
                return Err(bad_request(format!("{what}: {size} bytes are more than {most}")));
            }
        }
        Ok(())
    }

    fn size_of_attributes(&self) -> usize {
        let attributes = self.message_attributes.iter().flatten();
        let size = attributes.map(|(name, value)| {
            let values = value["StringValues"].as_array().into_iter().flatten();
            name.len() + values.filter_map(|value| value.as_str()).map(str::len).sum::<usize>()
        });
        size.sum()
    }
}

impl MessageInput {
    fn sub_channel(&self) -> Option<&str> {
        self.sub_channel_id.as_deref()
    }

    /// Returns the error for a message that does not exist or that the caller may not see.
    fn missing(&self) -> Refusal {
        not_found(format!("MessageId: there is no message {} that the caller may see", self.message_id))
    }
}

impl State {
    /// Returns the processors that a message of this type passes in a channel.
    fn processors(&self, channel: &Arn, kind: MessageType) -> Result<Vec<Processor>, Refusal> {
        let flow = self.channels.channel(channel)?.flow.as_ref().filter(|_| kind == MessageType::Standard);
        let flow = flow.and_then(|flow| self.flows.get(flow));
        Ok(flow.map(|flow| flow.processors.clone()).unwrap_or_default())
    }

    /// Returns the message that `input` refers to, if it is stored and within its retention period.
    fn stored(&self, input: &MessageInput) -> Option<&Message> {
        let oldest = self.oldest_kept(&input.about.channel_arn);
        let channel = self.channels.get(&input.about.channel_arn)?;
        let message = channel.message(&input.message_id).filter(|_| channel.has(input.sub_channel()))?;
        (message.created >= oldest && message.sub_channel == input.sub_channel_id).then_some(message)
    }

    /// Returns a delivered message without a pending update. While an update is pending, nobody may change the message.
    fn sent(&self, input: &MessageInput) -> Result<&Message, Refusal> {
        let message = self.stored(input).ok_or_else(|| input.missing())?;
        let changing = self.deliveries.processing().of_message(&input.about.channel_arn, &input.message_id);
        if message.status != Status::Sent || changing.is_some() {
            return Err(forbidden("MessageId: the message is not sent, or an update of it is pending"));
        }
        Ok(message)
    }
}

impl Caller {
    /// Refuses callers without a role in the channel and, for an elastic channel, callers who are not in the sub-channel.
    fn takes_part(&self, sub_channel: Option<&str>) -> Result<(), Refusal> {
        let may = self.admin || self.moderator || self.member.is_some();
        require(may, "only members of the channel, its moderators and administrators may do that")?;
        self.reaches(sub_channel)
    }

    /// Refuses callers without access to the messages of a sub-channel. In an elastic channel, every message is in one.
    fn reaches(&self, sub_channel: Option<&str>) -> Result<(), Refusal> {
        match (self.elastic, sub_channel) {
            (false, None) => Ok(()),
            (false, Some(_)) => Err(bad_request("SubChannelId: the channel is not elastic")),
            (true, None) => {
                Err(bad_request("SubChannelId: an elastic channel has its messages in sub-channels"))
            }
            (true, Some(sub_channel)) => {
                let inside = self.sub_channel.as_deref() == Some(sub_channel);
                require(
                    self.admin || self.moderator || inside,
                    "SubChannelId: only administrators and moderators reach into other sub-channels",
                )
            }
        }
    }

    /// Refuses callers other than the sender.
    fn is(&self, who: &Arn) -> Result<(), Refusal> {
        require(self.arn == *who, "only the sender of the message may do that")
    }
}
