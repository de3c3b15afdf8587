//! Operations on tags, which are the same in both services.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, forbidden};
use crate::local::state::{Quotas, State, at_most};

/// A tag in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag {
    pub key: String,
    pub value: String,
}

/// The tagged resource, and the tags or tag keys in a request.
#[derive(Deserialize)]
struct Tagging<T> {
    #[serde(rename = "ResourceARN")]
    resource: Arn,
    #[serde(rename = "Tags", alias = "TagKeys", default = "Vec::new")]
    tags: Vec<T>,
}

pub(super) fn tag(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Tagging { resource, tags } = call.input()?;
    check_resource(call.state, &resource)?;
    let mut all = call.state.tags.of(&resource).cloned().unwrap_or_default();
    all.extend(by_key(tags)?);
    at_most(all.len(), call.state.quotas.tags_of_a_resource, "Tags")?;
    call.state.tags.set(&resource, all);
    Ok(nothing())
}

pub(super) fn untag(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Tagging::<String> { resource, tags: keys } = call.input()?;
    check_resource(call.state, &resource)?;
    let mut left = call.state.tags.of(&resource).cloned().unwrap_or_default();
    left.retain(|key, _| !keys.contains(key));
    call.state.tags.set(&resource, left);
    Ok(nothing())
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Tagging::<Tag> { resource, .. } = call.input()?;
    check_resource(call.state, &resource)?;
    let tag = |(key, value): (&String, &String)| json!({ "Key": key, "Value": value });
    let tags: Option<Value> = call.state.tags.of(&resource).map(|tags| tags.iter().map(tag).collect());
    // The model does not allow an empty list of tags.
    Ok(json!({ "Tags": tags }))
}

/// Validates the tags of a new resource.
pub(super) fn checked(tags: Vec<Tag>, quotas: &Quotas) -> Result<BTreeMap<String, String>, Refusal> {
    let tags = by_key(tags)?;
    at_most(tags.len(), quotas.tags_of_a_resource, "Tags")?;
    Ok(tags)
}

/// Returns tags by key.
///
/// # Errors
/// If a key occurs twice.
fn by_key(tags: Vec<Tag>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut keyed = BTreeMap::new();
    for Tag { key, value } in tags {
        if keyed.insert(key, value).is_some() {
            return Err(bad_request("Tags: a key is there twice"));
        }
    }
    Ok(keyed)
}

/// Refuses the ARN of a resource that does not exist.
fn check_resource(state: &State, arn: &Arn) -> Result<(), Refusal> {
    let there = match arn.within_instance() {
        None => state.directory.instance(arn).is_ok(),
        Some(("channel", _)) => state.channels.get(arn).is_some(),
        Some(("channel-flow", _)) => state.flows.get(arn).is_some(),
        Some(_) => state.directory.name(arn).is_some(),
    };
    if there { Ok(()) } else { Err(forbidden(format!("ResourceARN: there is no resource {arn}"))) }
}
