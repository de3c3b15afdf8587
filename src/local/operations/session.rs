//! Where messaging sessions connect to.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation};
use crate::local::model::Service;
use crate::local::refusal::Refusal;

#[derive(Deserialize)]
pub(super) struct GetMessagingSessionEndpoint {}

impl Operation for GetMessagingSessionEndpoint {
    const NAME: &'static str = "GetMessagingSessionEndpoint";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        // A host and a port: clients put `wss://` before it themselves.
        Ok(json!({ "Endpoint": { "Url": call.address } }))
    }
}
