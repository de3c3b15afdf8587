//! [`Faults`]: faults injected on purpose, to test how clients and processors handle them.
//!
//! A planned fault waits for something that it applies to, such as a call of an operation or an event for a user, and then happens: as many
//! times as planned, each time with the planned probability. Random numbers derive from the service's seed, so the same calls meet the same
//! faults. With a data folder, the plan is stored in `faults.json` and survives a restart.

mod late;
mod plan;

use std::fs;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use self::plan::{CloseCode, Fault, Planned, Probability};
use super::arn::Arn;
use super::ids::Ids;
use super::refusal::{ErrorKind, Refusal};
use crate::private;

/// The planned faults.
#[derive(Debug)]
pub(super) struct Faults {
    planned: Vec<Planned>,
    draws: Ids,
    /// Events that wait to be delivered after a later one.
    late: late::LateEvents,
    /// The file in which the plan is stored.
    file: Option<PathBuf>,
}

/// What happens to a call before it is executed.
#[derive(Debug, Default)]
pub(super) struct CallFault {
    /// How long to delay it.
    pub delay: Duration,
    /// The error to return instead of executing it.
    pub refusal: Option<Refusal>,
}

impl Faults {
    /// Reads the plan in `folder`; the result is empty if there is none.
    ///
    /// # Errors
    /// If the plan cannot be read.
    pub(super) fn open(seed: u64, folder: Option<&Path>) -> io::Result<Self> {
        let file = folder.map(|folder| folder.join("faults.json"));
        let planned = match file.as_deref().map(private::open).transpose()?.flatten() {
            Some(file) => serde_json::from_reader(BufReader::new(file)).map_err(|error| damaged(&error))?,
            None => Vec::new(),
        };
        // The seed differs from the one for ids, so that planning a fault does not change ids.
        Ok(Self { planned, draws: Ids::new(seed ^ u64::MAX), late: late::LateEvents::default(), file })
    }

    /// Adds a fault to the plan.
    ///
    /// # Errors
    /// If the plan cannot be written to the data folder. The fault is planned nevertheless, until the service ends.
    pub(super) fn add(&mut self, planned: Planned) -> io::Result<()> {
        self.planned.push(planned);
        self.keep()
    }

    /// Removes all planned faults, or only those of the kind called `name`.
    ///
    /// # Errors
    /// If the plan cannot be written to the data folder. The faults are removed nevertheless, until the service ends.
    pub(super) fn clear(&mut self, name: Option<&str>) -> io::Result<()> {
        let before = self.planned.len();
        self.planned.retain(|planned| name.is_some_and(|name| planned.fault.name() != name));
        if self.planned.len() == before { Ok(()) } else { self.keep() }
    }

    pub(super) fn planned(&self) -> &[Planned] {
        &self.planned
    }

    /// Returns the first planned fault that satisfies `is` and happens now according to its probability. Counts it as one occurrence.
    pub(super) fn take(&mut self, is: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let draws = &mut self.draws;
        let mut happens = |planned: &Planned| is(&planned.fault) && planned.probability.drawn(draws);
        let at = self.planned.iter().position(&mut happens)?;
        let planned = &mut self.planned[at];
        let fault = planned.fault.clone();
        match planned.times {
            0 => return Some(fault),
            1 => drop(self.planned.remove(at)),
            _ => planned.times -= 1,
        }
        // If the disk cannot be written, a fault happens once more after a restart, which is no reason to fail a call.
        let _ = self.keep();
        Some(fault)
    }

    /// Returns the delay and the error that faults cause for a call of `operation`.
    pub(super) fn before(&mut self, operation: &str) -> CallFault {
        if self.planned.is_empty() {
            return CallFault::default();
        }
        let slow = self.take(|fault| fault.delay(operation).is_some());
        let delay = slow.and_then(|fault| fault.delay(operation)).unwrap_or_default();
        let refusal = self.take(|fault| fault.refuses(operation)).and_then(|fault| fault.refusal());
        CallFault { delay, refusal }
    }

    /// Returns the close code and the owners of the sessions to close now, if a planned fault closes sessions of any of these users.
    pub(super) fn close_sessions(&mut self, there: &[Arn]) -> Option<(CloseCode, Vec<Arn>)> {
        let fits = |fault: &Fault| matches!(fault, Fault::SocketClose { .. });
        let fault = self.take(|fault| fits(fault) && there.iter().any(|who| fault.is_about(who)))?;
        let Fault::SocketClose { code, .. } = fault else { return None };
        Some((code, there.iter().filter(|who| fault.is_about(who)).cloned().collect()))
    }

    fn keep(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let new = file.with_extension("json.new");
        private::create(&new)?.write_all(&serde_json::to_vec(&self.planned)?)?;
        fs::rename(new, file)
    }
}

impl Fault {
    /// Returns the fault's name in JSON and on the command line.
    #[must_use]
    pub fn name(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        json["fault"].as_str().unwrap_or_default().to_owned()
    }

    /// Returns whether this fault prevents `operation` from being executed.
    fn refuses(&self, operation: &str) -> bool {
        match self {
            Self::Throttle { operation: name }
            | Self::Failure { operation: name }
            | Self::Unavailable { operation: name }
            | Self::Unauthorized { operation: name } => name.as_ref().is_none_or(|name| name == operation),
            Self::CallbackRace => operation == "ChannelFlowCallback",
            _ => false,
        }
    }

    /// Returns the error for an operation that this fault prevents.
    fn refusal(&self) -> Option<Refusal> {
        let kind = match self {
            Self::Throttle { .. } => ErrorKind::ThrottledClient,
            Self::Failure { .. } => ErrorKind::ServiceFailure,
            Self::Unavailable { .. } => ErrorKind::ServiceUnavailable,
            Self::Unauthorized { .. } => ErrorKind::UnauthorizedClient,
            Self::CallbackRace => ErrorKind::Conflict,
            _ => return None,
        };
        Some(kind.because("an injected fault"))
    }

    /// Returns the delay that this fault adds to `operation`.
    fn delay(&self, operation: &str) -> Option<Duration> {
        match self {
            Self::SlowCallback { millis } if operation == "ChannelFlowCallback" => {
                Some(Duration::from_millis(*millis))
            }
            Self::Latency { millis, operation: name }
                if name.as_ref().is_none_or(|name| name == operation) =>
            {
                Some(Duration::from_millis(*millis))
            }
            _ => None,
        }
    }

    /// Returns whether this fault affects the sessions of `who`.
    fn is_about(&self, who: &Arn) -> bool {
        match self {
            Self::SocketClose { user, .. } | Self::OutOfOrder { user } => {
                user.as_deref().is_none_or(|user| {
                    who.as_str().strip_suffix(user).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
                })
            }
            _ => false,
        }
    }
}

fn damaged(error: &serde_json::Error) -> io::Error {
    let why = format!("faults.json in the data folder is damaged: {error}; remove it to plan none");
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(json: &str) -> Planned {
        serde_json::from_str(json).unwrap()
    }

    fn with(plan: &[&str]) -> Faults {
        let mut faults = Faults::open(7, None).unwrap();
        for json in plan {
            faults.add(planned(json)).unwrap();
        }
        faults
    }

    #[test]
    fn a_fault_happens_as_often_as_planned() {
        let mut faults = with(&[
            r#"{"fault": "throttle", "operation": "SendChannelMessage", "times": 2}"#,
            r#"{"fault": "duplicate-delivery", "times": 0}"#,
        ]);
        let mut refuses = |name: &str| faults.before(name).refusal.is_some();
        assert!(!refuses("ListChannels"));
        assert!(
            refuses("SendChannelMessage") && refuses("SendChannelMessage") && !refuses("SendChannelMessage")
        );
        for _ in 0..3 {
            assert!(faults.take(|fault| *fault == Fault::DuplicateDelivery).is_some());
        }
        assert_eq!(faults.planned().len(), 1);
    }

    #[test]
    fn a_fault_happens_with_its_probability_and_the_same_way_every_time() {
        let draw = || {
            let mut faults = with(&[r#"{"fault": "throttle", "times": 0, "probability": 0.25}"#]);
            (0..400).map(|_| faults.before("ListChannels").refusal.is_some()).collect::<Vec<_>>()
        };
        let hits = draw().iter().filter(|hit| **hit).count();
        assert!((70..130).contains(&hits), "{hits} of 400");
        assert_eq!(draw(), draw());
    }

    #[test]
    fn latency_adds_to_what_else_happens() {
        let mut faults = with(&[
            r#"{"fault": "latency", "millis": 30, "operation": "ListChannels"}"#,
            r#"{"fault": "failure"}"#,
        ]);
        let other = faults.before("DescribeChannel");
        assert!(other.delay.is_zero() && other.refusal.is_some());
        let trouble = faults.before("ListChannels");
        assert_eq!((trouble.delay, trouble.refusal), (Duration::from_millis(30), None));
    }

    #[test]
    fn people_are_named_by_arn_or_by_id() {
        let ann = Arn::new("arn:aws:chime:us-east-1:111122223333:app-instance/a/user/ann");
        let joann = Arn::new("arn:aws:chime:us-east-1:111122223333:app-instance/a/user/joann");
        for user in ["ann", "user/ann", ann.as_str()] {
            let fault = Fault::OutOfOrder { user: Some(user.to_owned()) };
            assert!(fault.is_about(&ann) && !fault.is_about(&joann), "{user}");
        }
        assert!(Fault::OutOfOrder { user: None }.is_about(&joann));
        let mut faults = with(&[r#"{"fault": "socket-close", "code": 4003, "user": "ann"}"#]);
        assert!(faults.close_sessions(std::slice::from_ref(&joann)).is_none());
        assert_eq!(
            faults.close_sessions(&[joann, ann.clone()]).map(|(code, who)| (code.get(), who)),
            Some((4003, vec![ann]))
        );
    }

    #[test]
    fn a_plan_outlives_the_service() {
        let folder = std::env::temp_dir().join(format!("chimeflow-faults-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut faults = Faults::open(0, Some(&folder)).unwrap();
        faults
            .add(planned(r#"{"fault": "latency", "millis": 5, "times": 3, "probability": 0.999999}"#))
            .unwrap();
        faults.add(Fault::Hold.into()).unwrap();
        faults.take(|fault| matches!(fault, Fault::Latency { .. }));
        faults.clear(Some("hold")).unwrap();
        let again = Faults::open(0, Some(&folder)).unwrap();
        assert_eq!(again.planned(), faults.planned());
        assert_eq!(again.planned()[0].times, 2);
        fs::write(folder.join("faults.json"), "[{]").unwrap();
        let error = Faults::open(0, Some(&folder)).unwrap_err().to_string();
        assert!(error.contains("faults.json"), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
