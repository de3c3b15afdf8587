//! When channels and users go by themselves.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request};
use crate::local::state::Expiration;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutChannelExpirationSettings {
    channel_arn: Arn,
    /// The model lets it be absent; AWS's documentation says that it is mandatory.
    chime_bearer: Option<Arn>,
    /// Without them the channel stays.
    expiration_settings: Option<Expiration>,
}

impl Operation for PutChannelExpirationSettings {
    const NAME: &'static str = "PutChannelExpirationSettings";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let bearer = self.chime_bearer;
        let bearer =
            bearer.ok_or_else(|| bad_request("ChimeBearer: x-amz-chime-bearer is mandatory here"))?;
        call.state.caller(&bearer, &self.channel_arn)?.runs_the_channel()?;
        let channel = call.state.channel_mut(&self.channel_arn)?;
        channel.expiration.clone_from(&self.expiration_settings);
        call.state.note_expiration(&self.channel_arn);
        Ok(json!({ "ChannelArn": self.channel_arn, "ExpirationSettings": self.expiration_settings }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutAppInstanceUserExpirationSettings {
    app_instance_user_arn: Arn,
    /// Without them the user stays.
    expiration_settings: Option<Expiration>,
}

impl Operation for PutAppInstanceUserExpirationSettings {
    const NAME: &'static str = "PutAppInstanceUserExpirationSettings";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let user = call.state.user_mut(&self.app_instance_user_arn)?;
        user.expiration.clone_from(&self.expiration_settings);
        call.state.note_expiration(&self.app_instance_user_arn);
        Ok(json!({
            "AppInstanceUserArn": self.app_instance_user_arn,
            "ExpirationSettings": self.expiration_settings,
        }))
    }
}
