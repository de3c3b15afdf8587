//! [`Fault`] and [`Planned`]: what may go wrong, how often, and how likely.

use serde::{Deserialize, Serialize};

use crate::local::ids::Ids;

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
    /// The function does not get the message until somebody hands it on.
    Hold,
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
    /// An operation takes longer.
    Latency {
        /// How much, in milliseconds.
        millis: u64,
        /// Its name; any operation when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// Sessions end: those that are open now, or the next one when none is.
    SocketClose {
        /// What the client is told.
        #[serde(default)]
        code: CloseCode,
        /// Whose, by ARN or id; everybody's when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
    /// Somebody is told of something after the thing that happened next.
    OutOfOrder {
        /// Who, by ARN or id; everybody when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
}

/// A fault, how often it is to happen, and how likely it is each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// How often; once when nobody says, always when it is 0.
    #[serde(default = "once", alias = "count")]
    pub times: u32,
    /// How likely it is whenever it could happen.
    #[serde(default, skip_serializing_if = "Probability::is_certain")]
    pub probability: Probability,
}

impl From<Fault> for Planned {
    /// Once, and for certain.
    fn from(fault: Fault) -> Self {
        Self { fault, times: 1, probability: Probability::default() }
    }
}

fn once() -> u32 {
    1
}

/// How likely something is: more than 0, at most 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64")]
pub struct Probability(f64);

impl Default for Probability {
    /// Certain.
    fn default() -> Self {
        Self(1.0)
    }
}

impl TryFrom<f64> for Probability {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        if value > 0.0 && value <= 1.0 {
            Ok(Self(value))
        } else {
            Err(format!("a probability of {value}: expected one that is more than 0 and at most 1"))
        }
    }
}

impl Probability {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_certain(&self) -> bool {
        self.0 >= 1.0
    }

    /// Whether it comes to pass this time.
    pub(super) fn drawn(self, draws: &mut Ids) -> bool {
        self.is_certain() || draws.fraction() < self.0
    }
}

/// The code that a WebSocket ends with. 1006 stands for a connection that breaks without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16")]
pub struct CloseCode(u16);

impl Default for CloseCode {
    /// The server is in trouble: clients come back after it.
    fn default() -> Self {
        Self(1011)
    }
}

impl TryFrom<u16> for CloseCode {
    type Error = String;

    fn try_from(code: u16) -> Result<Self, String> {
        match code {
            1000..=1003 | 1006..=1014 | 3000..=4999 => Ok(Self(code)),
            _ => Err(format!(
                "no WebSocket ends with {code}: expected 1000 to 1003, 1006 to 1014, or 3000 to 4999"
            )),
        }
    }
}

impl CloseCode {
    /// The number.
    #[must_use]
    pub(crate) const fn get(self) -> u16 {
        self.0
    }
}
