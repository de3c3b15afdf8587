//! Operations on users of app instances.

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::{self, Tag};
use super::{Call, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, conflict};
use crate::local::state::{Expiration, User, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    app_instance_arn: Arn,
    app_instance_user_id: String,
    name: String,
    metadata: Option<String>,
    expiration_settings: Option<Expiration>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// The user named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserInput {
    app_instance_user_arn: Arn,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    app_instance_user_arn: Arn,
    name: String,
    metadata: String,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Create { app_instance_arn, app_instance_user_id, name, metadata, expiration_settings, tags } =
        call.input()?;
    let state = &mut *call.state;
    let now = state.now;
    let arn = app_instance_arn.child("user", &app_instance_user_id);
    let instance = state.directory.instance_mut(&app_instance_arn)?;
    match instance.users.get(&arn) {
        // Creating a user who already exists with the same properties succeeds.
        Some(user) if user.name == name => return Ok(json!({ "AppInstanceUserArn": arn })),
        Some(_) => {
            return Err(conflict(format!("AppInstanceUserId: there is a user {arn}, by another name")));
        }
        None => at_most(instance.users.len() + 1, state.quotas.users, "AppInstanceArn: users")?,
    }
    let tags = tags::checked(tags, &state.quotas)?;
    let user = User {
        name,
        metadata,
        created: now,
        updated: now,
        expiration: expiration_settings,
        ..User::default()
    };
    instance.users.insert(arn.clone(), user);
    state.tags.set(&arn, tags);
    state.note_expiration(&arn);
    Ok(json!({ "AppInstanceUserArn": arn }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let UserInput { app_instance_user_arn: arn } = call.input()?;
    let user = call.state.directory.user(&arn)?;
    Ok(json!({ "AppInstanceUser": {
        "AppInstanceUserArn": arn,
        "Name": user.name,
        "Metadata": user.metadata,
        "CreatedTimestamp": Call::time(user.created),
        "LastUpdatedTimestamp": Call::time(user.updated),
        "ExpirationSettings": user.expiration,
    } }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    call.list_of_instance("AppInstanceUsers", |instance, page| {
        page.of_map(
            &instance.users,
            |arn, user| json!({ "AppInstanceUserArn": arn, "Name": user.name, "Metadata": user.metadata }),
        )
    })
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { app_instance_user_arn: arn, name, metadata } = call.input()?;
    let now = call.state.now;
    let user = call.state.directory.user_mut(&arn)?;
    (user.name, user.metadata, user.updated) = (name, Some(metadata), now);
    Ok(json!({ "AppInstanceUserArn": arn }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let UserInput { app_instance_user_arn: arn } = call.input()?;
    call.state.directory.user(&arn)?;
    call.state.end_person(&arn, &mut call.effects);
    Ok(nothing())
}
