//! `BatchCreateChannelMembership`: many members at once, as far as they may.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::Refusal;
use crate::local::state::{Identity, MembershipKind};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BatchCreateChannelMembership {
    channel_arn: Arn,
    chime_bearer: Arn,
    #[serde(default)]
    r#type: MembershipKind,
    member_arns: Vec<Arn>,
    sub_channel_id: Option<String>,
}

impl Operation for BatchCreateChannelMembership {
    const NAME: &'static str = "BatchCreateChannelMembership";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        self.member_arns.iter().try_for_each(|who| caller.may_add(who, self.r#type))?;
        // Members of an elastic channel may end up in different parts of it, and each part hears of its own.
        let mut joined: BTreeMap<Option<String>, Vec<Identity>> = BTreeMap::new();
        let mut errors = Vec::new();
        for who in &self.member_arns {
            let asked = self.sub_channel_id.as_deref();
            match call.state.join(&self.channel_arn, who, &caller.identity, self.r#type, asked) {
                Ok(sub_channel) => joined.entry(sub_channel).or_default().push(call.state.identity(who)),
                Err(refusal) => errors.push(json!({
                    "MemberArn": who,
                    "ErrorCode": refusal.kind.code(),
                    "ErrorMessage": refusal.message,
                })),
            }
        }
        let batch = |sub_channel: Option<&String>, members: &[Identity]| {
            json!({
                "ChannelArn": self.channel_arn,
                "InvitedBy": caller.identity,
                "Type": self.r#type,
                "Members": members,
                "SubChannelId": sub_channel,
            })
        };
        for (sub_channel, members) in &joined {
            let batch = batch(sub_channel.as_ref(), members);
            call.state.tell_of_batch(&self.channel_arn, batch, &mut call.effects);
        }
        let sub_channel = joined.keys().next().and_then(Option::as_ref).filter(|_| joined.len() == 1);
        let members: Vec<_> = joined.values().flatten().cloned().collect();
        Ok(json!({ "BatchChannelMemberships": batch(sub_channel, &members), "Errors": errors }))
    }
}
