//! [`LiveRules`]: the rules in use, which may change while the function runs.
//!
//! ```text
//! start:        Origin ──> the binary, a file, or AppConfig's extension ──load──> rules, in use
//! after reply:  the extension ──same version──> confirmed
//!                     └──another──> compiled and checked on a thread ──fine──> in use from the next message on
//!                                                               └──not──> refused; the last good rules stay
//! ```
//!
//! Only rules from AppConfig change: a file of a function is as old as the function. No message waits for any of this: a reply is
//! out before the extension is asked, and a message is judged by one set of rules from beginning to end.

mod address;
mod compiling;
mod extension;
mod follow;
mod load;
mod origin;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use self::follow::Followed;
pub(super) use self::load::LoadError;
pub(super) use self::origin::Origin;
use super::log::Log;
use super::metrics::Refresh;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::OnError;

/// The rules in use.
#[derive(Debug)]
pub(super) struct LiveRules {
    in_use: Mutex<Arc<Pipeline>>,
    /// What becomes of messages that cannot be judged, where the rules do not say it.
    on_error: OnError,
    /// Who watches for other rules, when they are from where rules change.
    followed: Option<Followed>,
}

/// How much time an invocation that nobody set a deadline for may spend on other rules.
const UNKNOWN: Duration = Duration::from_secs(3);

/// How much of an invocation's time is kept for its end.
const KEPT: Duration = Duration::from_secs(1);

impl LiveRules {
    /// The rules from where `origin` says, loaded and warm. `on_error` counts where they say nothing of it.
    pub(super) async fn load(
        origin: Origin,
        on_error: OnError,
        detectors: Detectors,
        log: &Log,
    ) -> Result<Self, LoadError> {
        let (pipeline, followed) = match origin {
            Origin::Embedded => (load::embedded(&detectors)?, None),
            Origin::File(path) => (load::file(&path, &detectors)?, None),
            Origin::AppConfig(appconfig) => {
                let (pipeline, followed) = Followed::begin(appconfig, detectors, log).await?;
                (pipeline, Some(followed))
            }
        };
        Ok(Self { in_use: Mutex::new(Arc::new(pipeline.or_on_error(on_error))), on_error, followed })
    }

    /// The rules for a message that is to be judged now.
    pub(super) fn in_use(&self) -> Arc<Pipeline> {
        // A std mutex: never held across an await.
        self.in_use.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How the rules stand to AppConfig, with the failures since this was last asked. `None` for rules that come from elsewhere.
    pub(super) fn standing(&self) -> Option<Refresh> {
        let followed = self.followed.as_ref()?;
        Some(Refresh { age: followed.age(), failures: followed.take_failures() })
    }

    /// Sees whether there are other rules, if it is time to, and takes them up. To be called when the reply is out; takes no more
    /// than a part of `left`, the time that the invocation has left, if anybody knows it.
    pub(super) async fn refresh(&self, left: Option<Duration>, log: &Log) {
        let Some(followed) = &self.followed else { return };
        let time = left.map_or(UNKNOWN, |left| left.saturating_sub((left / 2).min(KEPT)));
        let other = followed.refresh(&self.in_use().version, time, log).await;
        if let Some(other) = other {
            let other = other.or_on_error(self.on_error);
            *self.in_use.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(other);
        }
    }
}
