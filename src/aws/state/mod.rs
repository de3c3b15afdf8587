//! [`StateStore`]: keeps what rules that count record, in DynamoDB or in memory.
//!
//! ```text
//! Update ──> DynamoDb ──wire──> UpdateItem, signed ──> the item as it was ──> Nearby keeps a copy
//!               └── no answer: twice 150 ms, then the breaker is open ──> Nearby answers, and it is counted
//! ```

mod breaker;
mod dynamodb;
mod failure;
mod nearby;
mod setting;
mod wire;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use self::dynamodb::DynamoDb;
pub use self::failure::Failure;
use self::nearby::LocalItems;
pub use self::setting::{Secret, Setting};
use super::log::Log;
use super::sdk::Sdk;
use crate::handler::Store;
use crate::state::{Key, Unavailable, Update, Updated};

/// Where rules that count keep what they record.
#[derive(Debug)]
pub struct StateStore {
    kind: Kind,
    key: Secret,
    bypasses: Mutex<Bypasses>,
    /// Where bypasses are written and counted.
    log: Option<Log>,
}

#[derive(Debug)]
enum Kind {
    /// A table, and a copy of the items that this environment updated last, which answers while the table does not.
    DynamoDb(DynamoDb, LocalItems),
    /// The memory of this process.
    Memory(LocalItems),
}

/// The updates that the table did not answer, so that the environment's own memory did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bypasses {
    /// The number of updates.
    pub count: u32,
    /// Why the table did not answer the last of them.
    pub why: Option<Failure>,
}

/// How many items a copy of a table has at most. One takes about a kilobyte.
const COPIED: usize = 4_000;

/// How many items are kept in memory at most, if that is all there is.
const KEPT: usize = 100_000;

impl StateStore {
    /// Returns the store that `setting` names, with the region, credentials and endpoint in the environment.
    pub async fn from_env(setting: Setting) -> Self {
        Self::new(setting, &Sdk::from_env().await, None)
    }

    pub(super) fn new(setting: Setting, sdk: &Sdk, log: Option<Log>) -> Self {
        let (kind, key) = match setting {
            Setting::Memory => (Kind::Memory(LocalItems::new(KEPT)), Secret::random()),
            Setting::DynamoDb { table, endpoint, key } => {
                (Kind::DynamoDb(DynamoDb::new(sdk, table, endpoint), LocalItems::new(COPIED)), key)
            }
        };
        Self { kind, key, bypasses: Mutex::default(), log }
    }

    /// Opens the connection for the first update. If this fails, that update opens it.
    pub async fn connect(&self) {
        if let Kind::DynamoDb(table, _) = &self.kind {
            table.connect().await;
        }
    }

    /// Returns the key that hides senders, channels and ids.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::new(self.key.bytes())
    }

    /// Returns the bypasses since the last call.
    #[must_use]
    pub fn taken(&self) -> Bypasses {
        std::mem::take(&mut *self.bypasses.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn bypassed(&self, why: Failure) {
        if let Some(log) = &self.log {
            log.state_bypassed(why.name(), &why.to_string());
        }
        let mut bypasses = self.bypasses.lock().unwrap_or_else(PoisonError::into_inner);
        bypasses.count += 1;
        // While the breaker is open, the reason is why it opened.
        bypasses.why = Some(why);
    }
}

impl Store for StateStore {
    async fn update(&self, update: &Update, limit: Duration) -> Result<Updated, Unavailable> {
        let (table, nearby) = match &self.kind {
            Kind::Memory(memory) => return Ok(memory.update(update)),
            Kind::DynamoDb(table, nearby) => (table, nearby),
        };
        match table.update(update, limit).await {
            Ok(updated) => {
                nearby.copy(update, &updated);
                Ok(updated)
            }
            Err(why) => {
                self.bypassed(why);
                Err(Unavailable { seen: Some(nearby.update(update)) })
            }
        }
    }
}

#[cfg(test)]
mod tests;
