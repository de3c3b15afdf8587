//! Operations on administrators of app instances.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden};
use crate::local::state::at_most;

/// The administrator named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Admin {
    app_instance_arn: Arn,
    app_instance_admin_arn: Arn,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Admin { app_instance_arn, app_instance_admin_arn: arn } = call.input()?;
    let (most, now) = (call.state.quotas.admins, call.state.now);
    let instance = call.state.directory.instance_mut(&app_instance_arn)?;
    if !instance.has(&arn) {
        return Err(bad_request(format!(
            "AppInstanceAdminArn: {arn} is not a user or bot of the app instance"
        )));
    }
    if instance.admins.contains_key(&arn) {
        return Err(conflict(format!("AppInstanceAdminArn: {arn} is an administrator already")));
    }
    at_most(instance.admins.len() + 1, most, "AppInstanceArn: administrators")?;
    instance.admins.insert(arn.clone(), now);
    let identity = call.state.directory.identity(&arn);
    Ok(json!({ "AppInstanceArn": app_instance_arn, "AppInstanceAdmin": identity }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Admin { app_instance_arn, app_instance_admin_arn: arn } = call.input()?;
    let since = call.state.directory.instance(&app_instance_arn)?.admins.get(&arn);
    let since = since.ok_or_else(|| not_admin(&arn))?;
    Ok(json!({ "AppInstanceAdmin": {
        "AppInstanceArn": app_instance_arn,
        "Admin": call.state.directory.identity(&arn),
        "CreatedTimestamp": Call::time(*since),
    } }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    call.list_of_instance("AppInstanceAdmins", |instance, page| {
        page.of_map(&instance.admins, |arn, _| json!({ "Admin": instance.identity(arn) }))
    })
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Admin { app_instance_arn, app_instance_admin_arn: arn } = call.input()?;
    let removed = call.state.directory.instance_mut(&app_instance_arn)?.admins.remove(&arn);
    removed.map(|_| nothing()).ok_or_else(|| not_admin(&arn))
}

fn not_admin(arn: &Arn) -> Refusal {
    forbidden(format!("AppInstanceAdminArn: {arn} is not an administrator"))
}
