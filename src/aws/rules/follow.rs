//! [`Followed`]: rules in AppConfig, followed as they change.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::compiling::{Compiled, Compiling, Refusal, compile};
use super::extension::{Extension, Fetched, Unavailable};
use super::load;
use super::load::LoadError;
use super::origin::{AppConfig, Fallback};
use crate::aws::clock::wall;
use crate::aws::log::Log;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;

/// Rules in AppConfig.
#[derive(Debug)]
pub(super) struct Followed {
    extension: Extension,
    detectors: Arc<Detectors>,
    max_age: Duration,
    /// Held by the one invocation that looks for other rules. No other waits for it.
    turn: tokio::sync::Mutex<Turn>,
    freshness: Mutex<Freshness>,
}

/// What whoever looks next must know.
#[derive(Debug)]
struct Turn {
    /// When the extension was last asked.
    asked: SystemTime,
    /// The configuration version in use; `None` for the fallback.
    in_use: Option<String>,
    /// The last version that was refused.
    refused: Option<String>,
    /// Whether the extension could not be asked, the last time.
    is_down: bool,
    /// A version that is being compiled.
    compiling: Option<Compiling>,
}

/// How current the rules are, as metrics tell it.
#[derive(Debug)]
struct Freshness {
    confirmed: SystemTime,
    failures: u64,
}

/// How long the extension may take while the function starts: a little more than it gives AppConfig itself.
const FIRST: Duration = Duration::from_secs(4);

/// How long it may take later, when it answers from memory.
const LATER: Duration = Duration::from_secs(1);

/// With less time than this the extension is not asked: that it did not answer would say nothing.
const LEAST: Duration = Duration::from_millis(100);

/// How often to ask while the fallback is in use. Not at every reply: the extension may take its time to fail.
const FALLBACK: Duration = Duration::from_secs(1);

impl Followed {
    /// Gets the first rules; the fallback's when AppConfig has none that are fit.
    pub(super) async fn begin(
        appconfig: AppConfig,
        detectors: Detectors,
        log: &Log,
    ) -> Result<(Pipeline, Self), LoadError> {
        let AppConfig { address, port, max_age, fallback } = appconfig;
        let extension = Extension::new(port, address);
        let mut turn = Turn { asked: wall(), in_use: None, refused: None, is_down: false, compiling: None };
        // On this thread: long word lists are many small allocations, and glibc's arenas for other threads grow by a system call
        // every few pages.
        let (name, why) = match extension.fetch_first(FIRST).await {
            Ok(Fetched::Document(document)) => match compile(&document, &detectors) {
                Ok(pipeline) => {
                    turn.in_use = Some(document.name());
                    return Ok((pipeline, Self::new(extension, detectors, max_age, turn, 0)));
                }
                Err(refusal) => {
                    turn.refused = Some(document.name());
                    (refusal.name(), refusal.told(&document.name()))
                }
            },
            Ok(Fetched::Known(_)) => unreachable!("nothing is known yet"),
            Err(unavailable) => {
                turn.is_down = true;
                (unavailable.name(), unavailable.to_string())
            }
        };
        let pipeline = match fallback {
            Fallback::Embedded => load::embedded(&detectors)?,
            Fallback::File(path) => load::file(&path, &detectors)?,
            Fallback::None => return Err(LoadError::NoRules(why)),
        };
        log.rules_fallback(&pipeline.version, name, &why);
        Ok((pipeline, Self::new(extension, detectors, max_age, turn, 1)))
    }

    fn new(extension: Extension, detectors: Detectors, max_age: Duration, turn: Turn, failures: u64) -> Self {
        let freshness = Mutex::new(Freshness { confirmed: wall(), failures });
        Self {
            extension,
            detectors: Arc::new(detectors),
            max_age,
            turn: tokio::sync::Mutex::new(turn),
            freshness,
        }
    }

    pub(super) fn age(&self) -> Duration {
        wall().duration_since(self.freshness().confirmed).unwrap_or_default()
    }

    pub(super) fn take_failures(&self) -> u64 {
        std::mem::take(&mut self.freshness().failures)
    }

    /// Other rules, if there are any and it is time to look. `in_use` is the version of those in use.
    pub(super) async fn refresh(&self, in_use: &str, time: Duration, log: &Log) -> Option<Pipeline> {
        if time < LEAST {
            return None;
        }
        let mut turn = self.turn.try_lock().ok()?;
        let until = tokio::time::Instant::now() + time;
        if turn.compiling.is_none() {
            if !turn.is_due(self.max_age) {
                return None;
            }
            self.ask(&mut turn, in_use, time.min(LATER), log).await;
        }
        let compiling = turn.compiling.as_mut()?;
        // When there is no time left, it goes on beside the next message, and is picked up after that.
        let compiled = tokio::time::timeout_at(until, compiling.done()).await.ok()?;
        let version = compiling.version.clone();
        turn.compiling = None;
        self.take_up(&mut turn, version, compiled, in_use, log)
    }

    /// Asks the extension what it holds.
    async fn ask(&self, turn: &mut Turn, in_use: &str, limit: Duration, log: &Log) {
        turn.asked = wall();
        let fetched = self.extension.fetch(|version| turn.knows(version), limit).await;
        if fetched.is_ok() && std::mem::take(&mut turn.is_down) {
            log.rules_available_again(in_use);
        }
        match fetched {
            Ok(Fetched::Known(version)) => self.heard_again(turn, &version),
            // Where AppConfig gives no version, the text is told by its digest.
            Ok(Fetched::Document(document)) if turn.knows(&document.name()) => {
                self.heard_again(turn, &document.name());
            }
            Ok(Fetched::Document(document)) => match Compiling::start(document, self.detectors.clone()) {
                Ok(compiling) => turn.compiling = Some(compiling),
                Err(refusal) => self.unavailable(turn, in_use, refusal.name(), &refusal.to_string(), log),
            },
            Err(error) => self.unavailable(turn, in_use, error.name(), &error.to_string(), log),
        }
    }

    /// The extension holds what it held before.
    fn heard_again(&self, turn: &Turn, version: &str) {
        if turn.in_use.as_deref() == Some(version) {
            self.freshness().confirmed = wall();
        } else {
            // It was refused, and that was said; that it still stands there is only counted.
            self.freshness().failures += 1;
        }
    }

    fn unavailable(&self, turn: &mut Turn, in_use: &str, name: &'static str, why: &str, log: &Log) {
        self.freshness().failures += 1;
        // Once an outage: at each message it would bury the rest.
        if !std::mem::replace(&mut turn.is_down, true) {
            log.rules_unavailable(in_use, name, why);
        }
    }

    fn take_up(
        &self,
        turn: &mut Turn,
        version: String,
        compiled: Compiled,
        in_use: &str,
        log: &Log,
    ) -> Option<Pipeline> {
        match compiled.result {
            Ok(pipeline) => {
                log.rules_changed(in_use, &pipeline.version, compiled.took);
                self.freshness().confirmed = wall();
                (turn.in_use, turn.refused) = (Some(version), None);
                Some(pipeline)
            }
            Err(refusal) => {
                log.rules_refused(in_use, refusal.name(), &refusal.told(&version));
                self.freshness().failures += 1;
                turn.refused = Some(version);
                None
            }
        }
    }

    fn freshness(&self) -> std::sync::MutexGuard<'_, Freshness> {
        // A std mutex: never held across an await.
        self.freshness.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    fn is_due(&self, max_age: Duration) -> bool {
        let pause = if self.in_use.is_some() { max_age } else { max_age.min(FALLBACK) };
        // A clock that was set back says nothing: then it is time.
        wall().duration_since(self.asked).map_or(true, |age| age >= pause)
    }

    fn knows(&self, version: &str) -> bool {
        [&self.in_use, &self.refused].into_iter().any(|known| known.as_deref() == Some(version))
    }
}

impl Unavailable {
    fn name(&self) -> &'static str {
        match self {
            Self::NotThere(_) => "NoAppConfigExtension",
            Self::Slow(_) | Self::Refused { .. } | Self::Garbled(_) | Self::NotText(_) => "RulesUnavailable",
        }
    }
}

impl Refusal {
    fn name(&self) -> &'static str {
        match self {
            Self::Report(_) => "InvalidRules",
            Self::Panicked => "Panicked",
            Self::NoThread(_) => "NoThread",
        }
    }

    /// What is said of the configuration `version`.
    fn told(&self, version: &str) -> String {
        format!("configuration version {version} is refused: {self}")
    }
}
