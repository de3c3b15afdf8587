//! Settings that select some of the kinds that a detector distinguishes.

use crate::shape::{List, Shape, Words};

/// Returns the shape of `"all"`, one of the kinds in `words`, or a list of them.
pub(super) const fn kinds(words: &'static Words) -> List {
    List { or_word: Some("all"), ..List::of("kinds", Shape::Words(words)) }
}

/// Returns `"all"` in its long form.
pub(super) fn all_kinds() -> Vec<String> {
    vec!["all".to_owned()]
}

/// Returns those of the `known` kinds that `named` selects.
pub(super) fn chosen(named: &[String], known: &[&'static str]) -> Vec<&'static str> {
    let is_chosen = |kind: &&str| named.iter().any(|name| name == kind || name == "all");
    known.iter().copied().filter(|kind| is_chosen(kind)).collect()
}
