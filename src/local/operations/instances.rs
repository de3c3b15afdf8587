//! App instances.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::Tag;
use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{AppInstance, Effect, State, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateAppInstance {
    name: String,
    metadata: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl State {
    /// The app instance called `arn`.
    pub(super) fn instance(&self, arn: &Arn) -> Result<&AppInstance, Refusal> {
        self.instances
            .get(arn)
            .ok_or_else(|| forbidden(format!("AppInstanceArn: there is no app instance {arn}")))
    }

    /// The app instance called `arn`, to change it.
    pub(super) fn instance_mut(&mut self, arn: &Arn) -> Result<&mut AppInstance, Refusal> {
        self.instances
            .get_mut(arn)
            .ok_or_else(|| forbidden(format!("AppInstanceArn: there is no app instance {arn}")))
    }
}

/// Where everything here lives. The account is the one that AWS's own documentation uses.
const HOME: &str = "arn:aws:chime:us-east-1:111122223333";

impl Operation for CreateAppInstance {
    const NAME: &'static str = "CreateAppInstance";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let state = &mut *call.state;
        at_most(state.instances.len() + 1, state.quotas.app_instances, "app instances")?;
        let tags = state.new_tags(self.tags)?;
        let arn = Arn::new(&format!("{HOME}:app-instance/{}", state.ids.uuid()));
        let instance = AppInstance {
            name: self.name,
            metadata: self.metadata,
            created: state.now,
            updated: state.now,
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            admins: BTreeMap::new(),
            retention_days: None,
            retention_since: None,
            streaming: Vec::new(),
        };
        state.instances.insert(arn.clone(), instance);
        state.tag_new(&arn, tags);
        Ok(json!({ "AppInstanceArn": arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeAppInstance {
    app_instance_arn: Arn,
}

impl Operation for DescribeAppInstance {
    const NAME: &'static str = "DescribeAppInstance";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let instance = call.state.instance(&self.app_instance_arn)?;
        Ok(json!({ "AppInstance": {
            "AppInstanceArn": self.app_instance_arn,
            "Name": instance.name,
            "Metadata": instance.metadata,
            "CreatedTimestamp": Call::time(instance.created),
            "LastUpdatedTimestamp": Call::time(instance.updated),
        } }))
    }
}

#[derive(Deserialize)]
pub(super) struct ListAppInstances {
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListAppInstances {
    const NAME: &'static str = "ListAppInstances";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let page = call.page(&[], &self.asked)?;
        let (instances, next) =
            page.json(call.state.instances.range::<str, _>(page.rest()).map(|(arn, instance)| {
                let summary =
                    json!({ "AppInstanceArn": arn, "Name": instance.name, "Metadata": instance.metadata });
                (arn.to_string(), summary)
            }));
        Ok(json!({ "AppInstances": instances, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateAppInstance {
    app_instance_arn: Arn,
    name: String,
    metadata: String,
}

impl Operation for UpdateAppInstance {
    const NAME: &'static str = "UpdateAppInstance";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let now = call.state.now;
        let instance = call.state.instance_mut(&self.app_instance_arn)?;
        (instance.name, instance.metadata, instance.updated) = (self.name, Some(self.metadata), now);
        Ok(json!({ "AppInstanceArn": self.app_instance_arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteAppInstance {
    app_instance_arn: Arn,
}

impl Operation for DeleteAppInstance {
    const NAME: &'static str = "DeleteAppInstance";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = self.app_instance_arn;
        let state = &mut *call.state;
        let instance = state.instance(&arn)?;
        let people: Vec<Arn> = instance.users.keys().chain(instance.bots.keys()).cloned().collect();
        let channels: Vec<Arn> = state.channels_of(&arn).map(|(channel, _)| channel.clone()).collect();
        // Everything in it goes with it, and nobody is told: sessions end.
        for channel in &channels {
            state.forget_channel(channel);
        }
        let inside = |other: &Arn| other.instance().as_ref() == Some(&arn);
        state.flows.retain(|flow, _| !inside(flow));
        state.tags.retain(|tagged, _| !inside(tagged));
        state.instances.remove(&arn);
        call.effects.extend(people.into_iter().map(|who| Effect::Close { who }));
        Ok(nothing())
    }
}
