//! What English has beyond the words of the engine: the tables that the build script makes of `languages/en.txt`.

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use self::tests::trie_of_rustrict;
use super::engine::Type;

/// A word, and what stands before and after it.
pub(super) type Edged = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Returns whether `table` contains `word`. All tables are sorted.
pub(super) fn holds(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

include!(concat!(env!("OUT_DIR"), "/english.rs"));
