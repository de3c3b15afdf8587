//! Administrators of app instances.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden};
use crate::local::state::at_most;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateAppInstanceAdmin {
    app_instance_arn: Arn,
    app_instance_admin_arn: Arn,
}

impl Operation for CreateAppInstanceAdmin {
    const NAME: &'static str = "CreateAppInstanceAdmin";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (arn, now) = (self.app_instance_admin_arn, call.state.now);
        let identity = call.state.identity(&arn);
        let most = call.state.quotas.admins;
        let instance = call.state.instance_mut(&self.app_instance_arn)?;
        if instance.person(&arn).is_none() {
            let why = format!("AppInstanceAdminArn: {arn} is no user or bot of the app instance");
            return Err(bad_request(why));
        }
        if instance.admins.contains_key(&arn) {
            return Err(conflict(format!("AppInstanceAdminArn: {arn} is an administrator already")));
        }
        at_most(instance.admins.len() + 1, most, "AppInstanceArn: administrators")?;
        instance.admins.insert(arn, now);
        Ok(json!({ "AppInstanceArn": self.app_instance_arn, "AppInstanceAdmin": identity }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeAppInstanceAdmin {
    app_instance_arn: Arn,
    app_instance_admin_arn: Arn,
}

impl Operation for DescribeAppInstanceAdmin {
    const NAME: &'static str = "DescribeAppInstanceAdmin";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = &self.app_instance_admin_arn;
        let since = call.state.instance(&self.app_instance_arn)?.admins.get(arn);
        let since = since.ok_or_else(|| not_admin(arn))?;
        Ok(json!({ "AppInstanceAdmin": {
            "AppInstanceArn": self.app_instance_arn,
            "Admin": call.state.identity(arn),
            "CreatedTimestamp": Call::time(*since),
        } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListAppInstanceAdmins {
    app_instance_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListAppInstanceAdmins {
    const NAME: &'static str = "ListAppInstanceAdmins";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let page = call.page(&[self.app_instance_arn.as_str()], &self.asked)?;
        let instance = call.state.instance(&self.app_instance_arn)?;
        let admin = |(arn, _): (&Arn, _)| (arn.to_string(), json!({ "Admin": call.state.identity(arn) }));
        let (admins, next) = page.json(instance.admins.range::<str, _>(page.rest()).map(admin));
        Ok(json!({ "AppInstanceArn": self.app_instance_arn, "AppInstanceAdmins": admins, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteAppInstanceAdmin {
    app_instance_arn: Arn,
    app_instance_admin_arn: Arn,
}

impl Operation for DeleteAppInstanceAdmin {
    const NAME: &'static str = "DeleteAppInstanceAdmin";
    const SERVICE: Service = Service::Identity;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = &self.app_instance_admin_arn;
        let removed = call.state.instance_mut(&self.app_instance_arn)?.admins.remove(arn);
        removed.map(|_| nothing()).ok_or_else(|| not_admin(arn))
    }
}

fn not_admin(arn: &Arn) -> Refusal {
    forbidden(format!("AppInstanceAdminArn: {arn} is no administrator"))
}
