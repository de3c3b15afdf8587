//! `SearchChannels`: finds channels by their members.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::expirations::mandatory;
use super::{Call, Paging};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request};
use crate::local::state::{Channel, Directory, Form, MembershipKind};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Search {
    /// Optional in the model, but mandatory according to AWS's documentation; without it, there is no caller whose channels to search.
    chime_bearer: Option<Arn>,
    fields: Vec<Field>,
    #[serde(flatten)]
    paging: Paging,
}

/// A condition on the members of a channel.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Field {
    operator: Comparison,
    values: BTreeSet<Arn>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Comparison {
    /// The members are exactly these.
    Equals,
    /// The members include these.
    Includes,
}

pub(super) fn search(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: Search = call.input()?;
    let who = input.check(&call.state.directory)?;
    let conditions: Vec<_> = input
        .fields
        .iter()
        .map(|field| format!("{} {:?}", matches!(field.operator, Comparison::Equals), field.values))
        .collect();
    let page = call.page(&[who.as_str(), &conditions.join("\n")], &input.paging)?;
    let channels = &call.state.channels;
    // Administrators search all channels, others only their own. A match contains all users in the conditions, so for administrators it
    // suffices to search the channels of the first of them.
    let everywhere = call.state.directory.is_admin(&who);
    let first = input.fields.iter().flat_map(|field| &field.values).next();
    let within = if everywhere { first.unwrap_or(&who) } else { &who };
    let (channels, next) = page.of_set(&channels.places(within).member, |arn| {
        let channel = channels.get(arn)?;
        let holds = input.fields.iter().all(|field| field.holds(channel, &who));
        holds.then(|| channel.summary(arn, Form::Answer))
    });
    Ok(json!({ "Channels": channels, "NextToken": next }))
}

impl Field {
    /// Returns whether a channel satisfies the condition, as seen by `who`: hidden members are not visible to others.
    fn holds(&self, channel: &Channel, who: &Arn) -> bool {
        let seen = |arn: &Arn| {
            channel.members.get(arn).is_some_and(|it| it.kind == MembershipKind::Default || arn == who)
        };
        let includes = self.values.iter().all(seen);
        match self.operator {
            Comparison::Includes => includes,
            Comparison::Equals => {
                includes && channel.members.keys().filter(|arn| seen(arn)).count() == self.values.len()
            }
        }
    }
}

impl Search {
    fn check(&self, directory: &Directory) -> Result<Arn, Refusal> {
        let bearer = mandatory(self.chime_bearer.clone())?;
        directory.bearer(&bearer, &bearer)?;
        let mut values = self.fields.iter().flat_map(|field| &field.values);
        match values.find(|value| directory.bearer(value, &bearer).is_err()) {
            Some(_) => Err(bad_request("Fields: a value is not a user or bot of the app instance")),
            None => Ok(bearer),
        }
    }
}
