//! Operations that set when channels and users expire.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Call;
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request};
use crate::local::state::Expiration;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutForChannel {
    channel_arn: Arn,
    /// Optional in the model, but mandatory according to AWS's documentation.
    chime_bearer: Option<Arn>,
    /// Without settings, the channel does not expire.
    expiration_settings: Option<Expiration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutForUser {
    app_instance_user_arn: Arn,
    /// Without settings, the user does not expire.
    expiration_settings: Option<Expiration>,
}

pub(super) fn put_for_channel(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let PutForChannel { channel_arn, chime_bearer, expiration_settings } = call.input()?;
    let bearer = mandatory(chime_bearer)?;
    call.state.caller(&bearer, &channel_arn)?.runs_the_channel()?;
    call.state.channels.channel_mut(&channel_arn)?.expiration.clone_from(&expiration_settings);
    call.state.note_expiration(&channel_arn);
    Ok(json!({ "ChannelArn": channel_arn, "ExpirationSettings": expiration_settings }))
}

pub(super) fn put_for_user(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let PutForUser { app_instance_user_arn: user, expiration_settings } = call.input()?;
    call.state.directory.user_mut(&user)?.expiration.clone_from(&expiration_settings);
    call.state.note_expiration(&user);
    Ok(json!({ "AppInstanceUserArn": user, "ExpirationSettings": expiration_settings }))
}

/// Refuses a request without a bearer, which the model makes optional for this operation.
pub(super) fn mandatory(bearer: Option<Arn>) -> Result<Arn, Refusal> {
    bearer.ok_or_else(|| bad_request("ChimeBearer: x-amz-chime-bearer is mandatory here"))
}
