//! [`LocalItems`]: items in the memory of this environment.
//!
//! It answers only while the table does not. Slow mode cannot start from it, which would save whoever wrote lately the second request: an
//! update is guarded by the numbers of accepted messages, and while this copy is old, another environment may have taken back one message
//! and accepted another. A guard that compares the messages themselves would be right, but 24 slow modes would need more operators than an
//! expression may have.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::state::{Memory, Update, Updated};

use crate::aws::clock::wall;

/// A limited number of items in memory.
#[derive(Debug)]
pub(super) struct LocalItems {
    // Never held across an await.
    memory: Mutex<Memory>,
    most: usize,
}

impl LocalItems {
    pub(super) fn new(most: usize) -> Self {
        Self { memory: Mutex::default(), most }
    }

    /// Carries out `update` here.
    pub(super) fn update(&self, update: &Update) -> Updated {
        let now = seconds();
        self.with_room(now).update(update, now)
    }

    /// Takes over the item that a table has now, after it answered `update` with `updated`.
    pub(super) fn copy(&self, update: &Update, updated: &Updated) {
        self.with_room(seconds()).copy(update, updated);
    }

    fn with_room(&self, now: i64) -> MutexGuard<'_, Memory> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.shrink(self.most, now);
        memory
    }
}

/// Returns the time in seconds since 1970.
fn seconds() -> i64 {
    let since = wall().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
