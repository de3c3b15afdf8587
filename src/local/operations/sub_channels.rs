//! The parts of elastic channels.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListSubChannels {
    channel_arn: Arn,
    chime_bearer: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListSubChannels {
    const NAME: &'static str = "ListSubChannels";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let page = call.page(&[self.channel_arn.as_str(), self.chime_bearer.as_str()], &self.asked)?;
        let channel = call.state.channel(&self.channel_arn)?;
        if channel.elastic.is_none() {
            return Err(bad_request("ChannelArn: the channel is not elastic, and has no sub-channels"));
        }
        let summary = |(id, members): (&String, _)| {
            (id.clone(), json!({ "SubChannelId": id, "MembershipCount": members }))
        };
        let (sub_channels, next) = page.json(channel.sub_channels.range::<str, _>(page.rest()).map(summary));
        Ok(json!({ "ChannelArn": self.channel_arn, "SubChannels": sub_channels, "NextToken": next }))
    }
}
