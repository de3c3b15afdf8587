//! [`Unknowns`]: behaviour of AWS that is not known for certain, and that a user may choose here.

use serde::{Deserialize, Serialize};

use super::refusal::{Refusal, bad_request, conflict, forbidden};

/// What `RedactChannelMessage` removes. AWS's documents contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Redaction {
    /// Content and metadata, attributes and notification, according to the newer documents.
    #[default]
    All,
    /// The content, but not the metadata, according to the older documents.
    Content,
}

/// The response to a callback for a message that does not wait for one. All three were observed on AWS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondCallback {
    /// 403, without a reason: the most frequent one.
    #[default]
    Forbidden,
    /// 400: `Unable to complete processing of non-pending message for callback id …`.
    NonPending,
    /// 409: when two callbacks arrive at the same time.
    Conflict,
}

/// Who may join a public channel without an invitation. AWS's documents contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joining {
    /// Everybody in the app instance, as AWS's own chat demo expects.
    #[default]
    Public,
    /// Everybody in the app instance, if the channel is unrestricted.
    Unrestricted,
    /// Nobody, according to the table of roles.
    Never,
}

/// The chosen behaviours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Unknowns {
    pub redaction: Redaction,
    pub second_callback: SecondCallback,
    pub joining: Joining,
}

impl SecondCallback {
    /// Returns the refusal of a callback that no message waits for.
    pub(super) fn refusal(self, callback: &str) -> Refusal {
        match self {
            Self::Forbidden => forbidden("You do not have sufficient access to perform this action."),
            Self::NonPending => bad_request(format!(
                "Unable to complete processing of non-pending message for callback id {callback}"
            )),
            Self::Conflict => conflict("Another callback for this message is being processed."),
        }
    }
}
