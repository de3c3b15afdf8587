//! [`FollowedRules`]: follows changes to rules in AppConfig.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::compiling::{CompileResult, CompileTask, Refusal, compile};
use super::extension::{Extension, Latest, Unavailable};
use super::load::{LoadError, Loader};
use super::origin::{AppConfig, Fallback};
use crate::aws::clock::wall;
use crate::aws::log::Log;
use crate::pipeline::Pipeline;

/// Rules in AppConfig, and how current they are.
#[derive(Debug)]
pub(super) struct FollowedRules {
    extension: Extension,
    loader: Arc<Loader>,
    max_age: Duration,
    /// Held by the one invocation that looks for other rules. Others do not wait for it.
    check: tokio::sync::Mutex<Check>,
    freshness: Mutex<Freshness>,
}

/// What the next check for other rules needs to know.
#[derive(Debug)]
struct Check {
    /// When the extension was last asked.
    at: SystemTime,
    /// The configuration version in use; `None` for the fallback.
    in_use: Option<String>,
    /// The last version that was refused.
    refused: Option<String>,
    /// Whether the extension was unavailable at the last attempt.
    is_down: bool,
    /// A version that is being compiled.
    compiling: Option<CompileTask>,
}

/// How current the rules are, for metrics.
#[derive(Debug)]
struct Freshness {
    confirmed: SystemTime,
    failures: u64,
}

/// The extension's timeout while the function starts: a little more than the extension's own timeout for AppConfig.
const FIRST: Duration = Duration::from_secs(4);

/// The extension's timeout later, when it responds from memory.
const LATER: Duration = Duration::from_secs(1);

/// With less time than this, the extension is not asked, because a timeout would say nothing about it.
const LEAST: Duration = Duration::from_millis(100);

/// The minimum interval between requests while the fallback is in use. They are not sent after every message, because the extension may
/// take long to fail.
const FALLBACK: Duration = Duration::from_secs(1);

impl FollowedRules {
    /// Loads the first rules, or the fallback if AppConfig has no valid ones.
    pub(super) async fn begin(
        appconfig: AppConfig,
        loader: Loader,
        log: &Log,
    ) -> Result<(Pipeline, Self), LoadError> {
        let AppConfig { address, port, max_age, fallback } = appconfig;
        let extension = Extension::new(port, address);
        let mut check = Check { at: wall(), in_use: None, refused: None, is_down: false, compiling: None };
        // On this thread, because long word lists consist of many small allocations, and glibc's arenas for other threads grow by a system
        // call every few pages.
        let (name, why) = match extension.fetch_first(FIRST).await {
            Ok(Latest::Document(document)) => match compile(&document, &loader) {
                Ok(pipeline) => {
                    check.in_use = Some(document.name());
                    return Ok((pipeline, Self::new(extension, loader, max_age, check, 0)));
                }
                Err(refusal) => {
                    check.refused = Some(document.name());
                    (refusal.name(), refusal.message(&document.name()))
                }
            },
            Ok(Latest::Known(_)) => unreachable!("nothing is known yet"),
            Err(unavailable) => {
                check.is_down = true;
                (unavailable.name(), unavailable.to_string())
            }
        };
        let pipeline = match fallback {
            Fallback::Embedded => loader.embedded()?,
            Fallback::File(path) => loader.file(&path)?,
            Fallback::None => return Err(LoadError::NoRules(why)),
        };
        log.rules_fallback(&pipeline.version, name, &why);
        Ok((pipeline, Self::new(extension, loader, max_age, check, 1)))
    }

    fn new(extension: Extension, loader: Loader, max_age: Duration, check: Check, failures: u64) -> Self {
        let freshness = Mutex::new(Freshness { confirmed: wall(), failures });
        Self {
            extension,
            loader: Arc::new(loader),
            max_age,
            check: tokio::sync::Mutex::new(check),
            freshness,
        }
    }

    pub(super) fn age(&self) -> Duration {
        wall().duration_since(self.freshness().confirmed).unwrap_or_default()
    }

    pub(super) fn take_failures(&self) -> u64 {
        std::mem::take(&mut self.freshness().failures)
    }

    /// Returns other rules if there are any, provided that it is time to check. `in_use` is the version of the current ones.
    pub(super) async fn refresh(&self, in_use: &str, time: Duration, log: &Log) -> Option<Pipeline> {
        if time < LEAST {
            return None;
        }
        let mut check = self.check.try_lock().ok()?;
        let until = tokio::time::Instant::now() + time;
        if check.compiling.is_none() {
            if !check.is_due(self.max_age) {
                return None;
            }
            self.ask(&mut check, in_use, time.min(LATER), log).await;
        }
        let compiling = check.compiling.as_mut()?;
        // If no time is left, compiling continues during the next message, and the result is used after that.
        let compiled = tokio::time::timeout_at(until, compiling.done()).await.ok()?;
        let version = compiling.version.clone();
        check.compiling = None;
        self.take_up(&mut check, version, compiled, in_use, log)
    }

    /// Asks the extension for its current configuration.
    async fn ask(&self, check: &mut Check, in_use: &str, limit: Duration, log: &Log) {
        check.at = wall();
        let fetched = self.extension.fetch(|version| check.knows(version), limit).await;
        if fetched.is_ok() && std::mem::take(&mut check.is_down) {
            log.rules_available_again(in_use);
        }
        match fetched {
            Ok(Latest::Known(version)) => self.log_recovery(check, &version),
            // If AppConfig reports no version, the digest of the text identifies it.
            Ok(Latest::Document(document)) if check.knows(&document.name()) => {
                self.log_recovery(check, &document.name());
            }
            Ok(Latest::Document(document)) => match CompileTask::start(document, self.loader.clone()) {
                Ok(compiling) => check.compiling = Some(compiling),
                Err(refusal) => self.unavailable(check, in_use, refusal.name(), &refusal.to_string(), log),
            },
            Err(error) => self.unavailable(check, in_use, error.name(), &error.to_string(), log),
        }
    }

    /// Handles a response that contains no new version.
    fn log_recovery(&self, check: &Check, version: &str) {
        if check.in_use.as_deref() == Some(version) {
            self.freshness().confirmed = wall();
        } else {
            // The refusal was logged before; now it is only counted.
            self.freshness().failures += 1;
        }
    }

    fn unavailable(&self, check: &mut Check, in_use: &str, name: &'static str, why: &str, log: &Log) {
        self.freshness().failures += 1;
        // Logged once for each outage: a line for each message would hide everything else.
        if !std::mem::replace(&mut check.is_down, true) {
            log.rules_unavailable(in_use, name, why);
        }
    }

    fn take_up(
        &self,
        check: &mut Check,
        version: String,
        compiled: CompileResult,
        in_use: &str,
        log: &Log,
    ) -> Option<Pipeline> {
        match compiled.result {
            Ok(pipeline) => {
                log.rules_changed(in_use, &pipeline.version, compiled.took);
                self.freshness().confirmed = wall();
                (check.in_use, check.refused) = (Some(version), None);
                Some(pipeline)
            }
            Err(refusal) => {
                log.rules_refused(in_use, refusal.name(), &refusal.message(&version));
                self.freshness().failures += 1;
                check.refused = Some(version);
                None
            }
        }
    }

    fn freshness(&self) -> std::sync::MutexGuard<'_, Freshness> {
        // A std mutex, because it is never held across an await.
        self.freshness.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Check {
    fn is_due(&self, max_age: Duration) -> bool {
        let pause = if self.in_use.is_some() { max_age } else { max_age.min(FALLBACK) };
        // If the clock was set back, the age is unknown, and the extension is asked.
        wall().duration_since(self.at).map_or(true, |age| age >= pause)
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

    /// Returns what is logged about the configuration `version`.
    fn message(&self, version: &str) -> String {
        format!("configuration version {version} is refused: {self}")
    }
}
