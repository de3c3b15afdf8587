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
mod files;
mod lints;
mod lists;
mod load;
mod one_rule;
mod patterns;
mod points;
#[cfg(test)]
mod properties;
mod report;
mod rule;
mod schema;
mod scope;
mod table;
mod when;

pub use checks::Check;
pub use files::{Embedded, bundle, embed};
pub use lists::ReadFile;
pub use load::{RulesFile, Source, parse};
pub use points::Points;
pub use report::{Diagnostic, Level, Report};
pub use rule::{Action, Empty, Finder, Mode, OnError, Place, Rule, Severity};
pub use schema::schema;
pub use scope::{Group, Outside, Scope};
pub use when::{Tally, When};

use crate::detect::Detectors;
use crate::pipeline::Pipeline;

/// Loads a rules file and runs its checks.
///
/// # Errors
/// Everything that is wrong with the file; if nothing is, every check that fails.
pub fn load(source: &Source<'_>, detectors: &Detectors) -> Result<Pipeline, Report> {
    parse(source, detectors)?.verified()
}
