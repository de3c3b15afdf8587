//! What the operations do, each a type that is its input and knows how to run.
//!
//! Input was checked against the model before it gets here, so a type reads what the model promises. An operation checks every
//! rule before it changes anything: one that is refused has changed nothing. What it answers is checked against the model too.

mod admins;
mod bans;
mod batch;
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
mod moderators;
mod preferences;
mod retention;
mod roles;
mod search;
mod session;
mod streaming;
mod sub_channels;
mod tags;
mod users;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

pub(super) use self::roles::Caller;
use self::roles::require;
use super::ids::hex;
use super::json::drop_nulls;
use super::model::{self, Service};
use super::page::Page;
use super::refusal::{ErrorKind, Refusal};
use super::state::{Effect, Form, State};

/// What an operation does. The type itself is the operation's input.
pub(super) trait Operation: DeserializeOwned {
    /// Its name in the model.
    const NAME: &'static str;
    /// Which of the services has it.
    const SERVICE: Service;

    /// Does it, and gives the answer: members that are null are left out of it.
    ///
    /// # Errors
    /// When a rule of the service is against it.
    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal>;
}

/// An operation that is being carried out.
#[derive(Debug)]
pub(super) struct Call<'s> {
    pub state: &'s mut State,
    /// What has to happen outside, so far.
    pub effects: Vec<Effect>,
    /// The address of this service, as clients reach it.
    pub address: &'s str,
    operation: &'static str,
}

/// A row of the table of operations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub name: &'static str,
    pub service: Service,
    run: fn(&mut Call<'_>, Value) -> Result<Value, Refusal>,
}

const fn row<O: Operation>() -> Row {
    Row { name: O::NAME, service: O::SERVICE, run: run::<O> }
}

/// The same operation of the other service.
const fn in_identity(row: Row) -> Row {
    Row { service: Service::Identity, ..row }
}

fn run<O: Operation>(call: &mut Call<'_>, input: Value) -> Result<Value, Refusal> {
    let operation = serde_json::from_value::<O>(input);
    // The model was checked, so this is a type of ours that disagrees with it: a bug, which a test of every operation finds.
    let operation =
        operation.map_err(|error| ErrorKind::ServiceFailure.because(format!("{}: {error}", O::NAME)))?;
    operation.run(call)
}

/// All operations of both services.
const OPERATIONS: &[Row] = &[
    row::<admins::CreateAppInstanceAdmin>(),
    row::<admins::DeleteAppInstanceAdmin>(),
    row::<admins::DescribeAppInstanceAdmin>(),
    row::<admins::ListAppInstanceAdmins>(),
    row::<bans::CreateChannelBan>(),
    row::<bans::DeleteChannelBan>(),
    row::<bans::DescribeChannelBan>(),
    row::<bans::ListChannelBans>(),
    row::<batch::BatchCreateChannelMembership>(),
    row::<belonging::DescribeChannelMembershipForAppInstanceUser>(),
    row::<belonging::DescribeChannelModeratedByAppInstanceUser>(),
    row::<belonging::ListChannelMembershipsForAppInstanceUser>(),
    row::<belonging::ListChannelsModeratedByAppInstanceUser>(),
    row::<bots::CreateAppInstanceBot>(),
    row::<bots::DeleteAppInstanceBot>(),
    row::<bots::DescribeAppInstanceBot>(),
    row::<bots::ListAppInstanceBots>(),
    row::<bots::UpdateAppInstanceBot>(),
    row::<callback::ChannelFlowCallback>(),
    row::<channels::CreateChannel>(),
    row::<channels::DeleteChannel>(),
    row::<channels::DescribeChannel>(),
    row::<channels::ListChannels>(),
    row::<channels::UpdateChannel>(),
    row::<endpoints::DeregisterAppInstanceUserEndpoint>(),
    row::<endpoints::DescribeAppInstanceUserEndpoint>(),
    row::<endpoints::ListAppInstanceUserEndpoints>(),
    row::<endpoints::RegisterAppInstanceUserEndpoint>(),
    row::<endpoints::UpdateAppInstanceUserEndpoint>(),
    row::<expirations::PutAppInstanceUserExpirationSettings>(),
    row::<expirations::PutChannelExpirationSettings>(),
    row::<flows::AssociateChannelFlow>(),
    row::<flows::CreateChannelFlow>(),
    row::<flows::DeleteChannelFlow>(),
    row::<flows::DescribeChannelFlow>(),
    row::<flows::DisassociateChannelFlow>(),
    row::<flows::ListChannelFlows>(),
    row::<flows::ListChannelsAssociatedWithChannelFlow>(),
    row::<flows::UpdateChannelFlow>(),
    row::<instances::CreateAppInstance>(),
    row::<instances::DeleteAppInstance>(),
    row::<instances::DescribeAppInstance>(),
    row::<instances::ListAppInstances>(),
    row::<instances::UpdateAppInstance>(),
    row::<memberships::CreateChannelMembership>(),
    row::<memberships::DeleteChannelMembership>(),
    row::<memberships::DescribeChannelMembership>(),
    row::<memberships::ListChannelMemberships>(),
    row::<messages::DeleteChannelMessage>(),
    row::<messages::GetChannelMessage>(),
    row::<messages::GetChannelMessageStatus>(),
    row::<messages::ListChannelMessages>(),
    row::<messages::RedactChannelMessage>(),
    row::<messages::SendChannelMessage>(),
    row::<messages::UpdateChannelMessage>(),
    row::<moderators::CreateChannelModerator>(),
    row::<moderators::DeleteChannelModerator>(),
    row::<moderators::DescribeChannelModerator>(),
    row::<moderators::ListChannelModerators>(),
    row::<preferences::GetChannelMembershipPreferences>(),
    row::<preferences::PutChannelMembershipPreferences>(),
    row::<preferences::UpdateChannelReadMarker>(),
    row::<retention::GetAppInstanceRetentionSettings>(),
    row::<retention::PutAppInstanceRetentionSettings>(),
    row::<search::SearchChannels>(),
    row::<session::GetMessagingSessionEndpoint>(),
    row::<streaming::DeleteMessagingStreamingConfigurations>(),
    row::<streaming::GetMessagingStreamingConfigurations>(),
    row::<streaming::PutMessagingStreamingConfigurations>(),
    row::<sub_channels::ListSubChannels>(),
    row::<tags::ListTagsForResource>(),
    in_identity(row::<tags::ListTagsForResource>()),
    row::<tags::TagResource>(),
    in_identity(row::<tags::TagResource>()),
    row::<tags::UntagResource>(),
    in_identity(row::<tags::UntagResource>()),
    row::<users::CreateAppInstanceUser>(),
    row::<users::DeleteAppInstanceUser>(),
    row::<users::DescribeAppInstanceUser>(),
    row::<users::ListAppInstanceUsers>(),
    row::<users::UpdateAppInstanceUser>(),
];

/// The row of an operation, when it is built.
pub(super) fn find(operation: &model::Operation) -> Option<&'static Row> {
    OPERATIONS.iter().find(|row| row.name == operation.name && row.service == operation.service)
}

/// Whether the operation called `name` may change something.
pub(super) fn writes(name: &str) -> bool {
    !["Describe", "Get", "List", "Search"].iter().any(|verb| name.starts_with(verb))
}

impl Row {
    /// Whether it may change something. What only reads is never journalled.
    pub(super) fn writes(&self) -> bool {
        writes(self.name)
    }

    /// Carries the operation out on `input`, which the model was checked against.
    ///
    /// # Errors
    /// When a rule of the service is against it. Nothing has changed then.
    pub(super) fn carry_out(
        &self,
        state: &mut State,
        address: &str,
        input: Value,
    ) -> Result<(Value, Vec<Effect>), Refusal> {
        let repeat = repeat(self.name, &input);
        if let Some((name, asked)) = &repeat
            && let Some(answer) = state.tokens.answered(name, asked)?
        {
            return Ok((answer, Vec::new()));
        }
        let mut call = Call { state, effects: Vec::new(), address, operation: self.name };
        let mut answer = (self.run)(&mut call, input)?;
        drop_nulls(&mut answer);
        let effects = call.effects;
        if let Some((name, asked)) = repeat {
            state.tokens.keep(name, asked, answer.clone());
        }
        Ok((answer, effects))
    }
}

/// By what name a request would be known if it came again, and a hash of what it asks.
fn repeat(operation: &str, input: &Value) -> Option<(String, String)> {
    let text = |name: &str| input.get(name).and_then(Value::as_str).unwrap_or_default();
    let token = input.get("ClientRequestToken")?.as_str()?;
    // Whose token it is: two people may draw the same.
    let name = [operation, text("ChimeBearer"), text("AppInstanceArn"), text("ChannelArn"), token].join("\n");
    Some((name, hex(&Sha256::digest(input.to_string())[..16])))
}

impl Call<'_> {
    /// The page of this operation's list, as it is filtered, that `page` asks for.
    fn page(&self, filters: &[&str], asked: &Asked) -> Result<Page, Refusal> {
        let list: Vec<_> = [self.operation].iter().chain(filters).copied().collect();
        Page::of(&list, asked.max_results, asked.next_token.as_deref())
    }

    /// A time as answers carry it.
    fn time(time: super::time::Timestamp) -> Value {
        Form::Answer.time(time)
    }
}

/// What every list takes.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// An answer without content.
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
