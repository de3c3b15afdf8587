//! [`Ids`]: the rules and tags that a condition may name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::detect::nearest;
use crate::rule::Names;

/// The rules and tags read so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Every id in the file, those further down as well.
    pub all: BTreeSet<String>,
    pub rules: BTreeMap<String, usize>,
    pub tags: BTreeMap<String, Arc<str>>,
}

impl Names for Ids {
    fn rule(&self, id: &str) -> Option<usize> {
        self.rules.get(id).copied()
    }

    fn tag(&self, name: &str) -> Option<Arc<str>> {
        self.tags.get(name).cloned()
    }
}

impl Ids {
    /// What to say about a name that is none of these.
    pub(super) fn help(&self, name: &str) -> Option<String> {
        if self.all.contains(name) {
            return Some(format!(
                "rule `{name}` stands further down: move it up, a condition only looks back"
            ));
        }
        nearest(name, self.rules.keys().chain(self.tags.keys()).map(String::as_str))
    }
}
