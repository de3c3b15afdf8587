//! Operations that read messages.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Call, ChannelInput, Paging};
use super::MessageInput;
use crate::local::pagination::Page;
use crate::local::refusal::Refusal;
use crate::local::state::{Channel, Form, Message};
use crate::local::time::Timestamp;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    #[serde(flatten)]
    about: ChannelInput,
    sort_order: Option<String>,
    not_before: Option<f64>,
    not_after: Option<f64>,
    sub_channel_id: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

pub(in super::super) fn get(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: MessageInput = call.input()?;
    let caller = call.caller(&input.about)?;
    caller.sees_the_channel()?;
    caller.reaches(input.sub_channel_id.as_deref())?;
    let message = call.state.stored(&input).filter(|message| message.is_for(&caller.arn));
    let message = message.ok_or_else(|| input.missing())?;
    Ok(json!({ "ChannelMessage": message.described(&input.about.channel_arn, Form::Answer) }))
}

pub(in super::super) fn get_status(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: MessageInput = call.input()?;
    let caller = call.caller(&input.about)?;
    let in_flight = call.state.deliveries.processing();
    let in_flight = in_flight.of_message(&input.about.channel_arn, &input.message_id);
    let in_flight = in_flight.map(|processing| &processing.message);
    let channel = call.state.channels.channel(&input.about.channel_arn)?;
    let in_flight = in_flight
        .filter(|message| message.sub_channel == input.sub_channel_id && channel.has(input.sub_channel()));
    let message = in_flight.or_else(|| call.state.stored(&input)).ok_or_else(|| input.missing())?;
    caller.is(&message.sender.arn)?;
    Ok(json!({ "Status": { "Value": message.status } }))
}

pub(in super::super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: List = call.input()?;
    let (caller, channel_arn) = (call.caller(&input.about)?, &input.about.channel_arn);
    caller.sees_the_channel()?;
    caller.reaches(input.sub_channel_id.as_deref())?;
    let newest_first = input.sort_order.as_deref() != Some("ASCENDING");
    let range =
        format!("{newest_first} {:?} {:?} {:?}", input.not_before, input.not_after, input.sub_channel_id);
    let page = call.page(&[channel_arn.as_str(), caller.arn.as_str(), &range], &input.paging)?;
    let oldest = call.state.oldest_kept(channel_arn);
    let from = input.not_before.and_then(Timestamp::from_seconds).map_or(oldest, |from| from.max(oldest));
    let until = input.not_after.and_then(Timestamp::from_seconds);
    let until = until.unwrap_or(Timestamp::from_millis(i64::MAX));
    let is_listed =
        |message: &&Message| message.is_for(&caller.arn) && message.sub_channel == input.sub_channel_id;
    let channel = call.state.channels.channel(channel_arn)?;
    channel.sub_channel(input.sub_channel_id.as_deref())?;
    let (messages, next) = channel.messages_page(&page, (from, until), newest_first, is_listed);
    Ok(json!({
        "ChannelArn": channel_arn,
        "ChannelMessages": messages,
        "NextToken": next,
        "SubChannelId": input.sub_channel_id,
    }))
}

impl Channel {
    fn messages_page(
        &self,
        page: &Page,
        (from, until): (Timestamp, Timestamp),
        newest_first: bool,
        is_listed: impl Fn(&&Message) -> bool,
    ) -> (Vec<Value>, Option<String>) {
        let after = page.after().and_then(|key| key.parse().ok()).map(Timestamp::from_millis);
        // The last message of the previous page may be hidden by now: the oldest ones are, when they exceed their retention period.
        let above = after.filter(|after| !newest_first && *after >= from);
        let below = after.filter(|after| newest_first && *after <= until);
        // A range whose end precedes its start is empty; the map would panic.
        if above.unwrap_or(from) > below.unwrap_or(until) {
            return (Vec::new(), None);
        }
        let start = above.map_or(Bound::Included(from), Bound::Excluded);
        let end = below.map_or(Bound::Included(until), Bound::Excluded);
        // Keys are compared as text, so they all have the same length.
        let item =
            |message: &Message| (format!("{:020}", message.created.millis()), message.summary(Form::Answer));
        let messages = self.messages.range((start, end)).map(|(_, message)| message);
        if newest_first {
            page.take(messages.rev().filter(is_listed).map(item), true)
        } else {
            page.take(messages.filter(is_listed).map(item), false)
        }
    }
}
