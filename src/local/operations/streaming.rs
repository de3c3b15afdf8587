//! Operations on an app instance's streaming configuration. Nothing is sent to Kinesis; the data is recorded instead.

use serde::Deserialize;
use serde_json::{Value, json};

use super::instances::InstanceInput;
use super::{Call, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{ErrorKind, Refusal, bad_request, not_found};
use crate::local::state::{AppInstance, Streaming};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    app_instance_arn: Arn,
    streaming_configurations: Vec<Streaming>,
}

pub(super) fn put(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Put { app_instance_arn, streaming_configurations: configurations } = call.input()?;
    let instance = instance(call, &app_instance_arn)?;
    configurations.iter().try_for_each(|streaming| streaming.check(&app_instance_arn))?;
    if configurations.windows(2).any(|pair| pair[0].data_type == pair[1].data_type) {
        return Err(bad_request("StreamingConfigurations: a DataType is there twice"));
    }
    instance.streaming.clone_from(&configurations);
    Ok(json!({ "StreamingConfigurations": configurations }))
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceInput { app_instance_arn } = call.input()?;
    let streaming = &instance(call, &app_instance_arn)?.streaming;
    if streaming.is_empty() {
        return Err(not_found("AppInstanceArn: the app instance has no streaming configurations"));
    }
    Ok(json!({ "StreamingConfigurations": streaming }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceInput { app_instance_arn } = call.input()?;
    instance(call, &app_instance_arn)?.streaming.clear();
    Ok(nothing())
}

/// Returns the app instance with this ARN, for operations that declare a not-found error.
fn instance<'c>(call: &'c mut Call<'_>, arn: &Arn) -> Result<&'c mut AppInstance, Refusal> {
    let instance = call.state.directory.instance_mut(arn);
    instance.map_err(|refusal| Refusal { kind: ErrorKind::NotFound, ..refusal })
}

impl Streaming {
    /// Refuses a stream that Chime SDK messaging does not support.
    fn check(&self, instance: &Arn) -> Result<(), Refusal> {
        let arn = &self.resource_arn;
        let stream = arn.as_str().splitn(6, ':').nth(5).and_then(|rest| rest.strip_prefix("stream/"));
        if arn.as_str().split(':').nth(2) != Some("kinesis") || stream.is_none() {
            return Err(bad_request(format!("ResourceArn: {arn} is not a Kinesis data stream")));
        }
        if !stream.is_some_and(|name| name.starts_with("chime-messaging-")) {
            return Err(bad_request(
                "ResourceArn: the name of the stream has to begin with chime-messaging-",
            ));
        }
        if arn.home() != instance.home() {
            return Err(bad_request(format!(
                "ResourceArn: {arn} is not in the region and account of the app instance"
            )));
        }
        Ok(())
    }
}
