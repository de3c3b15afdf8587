//! The integration crate: the built binaries, the real SDK, real processes.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where, and that is all there is to say"
)]

mod breaks;
mod canary;
mod cli;
mod corpora;
mod counted;
mod damage;
mod docs;
mod events;
mod faults;
mod flow;
mod handler;
mod invoke;
mod layers;
mod life;
mod live;
mod local;
mod logs;
#[cfg(target_os = "linux")]
mod output;
mod push;
mod redrive;
mod replies;
mod retries;
mod rules;
mod support;
mod tools;
mod unfit;
