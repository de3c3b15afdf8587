//! [`Ids`]: the rules and tags that a condition may name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rule::Names;
use crate::shape::{Problem, nearest};

/// The rules and tags read so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Every id in the file, including those of later rules.
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
    pub(super) fn help(&self, name: &str) -> Option<String> {
        if self.all.contains(name) {
            return Some(format!(
                "rule `{name}` comes later: move it up, because a condition sees only earlier rules"
            ));
        }
        nearest(name, self.rules.keys().chain(self.tags.keys()).map(String::as_str))
    }
}

/// Words with a meaning of their own in a condition.
pub(super) const RESERVED: [&str; 4] = ["and", "or", "not", "score"];

/// Checks that `text` is a valid id or tag, because `when` contains them without quotes and metrics use them as dimensions.
pub(super) fn check_id(text: &str) -> Result<(), Problem> {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !text.chars().all(is_fine) || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let help = "expected letters, digits, `-` and `_`, beginning with a letter".to_owned();
        return Err(Problem::new(format!("`{text}` cannot be a name here")).help(help));
    }
    if RESERVED.contains(&text) {
        return Err(Problem::new(format!("`{text}` means something else in `when`")));
    }
    Ok(())
}
