//! How long app instances keep messages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::Refusal;
use crate::local::state::AppInstance;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutAppInstanceRetentionSettings {
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

impl AppInstance {
    /// What both operations answer.
    fn retention(&self) -> Value {
        let channels = self.retention_days.map(|days| json!({ "RetentionDays": days }));
        json!({
            "AppInstanceRetentionSettings": { "ChannelRetentionSettings": channels },
            "InitiateDeletionTimestamp": self.retention_since.map(Call::time),
        })
    }
}

impl Operation for PutAppInstanceRetentionSettings {
    const NAME: &'static str = "PutAppInstanceRetentionSettings";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let now = call.state.now;
        let instance = call.state.instance_mut(&self.app_instance_arn)?;
        let channels = self.app_instance_retention_settings.channel_retention_settings;
        instance.retention_days = channels.and_then(|channels| channels.retention_days);
        instance.retention_since = instance.retention_days.map(|_| now);
        Ok(instance.retention())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetAppInstanceRetentionSettings {
    app_instance_arn: Arn,
}

impl Operation for GetAppInstanceRetentionSettings {
    const NAME: &'static str = "GetAppInstanceRetentionSettings";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        Ok(call.state.instance(&self.app_instance_arn)?.retention())
    }
}
