//! [`Rulebook`]: the rest of a rules file, for detectors whose settings depend on it.

use std::cell::RefCell;

use super::Lists;
use crate::shape::Problem;

/// What a detector may use of the rules file besides its own settings.
#[derive(Debug, Default)]
pub struct Rulebook {
    /// The named lists.
    pub lists: Lists,
    /// How much obfuscation of words to undo, unless a rule sets it.
    pub(crate) fold: Fold,
    warnings: RefCell<Vec<Problem>>,
}

impl Rulebook {
    /// Creates a rulebook.
    pub(crate) fn new(lists: Lists, fold: Fold) -> Self {
        Self { lists, fold, warnings: RefCell::default() }
    }

    /// Reports that valid settings are probably a mistake.
    pub(crate) fn warn(&self, problem: Problem) {
        self.warnings.borrow_mut().push(problem);
    }

    /// Returns the warnings since the last call.
    pub(crate) fn take_warnings(&self) -> Vec<Problem> {
        self.warnings.take()
    }
}

/// How much obfuscation of words to undo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fold {
    /// Case, width, accents, invisible characters, confusables, digits and signs for letters, s p a c i n g, repeats, st*rs.
    #[default]
    Strict,
    /// Only case, width, accents and invisible characters.
    Plain,
    /// Only case and invisible characters: the spelling is the word.
    Exact,
}
