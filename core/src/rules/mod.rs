//! The rules file: loading, error reports, and the checks inside it.
//!
//! ```text
//! TOML ──table──> keys, each read on its own ──load──> RulesFile { pipeline, checks } ──checks──> Pipeline
//!                      │                                     │                             │
//!                      └─────────────> Report: every mistake with its line <───────────────┘
//! ```
//!
//! An invalid file does not load; a file whose own checks fail is not used.

mod action;
#[cfg(test)]
mod advice;
mod arns;
mod bundle;
mod checks;
mod damage;
mod defaults;
mod files;
mod groups;
mod ids;
// One key per line, as in a table.
#[rustfmt::skip]
mod language;
mod lints;
mod lists;
mod load;
mod one_rule;
#[cfg(test)]
mod properties;
mod quote;
mod report;
mod rules_file;
mod schema;
mod source;
mod table;

pub use arns::{channel_arn, sender_arn};
pub use bundle::{Embedded, bundle, embed};
pub use checks::Check;
pub use load::parse;
use load::parse_without_lints;
pub use quote::quoted;
pub use report::{Diagnostic, Level, Report};
pub use rules_file::RulesFile;
pub use schema::{language, reference, schema};
pub use source::Source;

use crate::detect::Detectors;
use crate::pipeline::Pipeline;
pub use crate::rule::{
    Action, Empty, Finder, Group, Mode, OnError, Outside, Place, Points, Rule, RuleSeverity, Scope, When,
};

/// Loads a rules file and runs its checks.
///
/// # Errors
/// Every mistake in the file; if there is none, every check that fails.
pub fn load(source: &Source<'_>, detectors: &Detectors) -> Result<Pipeline, Report> {
    parse_without_lints(source, detectors)?.verified()
}

/// Loads a rules file whose checks are known to pass, without running them.
///
/// # Errors
/// Everything that makes the file invalid.
pub fn load_unchecked(source: &Source<'_>, detectors: &Detectors) -> Result<Pipeline, Report> {
    Ok(parse_without_lints(source, detectors)?.pipeline)
}
