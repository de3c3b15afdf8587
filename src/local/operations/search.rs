//! `SearchChannels`: channels by who is in them.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request};
use crate::local::state::{Channel, Form, MembershipKind, State};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SearchChannels {
    /// The model lets it be absent. AWS's documentation says that it is mandatory, and whose channels would be searched?
    chime_bearer: Option<Arn>,
    fields: Vec<Field>,
    #[serde(flatten)]
    asked: Asked,
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
    /// These are the members.
    Equals,
    /// These are among the members.
    Includes,
}

impl Field {
    /// Whether it is so for a channel, as `who` sees it: hidden members are not there for others.
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

impl SearchChannels {
    fn check(&self, state: &State) -> Result<Arn, Refusal> {
        let bearer = self.chime_bearer.clone();
        let bearer =
            bearer.ok_or_else(|| bad_request("ChimeBearer: x-amz-chime-bearer is mandatory here"))?;
        state.bearer(&bearer, &bearer)?;
        let mut values = self.fields.iter().flat_map(|field| &field.values);
        match values.find(|value| state.bearer(value, &bearer).is_err()) {
            Some(_) => Err(bad_request("Fields: a value is no user or bot of the app instance")),
            None => Ok(bearer),
        }
    }
}

impl Operation for SearchChannels {
    const NAME: &'static str = "SearchChannels";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let who = self.check(call.state)?;
        let conditions: Vec<_> = self
            .fields
            .iter()
            .map(|field| format!("{} {:?}", matches!(field.operator, Comparison::Equals), field.values))
            .collect();
        let page = call.page(&[who.as_str(), &conditions.join("\n")], &self.asked)?;
        let state = &*call.state;
        // Administrators search everywhere, others where they are themselves. Whoever is searched for has to be there too, and is
        // in fewer channels than there are.
        let within =
            if state.is_admin(&who) { self.fields.iter().flat_map(|it| &it.values).next() } else { None };
        let within = state.places(within.unwrap_or(&who)).member.range::<str, _>(page.rest());
        let found = within.filter_map(|arn| {
            let channel = state.channels.get(arn)?;
            let holds = self.fields.iter().all(|field| field.holds(channel, &who));
            holds.then(|| (arn.to_string(), channel.summary(arn, Form::Answer)))
        });
        let (channels, next) = page.json(found);
        Ok(json!({ "Channels": channels, "NextToken": next }))
    }
}
