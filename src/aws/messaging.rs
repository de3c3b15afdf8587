//! [`Messaging`]: the messaging service, through the AWS SDK.

use std::collections::HashMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_sdk_chimesdkmessaging::Client;
use aws_sdk_chimesdkmessaging::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_sdk_chimesdkmessaging::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_chimesdkmessaging::error::{BoxError, ProvideErrorMetadata, SdkError};
use aws_sdk_chimesdkmessaging::operation::channel_flow_callback::ChannelFlowCallbackError;
use aws_sdk_chimesdkmessaging::operation::channel_flow_callback::builders::ChannelFlowCallbackFluentBuilder;
use aws_sdk_chimesdkmessaging::types::{
    ChannelMessageCallback, MessageAttributeValue, PushNotificationConfiguration,
};
use aws_smithy_runtime_api::client::interceptors::disable_interceptor;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Request;

use super::sdk::CONNECT;
use super::signer::SigV4;
use crate::handler::{Attempt, Callback, Lost};
use crate::reply::{Answer, Delivery, Push, Reply};

/// The client of the messaging service.
#[derive(Clone, Debug)]
pub(crate) struct Messaging {
    client: Client,
}

impl Messaging {
    /// Returns a client with `config`, in which retries must be disabled: the handler makes them.
    #[must_use]
    pub(crate) fn with(config: &SdkConfig) -> Self {
        let mut client = aws_sdk_chimesdkmessaging::config::Builder::from(config).interceptor(OwnName);
        if let Some(region) = config.region() {
            client = client.push_auth_scheme(SigV4::new("chime", region.as_ref()));
        }
        Self { client: Client::from_conf(client.build()) }
    }

    /// Opens the connection for the first callback. If this fails, that callback opens it; if it takes long, it goes on beside the first
    /// message, and the callback uses whichever connection is there first.
    pub(super) async fn connect(&self) {
        let message = ChannelMessageCallback::builder().message_id("warm-up").build();
        let call = self
            .client
            .channel_flow_callback()
            .callback_id("warm-up")
            .channel_arn("warm-up")
            .set_channel_message(message.ok())
            .customize()
            .interceptor(BareGet);
        let opening = tokio::spawn(call.send());
        let _ = tokio::time::timeout(CONNECT, opening).await;
    }

    fn request(&self, reply: &Reply) -> ChannelFlowCallbackFluentBuilder {
        let to = &reply.to;
        let mut message = ChannelMessageCallback::builder()
            .message_id(&to.message_id)
            .set_sub_channel_id(to.sub_channel.clone());
        let mut delete = None;
        match &reply.answer {
            Answer::Delete => delete = Some(true),
            Answer::Deliver(delivery) => {
                let Delivery { content, metadata, push, attributes } = &**delivery;
                message = message
                    .set_content(content.clone())
                    .set_metadata(metadata.clone())
                    .set_push_notification(push.as_ref().map(notification))
                    .set_message_attributes(
                        attributes.as_ref().map(|all| all.iter().map(attribute).collect::<HashMap<_, _>>()),
                    );
            }
        }
        self.client
            .channel_flow_callback()
            .callback_id(&to.callback_id)
            .channel_arn(&to.channel)
            .set_channel_message(message.build().ok())
            .set_delete_resource(delete)
    }
}

fn notification(push: &Push) -> PushNotificationConfiguration {
    PushNotificationConfiguration::builder()
        .set_title(push.title.clone())
        .set_body(push.body.clone())
        .set_type(push.kind.as_deref().map(Into::into))
        .build()
}

fn attribute((name, values): (&String, &Vec<String>)) -> (String, MessageAttributeValue) {
    let values = Some(values.clone());
    (name.clone(), MessageAttributeValue::builder().set_string_values(values).build())
}

impl Callback for Messaging {
    async fn attempt(&self, reply: &Reply, limit: Duration) -> Attempt {
        match tokio::time::timeout(limit, self.request(reply).send()).await {
            Ok(Ok(taken)) => Attempt::acknowledged(reply, taken.callback_id(), taken.channel_arn()),
            Ok(Err(error)) => outcome(&error),
            Err(_) => Attempt::Lost(Lost::Timeout),
        }
    }
}

/// Returns what is known about a failed attempt.
fn outcome(error: &SdkError<ChannelFlowCallbackError, HttpResponse>) -> Attempt {
    match error {
        SdkError::ServiceError(refusal) => {
            let status = refusal.raw().status().as_u16();
            Attempt::refused(status, refusal.err().code(), refusal.err().message())
        }
        SdkError::ResponseError(_) => Attempt::Lost(Lost::Garbled),
        SdkError::TimeoutError(_) => Attempt::Lost(Lost::Timeout),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Attempt::Lost(Lost::Timeout),
        _ => Attempt::Lost(Lost::Connection),
    }
}

/// Names Chimeflow as the user agent. The SDK's own interceptor collects an account of all its parts for every request.
#[derive(Debug)]
struct OwnName;

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for OwnName {
    fn name(&self) -> &'static str {
        "OwnName"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state()
            .store_put(disable_interceptor::<UserAgentInterceptor>("Chimeflow names itself"));
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context
            .request_mut()
            .headers_mut()
            .insert("user-agent", concat!("chimeflow/", env!("CARGO_PKG_VERSION")));
        Ok(())
    }
}

/// Reduces a call to a bare `GET /` to the same endpoint: this opens the same connection, but is no request for the service.
#[derive(Debug)]
struct BareGet;

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for BareGet {
    fn name(&self) -> &'static str {
        "BareGet"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let uri = request.uri();
        let path = uri.find("://").and_then(|at| Some(at + 3 + uri[at + 3..].find('/')?));
        *request = Request::get(&uri[..path.unwrap_or(uri.len())])?;
        Ok(())
    }
}
