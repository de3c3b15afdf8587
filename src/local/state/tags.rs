//! [`Tags`]: the tags of resources.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::local::arn::Arn;

/// Resources that have tags, each with its tags by key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Tags(BTreeMap<Arn, BTreeMap<String, String>>);

impl Tags {
    /// Returns the tags of `resource`, if it has any.
    pub(in super::super) fn of(&self, resource: &Arn) -> Option<&BTreeMap<String, String>> {
        self.0.get(resource)
    }

    /// Replaces the tags of `resource`.
    pub(in super::super) fn set(&mut self, resource: &Arn, tags: BTreeMap<String, String>) {
        if tags.is_empty() {
            self.0.remove(resource);
        } else {
            self.0.insert(resource.clone(), tags);
        }
    }

    /// Removes the tags of a deleted resource.
    pub(in super::super) fn forget(&mut self, resource: &Arn) {
        self.0.remove(resource);
    }

    /// Removes the tags of a deleted app instance and of all resources in it.
    pub(in super::super) fn forget_instance(&mut self, instance: &Arn) {
        self.0.retain(|tagged, _| tagged.instance().as_ref() != Some(instance));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_has_tags_until_the_last_is_taken() {
        let (mut tags, instance) = (Tags::default(), Arn::new("arn:aws:chime:r:1:app-instance/i"));
        let channel = instance.child("channel", "c");
        let one = BTreeMap::from([("k".to_owned(), "v".to_owned())]);
        tags.set(&channel, one.clone());
        assert_eq!(tags.of(&channel), Some(&one));
        tags.set(&channel, BTreeMap::new());
        assert_eq!(tags.of(&channel), None);
        tags.set(&channel, one);
        tags.forget_instance(&instance);
        assert_eq!(tags.of(&channel), None);
    }
}
