//! The ports: what a [`Handler`](super::Handler) needs from outside.

use std::time::{Duration, Instant};

use super::Attempt;
use crate::detect::{Answer, Question};
use crate::reply::Reply;

/// Carries replies to the service.
pub trait Callback: Send + Sync {
    /// Makes one attempt to deliver `reply`, and gives up on it after `limit`.
    fn attempt(&self, reply: &Reply, limit: Duration) -> impl Future<Output = Attempt> + Send;
}

/// Finds out what rules ask.
pub trait Facts: Send + Sync {
    /// Answers `question` within `limit`.
    fn answer(&self, question: &Question, limit: Duration) -> impl Future<Output = Answer> + Send;
}

/// A host that knows nothing: a rule that asks cannot judge.
#[derive(Clone, Copy, Debug)]
pub struct NoFacts;

impl Facts for NoFacts {
    async fn answer(&self, _: &Question, _: Duration) -> Answer {
        Answer::Unavailable
    }
}

/// Tells the time, and waits.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Instant;

    /// Waits.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;
}
