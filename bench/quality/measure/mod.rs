//! The measurements: one file for each kind of label.

pub(crate) mod entities;
pub(crate) mod judged;
pub(crate) mod kinds;
pub(crate) mod pieces;
pub(crate) mod profanity;
pub(crate) mod robustness;
pub(crate) mod score;
pub(crate) mod something;
pub(crate) mod toxic;
