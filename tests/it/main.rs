//! The integration crate: the built binaries, the real SDK, real processes.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where, and that is all there is to say"
)]

mod cli;
mod docs;
mod rules;
