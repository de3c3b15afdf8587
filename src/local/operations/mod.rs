//! The operations of both services. Each has a type that contains its input, and a function that executes it.
//!
//! Input is validated against the model before it gets here, so a type can rely on what the model guarantees. An operation checks all rules
//! of the service before it changes anything, so a refused request changes nothing. Its response is validated against the model, too.

mod admins;
mod belonging;
mod bots;
mod callback;
mod channels;
mod endpoints;
mod expirations;
mod flows;
mod instances;
mod memberships;
mod messages;
mod moderation;
mod preferences;
mod retention;
mod roles;
mod search;
mod session;
mod streaming;
mod tags;
mod users;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub(super) use self::roles::Caller;
use self::roles::require;
use super::arn::Arn;
use super::ids::hex;
use super::json::drop_nulls;
use super::model::{self, Service};
use super::pagination::Page;
use super::refusal::{ErrorKind, Refusal};
use super::state::{AppInstance, Ban, Effect, Form, Moderator, State};

/// An operation that is being executed.
#[derive(Debug)]
pub(super) struct Call<'s> {
    pub state: &'s mut State,
    /// The effects so far.
    pub effects: Vec<Effect>,
    /// The address of this service, as clients reach it.
    address: &'s str,
    operation: &'static str,
    input: Value,
}

/// An entry in the table of operations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The name of the operation in the model.
    pub name: &'static str,
    /// The service that has the operation.
    pub service: Service,
    run: Run,
}

/// Executes an operation. Returns the response, in which null members are omitted later, or an error that says which rule of the service
/// the request violates.
type Run = fn(&mut Call<'_>) -> Result<Value, Refusal>;

const fn messaging(name: &'static str, run: Run) -> Row {
    Row { name, service: Service::Messaging, run }
}

const fn identity(name: &'static str, run: Run) -> Row {
    Row { name, service: Service::Identity, run }
}

/// All operations of both services.
const OPERATIONS: &[Row] = &[
    identity("CreateAppInstanceAdmin", admins::create),
    identity("DeleteAppInstanceAdmin", admins::delete),
    identity("DescribeAppInstanceAdmin", admins::describe),
    identity("ListAppInstanceAdmins", admins::list),
    messaging("CreateChannelBan", moderation::create_ban),
    messaging("DeleteChannelBan", moderation::delete::<Ban>),
    messaging("DescribeChannelBan", moderation::describe::<Ban>),
    messaging("ListChannelBans", moderation::list::<Ban>),
    messaging("BatchCreateChannelMembership", memberships::create_batch),
    messaging("DescribeChannelMembershipForAppInstanceUser", belonging::describe_membership),
    messaging("DescribeChannelModeratedByAppInstanceUser", belonging::describe_moderated),
    messaging("ListChannelMembershipsForAppInstanceUser", belonging::list_memberships),
    messaging("ListChannelsModeratedByAppInstanceUser", belonging::list_moderated),
    identity("CreateAppInstanceBot", bots::create),
    identity("DeleteAppInstanceBot", bots::delete),
    identity("DescribeAppInstanceBot", bots::describe),
    identity("ListAppInstanceBots", bots::list),
    identity("UpdateAppInstanceBot", bots::update),
    messaging("ChannelFlowCallback", callback::call_back),
    messaging("CreateChannel", channels::create),
    messaging("DeleteChannel", channels::delete),
    messaging("DescribeChannel", channels::describe),
    messaging("ListChannels", channels::list),
    messaging("UpdateChannel", channels::update),
    identity("DeregisterAppInstanceUserEndpoint", endpoints::deregister),
    identity("DescribeAppInstanceUserEndpoint", endpoints::describe),
    identity("ListAppInstanceUserEndpoints", endpoints::list),
    identity("RegisterAppInstanceUserEndpoint", endpoints::register),
    identity("UpdateAppInstanceUserEndpoint", endpoints::update),
    identity("PutAppInstanceUserExpirationSettings", expirations::put_for_user),
    messaging("PutChannelExpirationSettings", expirations::put_for_channel),
    messaging("AssociateChannelFlow", flows::associate),
    messaging("CreateChannelFlow", flows::create),
    messaging("DeleteChannelFlow", flows::delete),
    messaging("DescribeChannelFlow", flows::describe),
    messaging("DisassociateChannelFlow", flows::disassociate),
    messaging("ListChannelFlows", flows::list),
    messaging("ListChannelsAssociatedWithChannelFlow", flows::list_channels),
    messaging("UpdateChannelFlow", flows::update),
    identity("CreateAppInstance", instances::create),
    identity("DeleteAppInstance", instances::delete),
    identity("DescribeAppInstance", instances::describe),
    identity("ListAppInstances", instances::list),
    identity("UpdateAppInstance", instances::update),
    messaging("CreateChannelMembership", memberships::create),
    messaging("DeleteChannelMembership", memberships::delete),
    messaging("DescribeChannelMembership", memberships::describe),
    messaging("ListChannelMemberships", memberships::list),
    messaging("DeleteChannelMessage", messages::delete),
    messaging("GetChannelMessage", messages::get),
    messaging("GetChannelMessageStatus", messages::get_status),
    messaging("ListChannelMessages", messages::list),
    messaging("RedactChannelMessage", messages::redact),
    messaging("SendChannelMessage", messages::send),
    messaging("UpdateChannelMessage", messages::update),
    messaging("CreateChannelModerator", moderation::create_moderator),
    messaging("DeleteChannelModerator", moderation::delete::<Moderator>),
    messaging("DescribeChannelModerator", moderation::describe::<Moderator>),
    messaging("ListChannelModerators", moderation::list::<Moderator>),
    messaging("GetChannelMembershipPreferences", preferences::get),
    messaging("PutChannelMembershipPreferences", preferences::put),
    messaging("UpdateChannelReadMarker", preferences::update_read_marker),
    identity("GetAppInstanceRetentionSettings", retention::get),
    identity("PutAppInstanceRetentionSettings", retention::put),
    messaging("SearchChannels", search::search),
    messaging("GetMessagingSessionEndpoint", session::get_endpoint),
    messaging("DeleteMessagingStreamingConfigurations", streaming::delete),
    messaging("GetMessagingStreamingConfigurations", streaming::get),
    messaging("PutMessagingStreamingConfigurations", streaming::put),
    messaging("ListSubChannels", channels::list_sub_channels),
    messaging("ListTagsForResource", tags::list),
    identity("ListTagsForResource", tags::list),
    messaging("TagResource", tags::tag),
    identity("TagResource", tags::tag),
    messaging("UntagResource", tags::untag),
    identity("UntagResource", tags::untag),
    identity("CreateAppInstanceUser", users::create),
    identity("DeleteAppInstanceUser", users::delete),
    identity("DescribeAppInstanceUser", users::describe),
    identity("ListAppInstanceUsers", users::list),
    identity("UpdateAppInstanceUser", users::update),
];

/// Returns the table entry of an operation, if it is implemented.
pub(super) fn find(operation: &model::Operation) -> Option<&'static Row> {
    OPERATIONS.iter().find(|row| row.name == operation.name && row.service == operation.service)
}

/// Returns whether the operation called `name` may change anything.
pub(super) fn writes(name: &str) -> bool {
    !["Describe", "Get", "List", "Search"].iter().any(|verb| name.starts_with(verb))
}

impl Row {
    /// Returns whether the operation may change anything. Operations that only read are not written to the journal.
    pub(super) fn writes(&self) -> bool {
        writes(self.name)
    }

    /// Executes the operation with `input`, which was validated against the model.
    ///
    /// # Errors
    /// If the request violates a rule of the service. Nothing has changed then.
    pub(super) fn carry_out(
        &self,
        state: &mut State,
        address: &str,
        input: Value,
    ) -> Result<(Value, Vec<Effect>), Refusal> {
        let repeat = repeat(self.name, &input);
        if let Some((name, request)) = &repeat
            && let Some(answer) = state.tokens.answered(name, request, state.now)?
        {
            return Ok((answer, Vec::new()));
        }
        let mut call = Call { state, effects: Vec::new(), address, operation: self.name, input };
        let mut answer = (self.run)(&mut call)?;
        drop_nulls(&mut answer);
        let effects = call.effects;
        if let Some((name, request)) = repeat {
            state.tokens.keep(name, request, answer.clone(), state.now);
        }
        Ok((answer, effects))
    }
}

/// Returns the key under which a repeated request is recognized, and a hash of its input.
fn repeat(operation: &str, input: &Value) -> Option<(String, String)> {
    let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default();
    let token = input.get("ClientRequestToken")?.as_str()?;
    // The key includes the caller: two callers may generate the same token.
    let name = [operation, text("ChimeBearer"), text("AppInstanceArn"), text("ChannelArn"), token].join("\n");
    Some((name, hex(&Sha256::digest(input.to_string())[..16])))
}

impl Call<'_> {
    /// Returns the operation's input as a typed value.
    fn input<T: DeserializeOwned>(&mut self) -> Result<T, Refusal> {
        // The input is valid according to the model, so an error is a bug in one of our types. A test of all operations detects it.
        let input = serde_json::from_value(self.input.take());
        input.map_err(|error| ErrorKind::ServiceFailure.because(format!("{}: {error}", self.operation)))
    }

    /// Returns the roles of the request's bearer in its channel.
    fn caller(&self, about: &ChannelInput) -> Result<Caller, Refusal> {
        self.state.caller(&about.chime_bearer, &about.channel_arn)
    }

    /// Returns a page of an app instance's resources as the member `name` of the response; `list` selects the page.
    fn list_of_instance(
        &mut self,
        name: &str,
        list: impl FnOnce(&AppInstance, &Page) -> (Value, Value),
    ) -> Result<Value, Refusal> {
        let InstanceListInput { app_instance_arn, paging } = self.input()?;
        let page = self.page(&[app_instance_arn.as_str()], &paging)?;
        let (items, next) = list(self.state.directory.instance(&app_instance_arn)?, &page);
        Ok(json!({ "AppInstanceArn": app_instance_arn, name: items, "NextToken": next }))
    }

    /// Returns the page of this operation's list that `paging` requests, for these filters.
    fn page(&self, filters: &[&str], paging: &Paging) -> Result<Page, Refusal> {
        let list: Vec<_> = [self.operation].iter().chain(filters).copied().collect();
        Page::of(&list, paging.max_results, paging.next_token.as_deref())
    }

    /// Returns a time in the format of responses.
    fn time(time: super::time::Timestamp) -> Value {
        Form::Answer.time(time)
    }
}

/// The channel that a request is about, and the caller.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ChannelInput {
    channel_arn: Arn,
    chime_bearer: Arn,
}

/// A request for a list of resources of an app instance.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstanceListInput {
    app_instance_arn: Arn,
    #[serde(flatten)]
    paging: Paging,
}

/// The paging parameters of every list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Paging {
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// Returns a response without content.
fn nothing() -> Value {
    Value::Object(Map::new())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::local::model::Model;

    #[test]
    fn the_rows_are_the_operations_of_the_model() {
        let model = Model::load();
        for row in OPERATIONS {
            assert!(model.operation(row.service, row.name).is_some(), "{}", row.name);
        }
        let names: HashSet<_> = OPERATIONS.iter().map(|row| (row.name, row.service as u8)).collect();
        assert_eq!(names.len(), OPERATIONS.len(), "no operation has two rows");
        assert_eq!(names.len(), model.operations().len(), "every operation of the model has a row");
    }
}
