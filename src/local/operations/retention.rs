//! Operations on the retention period of an app instance's messages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Call;
use super::instances::InstanceInput;
use crate::local::arn::Arn;
use crate::local::refusal::Refusal;
use crate::local::state::AppInstance;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    app_instance_arn: Arn,
    app_instance_retention_settings: Settings,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    channel_retention_settings: Option<ChannelSettings>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ChannelSettings {
    retention_days: Option<i64>,
}

pub(super) fn put(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Put { app_instance_arn, app_instance_retention_settings: settings } = call.input()?;
    let now = call.state.now;
    let instance = call.state.directory.instance_mut(&app_instance_arn)?;
    instance.retention_days = settings.channel_retention_settings.and_then(|it| it.retention_days);
    instance.retention_since = instance.retention_days.map(|_| now);
    Ok(instance.retention())
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceInput { app_instance_arn } = call.input()?;
    Ok(call.state.directory.instance(&app_instance_arn)?.retention())
}

impl AppInstance {
    /// Returns the response of both operations.
    fn retention(&self) -> Value {
        let channels = self.retention_days.map(|days| json!({ "RetentionDays": days }));
        json!({
            "AppInstanceRetentionSettings": { "ChannelRetentionSettings": channels },
            "InitiateDeletionTimestamp": self.retention_since.map(Call::time),
        })
    }
}
