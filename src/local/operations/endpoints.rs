//! Operations on the devices that receive a user's push notifications. They are stored, but this service sends no notifications.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Call, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Endpoint, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Register {
    app_instance_user_arn: Arn,
    name: Option<String>,
    r#type: String,
    resource_arn: Arn,
    endpoint_attributes: Value,
    allow_messages: Option<String>,
}

/// The device named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EndpointInput {
    #[serde(rename = "AppInstanceUserArn")]
    user: Arn,
    #[serde(rename = "EndpointId")]
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    app_instance_user_arn: Arn,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(flatten)]
    endpoint: EndpointInput,
    name: Option<String>,
    allow_messages: Option<String>,
}

pub(super) fn register(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: Register = call.input()?;
    let (most, now) = (call.state.quotas.endpoints_of_a_user, call.state.now);
    let user = call.state.directory.user_mut(&input.app_instance_user_arn)?;
    at_most(user.endpoints.len() + 1, most, "AppInstanceUserArn: endpoints")?;
    let id = call.state.ids.uuid();
    let settings: Map<String, Value> = [
        ("Name", json!(input.name)),
        ("Type", json!(input.r#type)),
        ("ResourceArn", json!(input.resource_arn)),
        ("EndpointAttributes", input.endpoint_attributes),
        ("AllowMessages", json!(input.allow_messages.as_deref().unwrap_or("ALL"))),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect();
    user.endpoints.insert(id.clone(), Endpoint { created: now, updated: now, settings });
    Ok(json!({ "AppInstanceUserArn": input.app_instance_user_arn, "EndpointId": id }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let EndpointInput { user, id } = call.input()?;
    let endpoint = call.state.directory.user(&user)?.endpoints.get(&id);
    let endpoint = endpoint.ok_or_else(|| no_endpoint(&id))?;
    let mut all = summary(&user, &id, endpoint);
    for name in ["ResourceArn", "EndpointAttributes"] {
        all[name] = json!(endpoint.settings.get(name));
    }
    all["CreatedTimestamp"] = Call::time(endpoint.created);
    all["LastUpdatedTimestamp"] = Call::time(endpoint.updated);
    Ok(json!({ "AppInstanceUserEndpoint": all }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { app_instance_user_arn: user, paging } = call.input()?;
    let page = call.page(&[user.as_str()], &paging)?;
    let endpoints = &call.state.directory.user(&user)?.endpoints;
    let (endpoints, next) = page.of_map(endpoints, |id, endpoint| summary(&user, id, endpoint));
    Ok(json!({ "AppInstanceUserEndpoints": endpoints, "NextToken": next }))
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { endpoint: EndpointInput { user, id }, name, allow_messages } = call.input()?;
    let now = call.state.now;
    let endpoint = call.state.directory.user_mut(&user)?.endpoints.get_mut(&id);
    let endpoint = endpoint.ok_or_else(|| no_endpoint(&id))?;
    for (name, value) in [("Name", name), ("AllowMessages", allow_messages)] {
        if let Some(value) = value {
            endpoint.settings.insert(name.to_owned(), value.into());
        }
    }
    endpoint.updated = now;
    Ok(json!({ "AppInstanceUserArn": user, "EndpointId": id }))
}

pub(super) fn deregister(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let EndpointInput { user, id } = call.input()?;
    let removed = call.state.directory.user_mut(&user)?.endpoints.remove(&id);
    call.state.tokens.forget(&id);
    removed.map(|_| nothing()).ok_or_else(|| no_endpoint(&id))
}

/// Returns the device as the model's `AppInstanceUserEndpointSummary`.
fn summary(user: &Arn, id: &str, endpoint: &Endpoint) -> Value {
    json!({
        "AppInstanceUserArn": user,
        "EndpointId": id,
        "Name": endpoint.settings.get("Name"),
        "Type": endpoint.settings.get("Type"),
        "AllowMessages": endpoint.settings.get("AllowMessages"),
        "EndpointState": { "Status": "ACTIVE" },
    })
}

fn no_endpoint(id: &str) -> Refusal {
    forbidden(format!("EndpointId: the user has no endpoint {id}"))
}
