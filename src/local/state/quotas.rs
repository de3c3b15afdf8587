//! [`Quotas`]: limits on how many resources may exist.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::local::refusal::{Refusal, limit};
use crate::shape::did_you_mean;

/// Generates the quotas from one list: name, default for a new AWS account, and what it counts.
macro_rules! quotas {
    ($($name:ident = $value:literal, $is:literal;)*) => {
        /// Limits on how many resources may exist. The defaults are the quotas of a new AWS account.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub(in super::super) struct Quotas {
            $(#[doc = $is] pub $name: usize,)*
        }

        impl Default for Quotas {
            fn default() -> Self {
                Self { $($name: $value,)* }
            }
        }

        impl Quotas {
            /// For each quota: its name in the code, what it counts, and a function that returns its field.
            const TABLE: &[(&'static str, &'static str, fn(&mut Self) -> &mut usize)] =
                &[$((stringify!($name), $is, |it| &mut it.$name),)*];
        }
    };
}

quotas! {
    app_instances = 100, "app instances";
    users = 100_000, "users of an app instance";
    admins = 100, "administrators of an app instance";
    endpoints_of_a_user = 10, "devices of a user";
    flows = 100, "channel flows of an app instance";
    processors_of_a_flow = 1, "processors of a channel flow; AWS takes 3 at most";
    memberships_of_a_channel = 10_000, "members of a channel";
    memberships_of_a_person = 20_000, "channels of a member";
    moderators_of_a_channel = 1_000, "moderators of a channel";
    elastic_channels = 1, "elastic channels of an app instance";
    sub_channels = 100, "sub-channels of an elastic channel";
    memberships_of_a_sub_channel = 1_000, "members of a sub-channel";
    tags_of_a_resource = 50, "tags of a resource";
    messages_a_second = 0, "messages that are sent, updated, redacted, deleted and called back for in a channel each second; 0 for any number, 30 on AWS in us-east-1";
    calls_a_second = 0, "calls of one bearer each second; 0 for any number, 10 on AWS in us-east-1";
}

/// A quota that differs from that of a new AWS account, such as `processors-of-a-flow=3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Its index in the table.
    at: usize,
    value: usize,
}

impl Quota {
    /// Parses a quota such as `processors-of-a-flow=3`.
    ///
    /// # Errors
    /// If no quota has this name, or the value is not a number.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}`: expected NAME=NUMBER, such as processors-of-a-flow=3");
        let (name, value) = text.split_once('=').ok_or_else(expected)?;
        let value = value.trim().parse().map_err(|_| expected())?;
        let names: Vec<_> = Quotas::TABLE.iter().map(|(name, ..)| public(name)).collect();
        let at = names.iter().position(|known| known == name.trim()).ok_or_else(|| {
            let near = did_you_mean(name, names.iter().map(String::as_str));
            let expected = near.unwrap_or_else(|| format!("expected one of {}", names.join(", ")));
            format!("no quota `{name}`: {expected}")
        })?;
        Ok(Self { at, value })
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", public(Quotas::TABLE[self.at].0), self.value)
    }
}

impl Quotas {
    /// Sets a quota to the requested value.
    pub(in super::super) fn set(&mut self, quota: &Quota) {
        *Self::TABLE[quota.at].2(self) = quota.value;
    }

    /// Returns all quotas: name, value, default for a new AWS account, and what it counts.
    pub(in super::super) fn described(&self) -> Value {
        let (mut here, mut there) = (self.clone(), Self::default());
        let row = |(name, is, at): &(&str, &str, fn(&mut Self) -> &mut usize)| json!({ "name": public(name), "value": *at(&mut here), "default": *at(&mut there), "is": is });
        Self::TABLE.iter().map(row).collect()
    }
}

/// Returns the public name of a quota.
fn public(name: &str) -> String {
    name.replace('_', "-")
}

/// Refuses a `count` above `most`; `what` names the resource that is counted.
///
/// # Errors
/// If `count` exceeds `most`.
pub(in super::super) fn at_most(count: usize, most: usize, what: &str) -> Result<(), Refusal> {
    if count <= most {
        Ok(())
    } else {
        Err(limit(format!("{what}: {count} are more than the quota of {most}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_can_be_set_by_its_name() {
        for row in Quotas::default().described().as_array().unwrap() {
            let text = format!("{}=7", row["name"].as_str().unwrap());
            let quota = Quota::parse(&text).unwrap();
            assert_eq!(quota.to_string(), text);
            let mut quotas = Quotas::default();
            quotas.set(&quota);
            let changed = quotas.described();
            let sevens = changed.as_array().unwrap().iter().filter(|row| row["value"] == 7).count();
            assert_eq!(sevens, 1, "{text}");
        }
    }

    #[test]
    fn what_is_no_quota_is_said() {
        let error = |text| Quota::parse(text).unwrap_err();
        assert!(error("users").contains("expected NAME=NUMBER"));
        assert!(error("users=many").contains("expected NAME=NUMBER"));
        assert!(error("usres=3").contains("did you mean `users`"), "{}", error("usres=3"));
        assert!(error("processors=3").contains("processors-of-a-flow"), "{}", error("processors=3"));
    }
}
