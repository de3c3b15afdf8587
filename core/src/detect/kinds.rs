//! The kinds of thing that a detector tells apart, as settings name them.

use crate::shape::{List, Shape, Words};

/// `"all"`, one of the kinds in `words` or a list of them.
pub(super) const fn kinds(words: &'static Words) -> List {
    List { or_word: Some("all"), ..List::of("kinds", Shape::Words(words)) }
}

/// `"all"`, in its long form.
pub(super) fn all_kinds() -> Vec<String> {
    vec!["all".to_owned()]
}

/// Those of `known` that `named` names.
pub(super) fn chosen(named: &[String], known: &[&'static str]) -> Vec<&'static str> {
    let is_chosen = |kind: &&str| named.iter().any(|name| name == kind || name == "all");
    known.iter().copied().filter(|kind| is_chosen(kind)).collect()
}
