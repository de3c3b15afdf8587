//! [`Tags`]: the tags of resources.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::local::arn::Arn;

/// The tags of resources that have some, by their keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Tags(BTreeMap<Arn, BTreeMap<String, String>>);

impl Tags {
    /// The tags of `resource`, when it has some.
    pub(in super::super) fn of(&self, resource: &Arn) -> Option<&BTreeMap<String, String>> {
        self.0.get(resource)
    }

    /// Gives `resource` these tags and no others.
    pub(in super::super) fn set(&mut self, resource: &Arn, tags: BTreeMap<String, String>) {
        if tags.is_empty() {
            self.0.remove(resource);
        } else {
            self.0.insert(resource.clone(), tags);
        }
    }

    /// Forgets the tags of a resource that is no more.
    pub(in super::super) fn forget(&mut self, resource: &Arn) {
        self.0.remove(resource);
    }

    /// Forgets the tags of an app instance that is no more, and of everything that was in it.
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
