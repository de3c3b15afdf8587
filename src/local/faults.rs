//! [`Faults`]: what goes wrong on purpose, so that somebody's code can be seen to cope.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fault", deny_unknown_fields)]
pub enum Fault {
    /// Lambda delivers an event twice, at nearly the same time, as it is free to.
    DuplicateDelivery,
    /// A callback meets another that is being taken: 409.
    CallbackRace,
    /// A callback is taken, and the answer that says so is lost: 500.
    CallbackLost,
    /// A callback takes long to be answered.
    SlowCallback {
        /// How long, in milliseconds.
        millis: u64,
    },
    /// The function cannot be invoked: nobody gave the service the permission.
    DeniedInvoke,
    /// Lambda has no room for the function.
    ThrottledInvoke,
    /// The function fails before it answers.
    FunctionError,
    /// An operation is refused with 429.
    Throttle {
        /// Its name; any operation when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation fails with 500 before anything is done.
    Failure {
        /// Its name; any operation when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation is refused with 503.
    Unavailable {
        /// Its name; any operation when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation is refused with 401.
    Unauthorized {
        /// Its name; any operation when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
}

/// A fault, and how often it is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// How often; once when nobody says, always when it is 0.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

/// What goes wrong on purpose.
#[derive(Debug, Default)]
pub(super) struct Faults {
    planned: Vec<Planned>,
}

impl Faults {
    pub(super) fn add(&mut self, planned: Planned) {
        self.planned.push(planned);
    }

    pub(super) fn clear(&mut self) {
        self.planned.clear();
    }

    pub(super) fn planned(&self) -> &[Planned] {
        &self.planned
    }

    /// Takes the first planned fault that `is` one of those that fit; it happens once less then.
    pub(super) fn take(&mut self, is: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let at = self.planned.iter().position(|planned| is(&planned.fault))?;
        let planned = &mut self.planned[at];
        let fault = planned.fault.clone();
        match planned.times {
            0 => {}
            1 => drop(self.planned.remove(at)),
            _ => planned.times -= 1,
        }
        Some(fault)
    }
}

impl Fault {
    /// Whether this keeps `operation` from being done.
    pub(super) fn refuses(&self, operation: &str) -> bool {
        match self {
            Self::Throttle { operation: name }
            | Self::Failure { operation: name }
            | Self::Unavailable { operation: name }
            | Self::Unauthorized { operation: name } => name.as_ref().is_none_or(|name| name == operation),
            Self::CallbackRace => operation == "ChannelFlowCallback",
            _ => false,
        }
    }

    /// How long a callback takes because of this.
    pub(super) fn delay(&self) -> Option<Duration> {
        match self {
            Self::SlowCallback { millis } => Some(Duration::from_millis(*millis)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_planned() {
        let mut faults = Faults::default();
        faults.add(
            serde_json::from_str(r#"{"fault": "throttle", "operation": "SendChannelMessage", "times": 2}"#)
                .unwrap(),
        );
        faults.add(serde_json::from_str(r#"{"fault": "duplicate-delivery", "times": 0}"#).unwrap());
        let mut refuses = |name: &str| faults.take(|fault| fault.refuses(name)).is_some();
        assert!(!refuses("ListChannels"));
        assert!(
            refuses("SendChannelMessage") && refuses("SendChannelMessage") && !refuses("SendChannelMessage")
        );
        for _ in 0..3 {
            assert!(faults.take(|fault| *fault == Fault::DuplicateDelivery).is_some());
        }
        assert_eq!(faults.planned().len(), 1);
    }
}
