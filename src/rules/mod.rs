//! The rules file: its types, loading it, and the tests inside it.

mod rule;

pub use rule::{Action, Empty, Mode, OnError, Place, Rule};
