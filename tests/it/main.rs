//! The one integration crate.

mod cli;
mod rules;
