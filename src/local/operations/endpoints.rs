//! Devices that users get push notifications on. They are kept; nothing is pushed to them from here.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Endpoint, State, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RegisterAppInstanceUserEndpoint {
    app_instance_user_arn: Arn,
    name: Option<String>,
    r#type: String,
    resource_arn: Arn,
    endpoint_attributes: Value,
    allow_messages: Option<String>,
}

/// Which device of whom.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Which {
    app_instance_user_arn: Arn,
    endpoint_id: String,
}

impl Which {
    fn endpoint<'s>(&self, state: &'s State) -> Result<&'s Endpoint, Refusal> {
        state
            .user(&self.app_instance_user_arn)?
            .endpoints
            .get(&self.endpoint_id)
            .ok_or_else(|| self.nowhere())
    }

    fn nowhere(&self) -> Refusal {
        forbidden(format!("EndpointId: the user has no endpoint {}", self.endpoint_id))
    }
}

/// `AppInstanceUserEndpointSummary` of the model.
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

impl Operation for RegisterAppInstanceUserEndpoint {
    const NAME: &'static str = "RegisterAppInstanceUserEndpoint";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let most = call.state.quotas.endpoints_of_a_user;
        let user = call.state.user(&self.app_instance_user_arn)?;
        at_most(user.endpoints.len() + 1, most, "AppInstanceUserArn: endpoints")?;
        let (id, now) = (call.state.ids.uuid(), call.state.now);
        let settings: Map<String, Value> = [
            ("Name", json!(self.name)),
            ("Type", json!(self.r#type)),
            ("ResourceArn", json!(self.resource_arn)),
            ("EndpointAttributes", self.endpoint_attributes),
            ("AllowMessages", json!(self.allow_messages.as_deref().unwrap_or("ALL"))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect();
        let endpoint = Endpoint { created: now, updated: now, settings };
        call.state.user_mut(&self.app_instance_user_arn)?.endpoints.insert(id.clone(), endpoint);
        Ok(json!({ "AppInstanceUserArn": self.app_instance_user_arn, "EndpointId": id }))
    }
}

#[derive(Deserialize)]
pub(super) struct DescribeAppInstanceUserEndpoint {
    #[serde(flatten)]
    which: Which,
}

impl Operation for DescribeAppInstanceUserEndpoint {
    const NAME: &'static str = "DescribeAppInstanceUserEndpoint";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let endpoint = self.which.endpoint(call.state)?;
        let mut all = summary(&self.which.app_instance_user_arn, &self.which.endpoint_id, endpoint);
        for name in ["ResourceArn", "EndpointAttributes"] {
            all[name] = json!(endpoint.settings.get(name));
        }
        all["CreatedTimestamp"] = Call::time(endpoint.created);
        all["LastUpdatedTimestamp"] = Call::time(endpoint.updated);
        Ok(json!({ "AppInstanceUserEndpoint": all }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListAppInstanceUserEndpoints {
    app_instance_user_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListAppInstanceUserEndpoints {
    const NAME: &'static str = "ListAppInstanceUserEndpoints";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let user = &self.app_instance_user_arn;
        let page = call.page(&[user.as_str()], &self.asked)?;
        let endpoints = call.state.user(user)?.endpoints.range::<str, _>(page.rest());
        let (endpoints, next) =
            page.json(endpoints.map(|(id, endpoint)| (id.clone(), summary(user, id, endpoint))));
        Ok(json!({ "AppInstanceUserEndpoints": endpoints, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateAppInstanceUserEndpoint {
    #[serde(flatten)]
    which: Which,
    name: Option<String>,
    allow_messages: Option<String>,
}

impl Operation for UpdateAppInstanceUserEndpoint {
    const NAME: &'static str = "UpdateAppInstanceUserEndpoint";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let Which { app_instance_user_arn: user, endpoint_id: id } = &self.which;
        self.which.endpoint(call.state)?;
        let now = call.state.now;
        let endpoints = &mut call.state.user_mut(user)?.endpoints;
        let endpoint = endpoints.get_mut(id).ok_or_else(|| self.which.nowhere())?;
        for (name, value) in [("Name", self.name), ("AllowMessages", self.allow_messages)] {
            if let Some(value) = value {
                endpoint.settings.insert(name.to_owned(), value.into());
            }
        }
        endpoint.updated = now;
        Ok(json!({ "AppInstanceUserArn": user, "EndpointId": id }))
    }
}

#[derive(Deserialize)]
pub(super) struct DeregisterAppInstanceUserEndpoint {
    #[serde(flatten)]
    which: Which,
}

impl Operation for DeregisterAppInstanceUserEndpoint {
    const NAME: &'static str = "DeregisterAppInstanceUserEndpoint";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let user = call.state.user_mut(&self.which.app_instance_user_arn)?;
        user.endpoints.remove(&self.which.endpoint_id).map(|_| nothing()).ok_or_else(|| self.which.nowhere())
    }
}
