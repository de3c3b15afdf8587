//! Returns the endpoint for messaging sessions.

use serde_json::{Value, json};

use super::Call;
use crate::local::refusal::Refusal;

#[expect(clippy::unnecessary_wraps, reason = "other operations may refuse")]
pub(super) fn get_endpoint(call: &mut Call<'_>) -> Result<Value, Refusal> {
    // A host and a port, because clients add `wss://` themselves.
    Ok(json!({ "Endpoint": { "Url": call.address } }))
}
