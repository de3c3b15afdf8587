//! [`Rulebook`]: the rest of a rules file, for detectors whose settings depend on it.

use std::cell::RefCell;

use super::Lists;
use crate::shape::Problem;

/// What a detector may use of the rules file beside its own settings.
#[derive(Debug, Default)]
pub struct Rulebook {
    /// The named lists.
    pub lists: Lists,
    /// How far words are seen through disguises unless a rule says otherwise.
    pub fold: Fold,
    warnings: RefCell<Vec<Problem>>,
}

impl Rulebook {
    /// The rest of a rules file.
    #[must_use]
    pub fn new(lists: Lists, fold: Fold) -> Self {
        Self { lists, fold, warnings: RefCell::default() }
    }

    /// Says that settings which build are probably a mistake.
    pub fn warn(&self, problem: Problem) {
        self.warnings.borrow_mut().push(problem);
    }

    /// Takes what was warned of since it was last taken.
    pub(crate) fn take_warnings(&self) -> Vec<Problem> {
        self.warnings.take()
    }
}

/// How far words are seen through disguises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    /// Case, width, accents, invisible characters, lookalikes, digits and signs for letters, s p a c i n g, repeats, st*rs.
    #[default]
    Strict,
    /// Case, width, accents and invisible characters only.
    Plain,
}
