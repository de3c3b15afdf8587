//! Runs the processor in this process, with the same handler that runs on Lambda, without a network.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::InvocationResult;
use crate::aws::{self, SystemClock};
use crate::handler::{Attempt, Callback, Handler, Store};
use crate::local::refusal::Refusal;
use crate::local::service::Service;
use crate::local::state::End;
use crate::pipeline::Pipeline;
use crate::reply::{Answer, Delivery, Reply};
use crate::state::{Unavailable, Update, Updated};

/// The embedded processor.
#[derive(Debug)]
pub(in super::super) struct Embedded {
    service: Arc<Service>,
    pipeline: RwLock<Arc<Pipeline>>,
}

/// Passes callbacks, and what rules count, directly to the service.
#[derive(Clone, Debug)]
struct Direct {
    service: Arc<Service>,
}

/// The processor's timeout, as the template deploys it.
const TIMEOUT: Duration = Duration::from_secs(30);

impl Embedded {
    pub(in super::super) fn new(service: Arc<Service>, pipeline: Arc<Pipeline>) -> Self {
        Self { service, pipeline: RwLock::new(pipeline) }
    }

    /// Uses other rules from now on.
    pub(in super::super) fn replace(&self, pipeline: Arc<Pipeline>) {
        *self.pipeline.write().unwrap_or_else(PoisonError::into_inner) = pipeline;
    }

    pub(super) async fn invoke(&self, event: &str) -> InvocationResult {
        let pipeline = self.pipeline.read().unwrap_or_else(PoisonError::into_inner).clone();
        let callback = Direct { service: self.service.clone() };
        let store = callback.clone();
        let handler = Handler { pipeline, callback, store, clock: SystemClock, own_bot: None };
        match aws::returned::ReturnValue::of(handler.handle(event, Some(TIMEOUT)).await) {
            Ok(returned) => InvocationResult {
                end: End::Returned,
                payload: serde_json::to_string(&returned).unwrap_or_default(),
            },
            Err(error) => InvocationResult::failed(error.name(), error.to_string()),
        }
    }
}

impl Callback for Direct {
    async fn attempt(&self, reply: &Reply, _: Duration) -> Attempt {
        match self.service.callback(input(reply)).await {
            Ok(_) => Attempt::Accepted,
            Err(Refusal { kind, message }) => {
                Attempt::refused(kind.status(), Some(kind.code()), Some(&message))
            }
        }
    }
}

impl Store for Direct {
    async fn update(&self, update: &Update, _: Duration) -> Result<Updated, Unavailable> {
        self.service.count(update.clone()).map_err(|_| Unavailable::default())
    }
}

/// Returns the input of `ChannelFlowCallback` for a reply.
fn input(reply: &Reply) -> Value {
    let mut message = Map::new();
    let mut add = |name: &str, value: Value| {
        if !value.is_null() {
            message.insert(name.to_owned(), value);
        }
    };
    add("MessageId", json!(reply.to.message_id));
    add("SubChannelId", json!(reply.to.sub_channel));
    if let Answer::Deliver(delivery) = &reply.answer {
        let Delivery { content, metadata, push, attributes } = &**delivery;
        add("Content", json!(content));
        add("Metadata", json!(metadata));
        if let Some(push) = push {
            let members = [("Title", &push.title), ("Body", &push.body), ("Type", &push.kind)];
            let there =
                members.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text.as_ref()?))));
            add("PushNotification", there.collect::<Map<_, _>>().into());
        }
        if let Some(attributes) = attributes {
            let value =
                |(name, values): (&String, &Vec<String>)| (name.clone(), json!({ "StringValues": values }));
            add("MessageAttributes", attributes.iter().map(value).collect::<Map<_, _>>().into());
        }
    }
    json!({
        "ChannelArn": reply.to.channel,
        "CallbackId": reply.to.callback_id,
        "DeleteResource": matches!(reply.answer, Answer::Delete),
        "ChannelMessage": message,
    })
}
