//! The rules file: loading it, what is wrong with it, and the checks inside it.
//!
//! ```text
//! TOML ──table──> keys, each read on its own ──load──> RulesFile { pipeline, checks } ──checks──> Pipeline
//!                      │                                     │                             │
//!                      └─────────────> Report: every mistake under its line <──────────────┘
//! ```
//!
//! A file that makes no sense does not load; a file whose own checks fail is not used.

mod action;
mod checks;
mod load;
mod report;
mod rule;
mod table;

pub use checks::Check;
pub use load::{RulesFile, parse};
pub use report::{Diagnostic, Report, Severity};
pub use rule::{Action, Empty, Mode, OnError, Place, Rule};

use crate::detect::Detectors;
use crate::pipeline::Pipeline;

/// The rules that come with Chimeflow, for a chat at work: the text of `rules/default.toml`.
pub const DEFAULT: &str = include_str!("../../rules/default.toml");

/// Loads `source`, the text of the rules file `name`, and runs its checks.
///
/// # Errors
/// Everything that is wrong with the file; if nothing is, every check that fails.
pub fn load(name: &str, source: &str, detectors: &Detectors) -> Result<Pipeline, Report> {
    parse(name, source, detectors)?.verified()
}
