//! Users of app instances.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::Tag;
use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, conflict, forbidden};
use crate::local::state::{Expiration, State, User, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateAppInstanceUser {
    app_instance_arn: Arn,
    app_instance_user_id: String,
    name: String,
    metadata: Option<String>,
    expiration_settings: Option<Expiration>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl State {
    /// The user called `arn`.
    pub(super) fn user(&self, arn: &Arn) -> Result<&User, Refusal> {
        let instance = arn.instance().and_then(|instance| self.instances.get(&instance));
        let user = instance.and_then(|instance| instance.users.get(arn));
        user.ok_or_else(|| forbidden(format!("AppInstanceUserArn: there is no user {arn}")))
    }

    /// The user called `arn`, to change it.
    pub(super) fn user_mut(&mut self, arn: &Arn) -> Result<&mut User, Refusal> {
        let instance = arn.instance().and_then(|instance| self.instances.get_mut(&instance));
        let user = instance.and_then(|instance| instance.users.get_mut(arn));
        user.ok_or_else(|| forbidden(format!("AppInstanceUserArn: there is no user {arn}")))
    }
}

impl Operation for CreateAppInstanceUser {
    const NAME: &'static str = "CreateAppInstanceUser";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let state = &mut *call.state;
        let now = state.now;
        let arn = self.app_instance_arn.child("user", &self.app_instance_user_id);
        let instance = state.instance(&self.app_instance_arn)?;
        match instance.users.get(&arn) {
            // To create somebody who is there as they are is no mistake.
            Some(user) if user.name == self.name => return Ok(json!({ "AppInstanceUserArn": arn })),
            Some(_) => {
                return Err(conflict(format!("AppInstanceUserId: there is a user {arn}, by another name")));
            }
            None => at_most(instance.users.len() + 1, state.quotas.users, "AppInstanceArn: users")?,
        }
        let tags = state.new_tags(self.tags)?;
        let user = User {
            name: self.name,
            metadata: self.metadata,
            created: now,
            updated: now,
            expiration: self.expiration_settings,
            endpoints: BTreeMap::new(),
        };
        state.instance_mut(&self.app_instance_arn)?.users.insert(arn.clone(), user);
        state.tag_new(&arn, tags);
        state.note_expiration(&arn);
        Ok(json!({ "AppInstanceUserArn": arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeAppInstanceUser {
    app_instance_user_arn: Arn,
}

impl Operation for DescribeAppInstanceUser {
    const NAME: &'static str = "DescribeAppInstanceUser";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let user = call.state.user(&self.app_instance_user_arn)?;
        Ok(json!({ "AppInstanceUser": {
            "AppInstanceUserArn": self.app_instance_user_arn,
            "Name": user.name,
            "Metadata": user.metadata,
            "CreatedTimestamp": Call::time(user.created),
            "LastUpdatedTimestamp": Call::time(user.updated),
            "ExpirationSettings": user.expiration,
        } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListAppInstanceUsers {
    app_instance_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListAppInstanceUsers {
    const NAME: &'static str = "ListAppInstanceUsers";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let page = call.page(&[self.app_instance_arn.as_str()], &self.asked)?;
        let instance = call.state.instance(&self.app_instance_arn)?;
        let (users, next) = page.json(instance.users.range::<str, _>(page.rest()).map(|(arn, user)| {
            let summary = json!({ "AppInstanceUserArn": arn, "Name": user.name, "Metadata": user.metadata });
            (arn.to_string(), summary)
        }));
        Ok(json!({ "AppInstanceArn": self.app_instance_arn, "AppInstanceUsers": users, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateAppInstanceUser {
    app_instance_user_arn: Arn,
    name: String,
    metadata: String,
}

impl Operation for UpdateAppInstanceUser {
    const NAME: &'static str = "UpdateAppInstanceUser";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let now = call.state.now;
        let user = call.state.user_mut(&self.app_instance_user_arn)?;
        (user.name, user.metadata, user.updated) = (self.name, Some(self.metadata), now);
        Ok(json!({ "AppInstanceUserArn": self.app_instance_user_arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteAppInstanceUser {
    app_instance_user_arn: Arn,
}

impl Operation for DeleteAppInstanceUser {
    const NAME: &'static str = "DeleteAppInstanceUser";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = self.app_instance_user_arn;
        call.state.user(&arn)?;
        call.state.end_user(&arn, &mut call.effects);
        Ok(nothing())
    }
}
