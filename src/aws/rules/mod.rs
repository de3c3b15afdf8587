//! [`LiveRules`]: the rules in use, which may change while the function runs.
//!
//! ```text
//! start:           Origin ──> the binary, a file, or AppConfig's extension ──load──> rules, in use
//! after callback:  the extension ──same version──> confirmed
//!                        └──another──> compiled and checked on a thread ──valid──> in use from the next message on
//!                                                                  └──invalid──> refused; the last valid rules stay
//! ```
//!
//! Only rules from AppConfig can change: a file is deployed with the function. No message waits for this: the callback is sent before the
//! extension is asked, and a message is judged by one set of rules from beginning to end.

mod address;
mod compiling;
mod extension;
mod follow;
mod load;
mod origin;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use self::follow::FollowedRules;
pub(super) use self::load::{LoadError, Loader, require_store};
pub(super) use self::origin::Origin;
use super::log::Log;
use super::metrics::Refresh;
use crate::pipeline::Pipeline;
use crate::rules::OnError;
use crate::state::Key;

#[derive(Debug)]
pub(super) struct LiveRules {
    in_use: Mutex<Arc<Pipeline>>,
    /// What happens to messages that cannot be judged, if the rules do not specify it.
    on_error: OnError,
    /// The key of what rules count.
    key: Key,
    /// Follows changes of the rules, if their source can change.
    followed: Option<FollowedRules>,
}

/// The time for looking for other rules in an invocation without a deadline.
const UNKNOWN: Duration = Duration::from_secs(3);

/// How much of an invocation's time is reserved for its end.
const KEPT: Duration = Duration::from_secs(1);

impl LiveRules {
    /// Loads the rules from `origin`, and warms them up. `on_error` applies if they do not specify it; `key` is that of what they count.
    pub(super) async fn load(
        origin: Origin,
        on_error: OnError,
        key: Key,
        loader: Loader,
        log: &Log,
    ) -> Result<Self, LoadError> {
        let (pipeline, followed) = match origin {
            Origin::Embedded => (loader.embedded()?, None),
            Origin::File(path) => (loader.file(&path)?, None),
            Origin::AppConfig(appconfig) => {
                let (pipeline, followed) = FollowedRules::begin(appconfig, loader, log).await?;
                (pipeline, Some(followed))
            }
        };
        let pipeline = pipeline.or_on_error(on_error).with_key(key.clone());
        Ok(Self { in_use: Mutex::new(Arc::new(pipeline)), on_error, key, followed })
    }

    /// Returns the rules for the next message.
    pub(super) fn in_use(&self) -> Arc<Pipeline> {
        // A std mutex, because it is never held across an await.
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns how current the rules are, with the failures since the last call. Returns `None` for rules from other sources than
    /// AppConfig.
    pub(super) fn standing(&self) -> Option<Refresh> {
        let followed = self.followed.as_ref()?;
        Some(Refresh { age: followed.age(), failures: followed.take_failures() })
    }

    /// Checks for other rules if it is time to, and puts them into use. Call this after the callback was sent. It takes only a part of
    /// `left`, the remaining time of the invocation, if that is known.
    pub(super) async fn refresh(&self, left: Option<Duration>, log: &Log) {
        let Some(followed) = &self.followed else { return };
        let time = left.map_or(UNKNOWN, |left| left.saturating_sub((left / 2).min(KEPT)));
        let other = followed.refresh(&self.in_use().version, time, log).await;
        if let Some(other) = other {
            let other = other.or_on_error(self.on_error).with_key(self.key.clone());
            *self.in_use.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(other);
        }
    }
}
