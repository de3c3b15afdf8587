//! [`Fault`] and [`Planned`]: which faults can happen, how often, and with what probability.

use serde::{Deserialize, Serialize};

use crate::local::ids::Ids;

/// A fault that the service can inject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fault", deny_unknown_fields)]
pub enum Fault {
    /// Lambda delivers an event twice, at nearly the same time, as its documentation allows.
    DuplicateDelivery,
    /// A callback conflicts with another that is being processed: 409.
    CallbackRace,
    /// A callback takes effect, but its success response is lost: 500.
    CallbackLost,
    /// The response to a callback is slow.
    SlowCallback {
        /// The delay, in milliseconds.
        millis: u64,
    },
    /// The function cannot be invoked because the service lacks the permission.
    DeniedInvoke,
    /// Lambda throttles the invocation of the function.
    ThrottledInvoke,
    /// The function fails before it returns.
    FunctionError,
    /// The function does not receive the message until somebody releases it.
    Hold,
    /// An operation fails with 429.
    Throttle {
        /// The operation's name; any operation if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation fails with 500 before it changes anything.
    Failure {
        /// The operation's name; any operation if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation fails with 503.
    Unavailable {
        /// The operation's name; any operation if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation fails with 401.
    Unauthorized {
        /// The operation's name; any operation if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// An operation is slower.
    Latency {
        /// The additional time, in milliseconds.
        millis: u64,
        /// The operation's name; any operation if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operation: Option<String>,
    },
    /// Sessions are closed: those that are open now, or the next one if none is.
    SocketClose {
        /// The close code that the client receives.
        #[serde(default)]
        code: CloseCode,
        /// The user whose sessions are closed, by ARN or id; all users if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
    /// A user receives an event after the event that followed it.
    OutOfOrder {
        /// The user, by ARN or id; all users if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
}

/// A fault, how many times it happens, and with what probability each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many times it happens: once by default, without limit if 0.
    #[serde(default = "once", alias = "count")]
    pub times: u32,
    /// The probability each time that it could happen.
    #[serde(default, skip_serializing_if = "Probability::is_certain")]
    pub probability: Probability,
}

impl From<Fault> for Planned {
    /// Plans the fault once, with certainty.
    fn from(fault: Fault) -> Self {
        Self { fault, times: 1, probability: Probability::default() }
    }
}

fn once() -> u32 {
    1
}

/// A probability: more than 0, at most 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64")]
pub struct Probability(f64);

impl Default for Probability {
    /// Returns 1, certainty.
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

    /// Draws a random number and returns whether the fault happens this time.
    pub(super) fn drawn(self, draws: &mut Ids) -> bool {
        self.is_certain() || draws.fraction() < self.0
    }
}

/// The close code of a WebSocket. 1006 stands for a connection that breaks without a close frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16")]
pub struct CloseCode(u16);

impl Default for CloseCode {
    /// Returns 1011, a server error, after which clients reconnect.
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
    #[must_use]
    pub(crate) const fn get(self) -> u16 {
        self.0
    }
}
