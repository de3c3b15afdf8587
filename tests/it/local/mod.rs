//! The local service, as clients see it: over sockets, with the real AWS SDK, and when it is killed.

mod broken;
pub(crate) mod client;
mod cross_origin;
mod doctor;
#[cfg(unix)]
mod ends;
mod export;
mod faults;
mod flow;
#[cfg(unix)]
mod functions;
mod garbage;
mod killed;
mod misdirected;
#[cfg(unix)]
mod private;
mod random;
mod restored;
mod sessions;
