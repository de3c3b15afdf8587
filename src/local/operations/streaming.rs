//! Where an app instance streams what happens in it. Nothing is sent to Kinesis from here: what would have been is recorded.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, not_found};
use crate::local::state::{AppInstance, State, Streaming};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutMessagingStreamingConfigurations {
    app_instance_arn: Arn,
    streaming_configurations: Vec<Streaming>,
}

impl Streaming {
    /// Refuses what Chime SDK messaging cannot stream to.
    fn check(&self, instance: &Arn) -> Result<(), Refusal> {
        let arn = &self.resource_arn;
        let stream = arn.as_str().splitn(6, ':').nth(5).and_then(|rest| rest.strip_prefix("stream/"));
        if arn.as_str().split(':').nth(2) != Some("kinesis") || stream.is_none() {
            return Err(bad_request(format!("ResourceArn: {arn} is no Kinesis data stream")));
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

impl State {
    /// The app instance called `arn`, for those operations that say when something is not there.
    fn streaming_instance(&mut self, arn: &Arn) -> Result<&mut AppInstance, Refusal> {
        let instance = self.instances.get_mut(arn);
        instance.ok_or_else(|| not_found(format!("AppInstanceArn: there is no app instance {arn}")))
    }
}

impl Operation for PutMessagingStreamingConfigurations {
    const NAME: &'static str = "PutMessagingStreamingConfigurations";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let instance = call.state.streaming_instance(&self.app_instance_arn)?;
        let wanted = self.streaming_configurations;
        wanted.iter().try_for_each(|streaming| streaming.check(&self.app_instance_arn))?;
        if wanted.windows(2).any(|pair| pair[0].data_type == pair[1].data_type) {
            return Err(bad_request("StreamingConfigurations: a DataType is there twice"));
        }
        instance.streaming.clone_from(&wanted);
        Ok(json!({ "StreamingConfigurations": wanted }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetMessagingStreamingConfigurations {
    app_instance_arn: Arn,
}

impl Operation for GetMessagingStreamingConfigurations {
    const NAME: &'static str = "GetMessagingStreamingConfigurations";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let streaming = &call.state.streaming_instance(&self.app_instance_arn)?.streaming;
        if streaming.is_empty() {
            return Err(not_found("AppInstanceArn: the app instance has no streaming configurations"));
        }
        Ok(json!({ "StreamingConfigurations": streaming }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteMessagingStreamingConfigurations {
    app_instance_arn: Arn,
}

impl Operation for DeleteMessagingStreamingConfigurations {
    const NAME: &'static str = "DeleteMessagingStreamingConfigurations";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.streaming_instance(&self.app_instance_arn)?.streaming.clear();
        Ok(nothing())
    }
}
