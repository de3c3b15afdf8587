//! [`Fault`] and [`Planned`]: which faults can happen, how often, and with what probability.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::local::ids::Ids;
use crate::shape::did_you_mean;

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

/// A fault by name, with the members that it needs and those that it may have.
struct Kind {
    name: &'static str,
    needs: &'static [&'static str],
    may_have: &'static [&'static str],
}

const fn kind(name: &'static str, needs: &'static [&'static str], may_have: &'static [&'static str]) -> Kind {
    Kind { name, needs, may_have }
}

/// All faults. The error messages of serde are not for people, and serde ignores members of faults that have none.
const KINDS: [Kind; 15] = [
    kind("duplicate-delivery", &[], &[]),
    kind("callback-race", &[], &[]),
    kind("callback-lost", &[], &[]),
    kind("slow-callback", &["millis"], &[]),
    kind("denied-invoke", &[], &[]),
    kind("throttled-invoke", &[], &[]),
    kind("function-error", &[], &[]),
    kind("hold", &[], &[]),
    kind("throttle", &[], &["operation"]),
    kind("failure", &[], &["operation"]),
    kind("unavailable", &[], &["operation"]),
    kind("unauthorized", &[], &["operation"]),
    kind("latency", &["millis"], &["operation"]),
    kind("socket-close", &[], &["code", "user"]),
    kind("out-of-order", &[], &["user"]),
];

/// The members of every fault.
const MEMBERS: [&str; 4] = ["fault", "times", "count", "probability"];
/// The maximum delay, in milliseconds: an hour. No client waits that long, and a mistyped delay would stop the service.
const LONGEST: u64 = 60 * 60 * 1_000;

impl Planned {
    /// Reads a planned fault. `name` returns how people name a member: `millis` in JSON, `--millis` on the command line.
    ///
    /// # Errors
    /// What is wrong with it, and what was expected.
    pub(crate) fn read(json: &Value, name: impl Fn(&str) -> String) -> Result<Self, String> {
        let all = |members: &[&str]| {
            let named: Vec<_> = members.iter().map(|member| format!("`{}`", name(member))).collect();
            named.join(" and ")
        };
        let members =
            json.as_object().ok_or("expected an object such as {\"fault\": \"duplicate-delivery\"}")?;
        let fault =
            members.get("fault").and_then(Value::as_str).ok_or("expected the name of a fault as `fault`")?;
        let Kind { needs, may_have, .. } = find(fault)?;
        let takes = [*needs, *may_have].concat();
        for member in members.keys().map(String::as_str).filter(|member| !MEMBERS.contains(member)) {
            if !takes.contains(&member) {
                let others = if takes.is_empty() { String::new() } else { format!(", but {}", all(&takes)) };
                return Err(format!("`{fault}` takes no `{}`{others}", name(member)));
            }
        }
        if let Some(missing) = needs.iter().find(|member| !members.contains_key(**member)) {
            return Err(format!("`{fault}` needs `{}`", name(missing)));
        }
        if members.get("millis").and_then(Value::as_u64).is_some_and(|millis| millis > LONGEST) {
            return Err(format!("`{}`: expected at most {LONGEST}, which is an hour", name("millis")));
        }
        if members.get("user").is_some_and(|user| user == "") {
            return Err(format!("`{}`: expected the ARN or the id of a user", name("user")));
        }
        Self::deserialize(json).map_err(|error| error.to_string())
    }
}

impl Fault {
    /// Checks that there is a fault called `name`.
    ///
    /// # Errors
    /// If there is none; the error names a similar one, or all.
    pub(crate) fn check_name(name: &str) -> Result<(), String> {
        find(name).map(drop)
    }

    /// Returns the operation that the fault is about, if it is about one.
    pub(crate) fn operation(&self) -> Option<&str> {
        match self {
            Self::Throttle { operation }
            | Self::Failure { operation }
            | Self::Unavailable { operation }
            | Self::Unauthorized { operation }
            | Self::Latency { operation, .. } => operation.as_deref(),
            _ => None,
        }
    }
}

fn find(name: &str) -> Result<&'static Kind, String> {
    KINDS.iter().find(|kind| kind.name == name).ok_or_else(|| {
        let names = || KINDS.iter().map(|kind| kind.name);
        let expected = did_you_mean(name, names())
            .unwrap_or_else(|| format!("expected one of {}", names().collect::<Vec<_>>().join(", ")));
        format!("no fault `{name}`: {expected}")
    })
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns a fault of this kind with these members.
    fn with(kind: &Kind, members: &[&str]) -> Value {
        let mut json = json!({ "fault": kind.name });
        for member in members {
            json[*member] = if ["millis", "code"].contains(member) { json!(1001) } else { json!("a") };
        }
        json
    }

    fn read(json: &Value) -> Result<Planned, String> {
        Planned::read(json, |member| format!("--{member}"))
    }

    #[test]
    fn every_fault_takes_what_the_table_says_and_nothing_else() {
        let all = ["millis", "operation", "user", "code"];
        for kind in &KINDS {
            let takes = [kind.needs, kind.may_have].concat();
            let planned = read(&with(kind, &takes)).unwrap_or_else(|why| panic!("{}: {why}", kind.name));
            assert_eq!(planned.fault.name(), kind.name);
            // What is written is read again with every member.
            let written = serde_json::to_value(&planned.fault).unwrap();
            assert_eq!(written, with(kind, &takes));
            assert!(read(&with(kind, kind.needs)).is_ok(), "{}", kind.name);
            for needed in kind.needs {
                let why = read(&with(kind, &[])).unwrap_err();
                assert_eq!(why, format!("`{}` needs `--{needed}`", kind.name));
            }
            for other in all.iter().filter(|member| !takes.contains(member)) {
                let why = read(&with(kind, &[&takes[..], &[other]].concat())).unwrap_err();
                assert!(why.starts_with(&format!("`{}` takes no `--{other}`", kind.name)), "{why}");
            }
            assert_eq!(planned.fault.operation().is_some(), takes.contains(&"operation"), "{}", kind.name);
        }
    }

    #[test]
    fn what_is_wrong_with_a_fault_is_said_for_people() {
        for (json, expected) in [
            (json!([]), "expected an object such as"),
            (json!({}), "expected the name of a fault"),
            (json!({ "fault": "throtle" }), "no fault `throtle`: did you mean `throttle`?"),
            (json!({ "fault": "x" }), "no fault `x`: expected one of duplicate-delivery, callback-race"),
            (json!({ "fault": "latency", "millis": 3_600_001 }), "`--millis`: expected at most 3600000"),
            (json!({ "fault": "out-of-order", "user": "" }), "`--user`: expected the ARN or the id"),
            (json!({ "fault": "hold", "probability": 0 }), "a probability of 0: expected"),
            (json!({ "fault": "hold", "probability": null }), "invalid type: null"),
        ] {
            let why = read(&json).unwrap_err();
            assert!(why.starts_with(expected), "{json}: {why}");
        }
        assert_eq!(read(&json!({ "fault": "hold", "count": 0 })).map(|planned| planned.times), Ok(0));
    }
}
