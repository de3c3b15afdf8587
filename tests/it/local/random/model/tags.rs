//! Tags.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Model, Outcome};

/// The quota of the service under test.
pub(in super::super) const TAGS: usize = 3;

impl Model {
    pub(super) fn of_tags(&mut self, op: &Operation) -> Outcome {
        let arn = op.resource.clone();
        if !self.is_resource(&arn) {
            return Err("Forbidden");
        }
        let mut tags = self.tags.get(&arn).cloned().unwrap_or_default();
        match op.name {
            "TagResource" => {
                let tags = Self::checked(&op.input["Tags"], tags)?;
                self.set_tags(&arn, tags);
                Ok((204, Value::Null))
            }
            "UntagResource" => {
                for key in op.input["TagKeys"].as_array().unwrap() {
                    tags.remove(key.as_str().unwrap());
                }
                self.set_tags(&arn, tags);
                Ok((204, Value::Null))
            }
            "ListTagsForResource" => {
                let tags: Vec<_> =
                    tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
                Ok((200, json!({ "Tags": (!tags.is_empty()).then_some(tags) })))
            }
            other => panic!("the model does not know {other}"),
        }
    }

    /// Returns these tags beside those that are there.
    pub(super) fn checked(
        tags: &Value,
        mut all: BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, &'static str> {
        let mut new = BTreeMap::new();
        for tag in tags.as_array().into_iter().flatten() {
            let text = |name: &str| tag[name].as_str().unwrap().to_owned();
            if new.insert(text("Key"), text("Value")).is_some() {
                return Err("BadRequest");
            }
        }
        all.extend(new);
        if all.len() > TAGS { Err("ResourceLimitExceeded") } else { Ok(all) }
    }

    pub(super) fn set_tags(&mut self, arn: &str, tags: BTreeMap<String, String>) {
        if tags.is_empty() {
            self.tags.remove(arn);
        } else {
            self.tags.insert(arn.to_owned(), tags);
        }
    }

    fn is_resource(&self, arn: &str) -> bool {
        arn == self.app
            || self.users.keys().any(|id| self.user_arn(id) == arn)
            || self.channels.keys().any(|id| self.channel_arn(id) == arn)
            || self.flows.keys().any(|id| self.flow_arn(id) == arn)
    }
}
