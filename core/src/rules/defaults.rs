//! [`Defaults`]: the `[defaults]` table.

use crate::detect::Fold;
use crate::rule::{Mode, OnError};

/// The settings of rules that do not set them themselves.
#[derive(Debug, serde::Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Defaults {
    pub mode: Mode,
    /// What happens to a message that a rule cannot judge, if the file sets it.
    pub on_error: Option<OnError>,
    /// The mask character.
    pub mask: char,
    pub fold: Fold,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { mode: Mode::default(), on_error: None, mask: '*', fold: Fold::default() }
    }
}
