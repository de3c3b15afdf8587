//! [`Everyday`]: words of the languages that a rule names which are swearing only in English, or only to the reader of look-alikes.

use std::collections::BTreeSet;

use super::confirm::Manner;

/// Everyday words of some languages.
#[derive(Debug, Default)]
pub(in crate::detect::profanity) struct Everyday(BTreeSet<String>);

impl Everyday {
    /// Creates the set of `words`.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        Self(words.into_iter().map(|word| Manner::Exact.plain(word)).collect())
    }

    /// Returns whether `piece` of a text is one of them, written plainly and with its accents.
    pub(in crate::detect::profanity) fn holds(&self, piece: &str) -> bool {
        let is = |piece: &str| self.0.contains(&Manner::Exact.plain(piece));
        // Turkish has two capitals of `i`, and this one is that of `ı`.
        !self.0.is_empty() && (is(piece) || piece.contains('I') && is(&piece.replace('I', "ı")))
    }
}
