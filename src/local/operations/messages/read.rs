//! Messages are read.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Asked, Call, Operation};
use super::no_message;
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::page::Page;
use crate::local::refusal::Refusal;
use crate::local::state::{Channel, Form, Message};
use crate::local::time::Timestamp;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct GetChannelMessage {
    channel_arn: Arn,
    chime_bearer: Arn,
    message_id: String,
    sub_channel_id: Option<String>,
}

impl Operation for GetChannelMessage {
    const NAME: &'static str = "GetChannelMessage";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        caller.sees_the_channel()?;
        caller.reaches(self.sub_channel_id.as_deref())?;
        let message = call.state.stored(&self.channel_arn, &self.message_id, self.sub_channel_id.as_deref());
        let message = message.filter(|message| message.is_for(&caller.arn));
        let message = message.ok_or_else(|| no_message(&self.message_id))?;
        Ok(json!({ "ChannelMessage": message.described(&self.channel_arn, Form::Answer) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct GetChannelMessageStatus {
    channel_arn: Arn,
    chime_bearer: Arn,
    message_id: String,
    sub_channel_id: Option<String>,
}

impl Operation for GetChannelMessageStatus {
    const NAME: &'static str = "GetChannelMessageStatus";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        let on_its_way = call.state.processing.of_message(&self.channel_arn, &self.message_id);
        let on_its_way = on_its_way.map(|processing| &processing.message);
        let sub_channel = self.sub_channel_id.as_deref();
        let on_its_way = on_its_way.filter(|message| message.sub_channel.as_deref() == sub_channel);
        let stored = || call.state.stored(&self.channel_arn, &self.message_id, sub_channel);
        let message = on_its_way.or_else(stored).ok_or_else(|| no_message(&self.message_id))?;
        caller.is(&message.sender.arn)?;
        Ok(json!({ "Status": { "Value": message.status } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct ListChannelMessages {
    channel_arn: Arn,
    chime_bearer: Arn,
    sort_order: Option<String>,
    not_before: Option<f64>,
    not_after: Option<f64>,
    sub_channel_id: Option<String>,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelMessages {
    const NAME: &'static str = "ListChannelMessages";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        caller.sees_the_channel()?;
        caller.reaches(self.sub_channel_id.as_deref())?;
        let newest_first = self.sort_order.as_deref() != Some("ASCENDING");
        let range =
            format!("{newest_first} {:?} {:?} {:?}", self.not_before, self.not_after, self.sub_channel_id);
        let page = call.page(&[self.channel_arn.as_str(), caller.arn.as_str(), &range], &self.asked)?;
        let time = |seconds: Option<f64>| seconds.and_then(Timestamp::from_seconds);
        let oldest = call.state.oldest_kept(&self.channel_arn);
        let from = time(self.not_before).map_or(oldest, |from| from.max(oldest));
        let until = time(self.not_after).unwrap_or(Timestamp::from_millis(i64::MAX));
        let wanted =
            |message: &&Message| message.is_for(&caller.arn) && message.sub_channel == self.sub_channel_id;
        let channel = call.state.channel(&self.channel_arn)?;
        let (messages, next) = channel.messages_page(&page, (from, until), newest_first, wanted);
        Ok(json!({
            "ChannelArn": self.channel_arn,
            "ChannelMessages": messages,
            "NextToken": next,
            "SubChannelId": self.sub_channel_id,
        }))
    }
}

impl Channel {
    fn messages_page(
        &self,
        page: &Page,
        (from, until): (Timestamp, Timestamp),
        newest_first: bool,
        wanted: impl Fn(&&Message) -> bool,
    ) -> (Vec<Value>, Option<String>) {
        let after = page.after().and_then(|key| key.parse().ok()).map(Timestamp::from_millis);
        let (start, end) = match after {
            None => (Bound::Included(from), Bound::Included(until)),
            Some(after) if newest_first => (Bound::Included(from), Bound::Excluded(after.min(until))),
            Some(after) => (Bound::Excluded(after.max(from)), Bound::Included(until)),
        };
        // A range that ends before it begins is empty here, and a panic in the map.
        if from > until || after.is_some_and(|after| after < from || after > until) {
            return (Vec::new(), None);
        }
        // Keys compare as text, so they all have the same length.
        let item =
            |message: &Message| (format!("{:020}", message.created.millis()), message.summary(Form::Answer));
        let messages = self.messages.range((start, end)).map(|(_, message)| message);
        if newest_first {
            page.take(messages.rev().filter(wanted).map(item), true)
        } else {
            page.take(messages.filter(wanted).map(item), false)
        }
    }
}
