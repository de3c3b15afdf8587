//! The ports: what a [`Handler`](super::Handler) needs from outside.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Attempt;
use crate::reply::Reply;
use crate::state::{Unavailable, Update, Updated};

/// Sends replies to the service.
pub trait Callback: Send + Sync {
    /// Makes one attempt to send `reply`, and gives up after `limit`.
    fn attempt(&self, reply: &Reply, limit: Duration) -> impl Future<Output = Attempt> + Send;
}

/// Stores what rules that count over time record.
pub trait Store: Send + Sync {
    /// Carries out `update` atomically, and gives up after `limit`.
    ///
    /// # Errors
    /// If it is not known whether the update was carried out.
    fn update(
        &self,
        update: &Update,
        limit: Duration,
    ) -> impl Future<Output = Result<Updated, Unavailable>> + Send;
}

/// The absence of a store, for rules that do not count.
#[derive(Clone, Copy, Debug)]
pub struct NoStore;

impl Store for NoStore {
    async fn update(&self, _: &Update, _: Duration) -> Result<Updated, Unavailable> {
        Err(Unavailable::default())
    }
}

impl<S: Store> Store for Option<Arc<S>> {
    async fn update(&self, update: &Update, limit: Duration) -> Result<Updated, Unavailable> {
        match self {
            Some(store) => store.update(update, limit).await,
            None => NoStore.update(update, limit).await,
        }
    }
}

/// A clock: reads the time, and waits.
pub trait Clock: Send + Sync {
    /// Returns the current time.
    fn now(&self) -> Instant;

    /// Waits for `time`.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;
}
