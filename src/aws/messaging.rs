//! [`Messaging`]: `ChannelFlowCallback` of the messaging service.
//!
//! The request is made here, because the SDK's client takes a third of the instructions of a whole message for it. The SDK's HTTP client
//! sends it, and the SDK's deserializer reads the response. Tests compare requests and endpoints with those of the SDK.

mod endpoint;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_chimesdkmessaging::error::{BoxError, ProvideErrorMetadata};
use aws_sdk_chimesdkmessaging::operation::channel_flow_callback::{
    ChannelFlowCallback, ChannelFlowCallbackError, ChannelFlowCallbackOutput,
};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use http_body_util::BodyExt;

use super::clock::wall;
use super::connections;
use super::credentials::CachedCredentials;
use super::signer::SigV4;
use crate::handler::{Attempt, Callback, Lost};
use crate::reply::Reply;

/// A client of the messaging service. Clones share everything.
#[derive(Clone, Debug)]
pub(crate) struct Messaging(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: SharedHttpConnector,
    /// `None` if the settings name no Region, or what no endpoint is known for.
    endpoint: Option<String>,
    credentials: CachedCredentials,
    signer: SigV4,
    /// What reads responses.
    reader: Option<FrozenLayer>,
}

impl Messaging {
    /// Returns a client with `config`, which calls through `http`.
    pub(crate) async fn with(config: &SdkConfig, http: SharedHttpConnector) -> Self {
        let region = config.region().map(AsRef::as_ref).unwrap_or_default();
        Self(Arc::new(Inner {
            http,
            endpoint: endpoint::of(config).await,
            credentials: CachedCredentials::new(config.credentials_provider()),
            signer: SigV4::new("chime", region),
            reader: ChannelFlowCallback::new().config(),
        }))
    }

    /// Opens the connection for the first callback. If this fails, that callback opens it; if it takes long, it goes on beside the first
    /// message, and the callback uses whichever connection is there first.
    pub(super) async fn connect(&self) {
        if let Some(endpoint) = &self.0.endpoint {
            connections::open(&self.0.http, &format!("{endpoint}/")).await;
        }
    }
}

impl Callback for Messaging {
    async fn attempt(&self, reply: &Reply, limit: Duration) -> Attempt {
        let attempt = tokio::time::timeout(limit, self.0.send(reply)).await;
        attempt.unwrap_or(Attempt::Lost(Lost::Timeout))
    }
}

impl Inner {
    async fn send(&self, reply: &Reply) -> Attempt {
        let Ok(mut request) = self.request(reply).await else { return Attempt::Lost(Lost::Connection) };
        let connection = CaptureSmithyConnection::new();
        request.add_extension(connection.clone());
        let mut response = match self.http.call(request).await {
            Ok(response) => response,
            Err(error) if error.is_timeout() => return Attempt::Lost(Lost::Timeout),
            Err(_) => return Attempt::Lost(Lost::Connection),
        };
        if matches!(response.status().as_u16(), 500 | 502 | 503 | 504) {
            // The host behind it may be the one that fails: the next attempt looks for another.
            if let Some(connection) = connection.get() {
                connection.poison();
            }
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken()).collect().await;
        let Ok(body) = body else { return Attempt::Lost(Lost::Garbled) };
        *response.body_mut() = SdkBody::from(body.to_bytes());
        self.read(reply, &response)
    }

    async fn request(&self, reply: &Reply) -> Result<HttpRequest, BoxError> {
        let now = wall();
        let endpoint = self.endpoint.as_ref().ok_or("expected a Region")?;
        let credentials = self.credentials.at(now).await.ok_or("expected credentials")?;
        let mut request = HttpRequest::new(SdkBody::from(wire::body(reply)?));
        request.set_method("POST")?;
        request.set_uri(format!("{endpoint}{}", wire::path(reply)))?;
        let headers = request.headers_mut();
        headers.insert("content-type", "application/json");
        headers.insert("user-agent", concat!("chimeflow/", env!("CARGO_PKG_VERSION")));
        self.signer.sign(&mut request, &credentials, now)?;
        Ok(request)
    }

    /// Interprets a response to `reply`.
    fn read(&self, reply: &Reply, response: &HttpResponse) -> Attempt {
        let reader = self.reader.as_ref().and_then(|reader| reader.load::<SharedResponseDeserializer>());
        let Some(reader) = reader else { return Attempt::Lost(Lost::Garbled) };
        match reader.deserialize_nonstreaming_with_config(response, &ConfigBag::base()) {
            Ok(taken) => match taken.downcast_ref::<ChannelFlowCallbackOutput>() {
                Some(taken) => Attempt::acknowledged(reply, taken.callback_id(), taken.channel_arn()),
                None => Attempt::Lost(Lost::Garbled),
            },
            Err(error) => {
                let refusal = error.as_operation_error();
                let refusal = refusal.and_then(|error| error.downcast_ref::<ChannelFlowCallbackError>());
                let (code, message) = (refusal.and_then(|it| it.code()), refusal.and_then(|it| it.message()));
                Attempt::refused(response.status().as_u16(), code, message)
            }
        }
    }
}
