//! [`Defaults`]: the `[defaults]` table.

use crate::detect::Fold;
use crate::rule::{Mode, OnError};

/// The `[defaults]` table.
#[derive(Debug)]
pub(super) struct Defaults {
    pub mode: Mode,
    pub on_error: OnError,
    pub says_on_error: bool,
    pub mask: char,
    pub fold: Fold,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            on_error: OnError::default(),
            says_on_error: false,
            mask: '*',
            fold: Fold::default(),
        }
    }
}
