//! Tags of resources of both services, which have the same operations for them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, forbidden};
use crate::local::state::{State, at_most};

/// A tag, as requests carry it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag {
    pub key: String,
    pub value: String,
}

/// Tags by their keys.
///
/// # Errors
/// When a key is there twice.
fn by_key(tags: Vec<Tag>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut keyed = BTreeMap::new();
    for Tag { key, value } in tags {
        if keyed.contains_key(&key) {
            return Err(bad_request("Tags: a key is there twice"));
        }
        keyed.insert(key, value);
    }
    Ok(keyed)
}

impl State {
    /// Checks the tags that come with a new resource.
    pub(super) fn new_tags(&self, tags: Vec<Tag>) -> Result<BTreeMap<String, String>, Refusal> {
        let tags = by_key(tags)?;
        at_most(tags.len(), self.quotas.tags_of_a_resource, "Tags")?;
        Ok(tags)
    }

    /// Puts the tags that come with a new resource on it.
    pub(super) fn tag_new(&mut self, arn: &Arn, tags: BTreeMap<String, String>) {
        if !tags.is_empty() {
            self.tags.insert(arn.clone(), tags);
        }
    }

    /// Refuses the name of something that is not there.
    fn taggable(&self, arn: &Arn) -> Result<(), Refusal> {
        let there = match arn.within_instance() {
            None => self.instances.contains_key(arn),
            Some(("channel", _)) => self.channels.contains_key(arn),
            Some(("channel-flow", _)) => self.flows.contains_key(arn),
            Some(_) => self.person(arn).is_some(),
        };
        if there { Ok(()) } else { Err(forbidden(format!("ResourceARN: there is no resource {arn}"))) }
    }
}

#[derive(Deserialize)]
pub(super) struct TagResource {
    #[serde(rename = "ResourceARN")]
    resource: Arn,
    #[serde(rename = "Tags")]
    tags: Vec<Tag>,
}

impl Operation for TagResource {
    const NAME: &'static str = "TagResource";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.taggable(&self.resource)?;
        let mut tags = call.state.tags.get(&self.resource).cloned().unwrap_or_default();
        tags.extend(by_key(self.tags)?);
        at_most(tags.len(), call.state.quotas.tags_of_a_resource, "Tags")?;
        call.state.tags.insert(self.resource, tags);
        Ok(nothing())
    }
}

#[derive(Deserialize)]
pub(super) struct UntagResource {
    #[serde(rename = "ResourceARN")]
    resource: Arn,
    #[serde(rename = "TagKeys")]
    keys: Vec<String>,
}

impl Operation for UntagResource {
    const NAME: &'static str = "UntagResource";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.taggable(&self.resource)?;
        if let Some(tags) = call.state.tags.get_mut(&self.resource) {
            tags.retain(|key, _| !self.keys.contains(key));
            if tags.is_empty() {
                call.state.tags.remove(&self.resource);
            }
        }
        Ok(nothing())
    }
}

#[derive(Deserialize)]
pub(super) struct ListTagsForResource {
    #[serde(rename = "ResourceARN")]
    resource: Arn,
}

impl Operation for ListTagsForResource {
    const NAME: &'static str = "ListTagsForResource";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.taggable(&self.resource)?;
        let tags = call.state.tags.get(&self.resource);
        // The model has no empty list of tags.
        Ok(json!({ "Tags": tags.map(|tags| {
            tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect::<Vec<_>>()
        }) }))
    }
}
