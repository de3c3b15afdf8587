//! [`Unknowns`]: what nobody knows of AWS for certain, and may choose here.

use serde::{Deserialize, Serialize};

use super::refusal::{Refusal, bad_request, conflict, forbidden};

/// What `RedactChannelMessage` takes away. AWS's documents disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Redaction {
    /// Content and metadata, attributes and notification: what the newer documents say.
    #[default]
    All,
    /// The content, and not the metadata: what the older documents say.
    Content,
}

/// What is answered to a callback for a message that waits for none. All three were observed on AWS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondCallback {
    /// 403, without a reason: most of the time.
    #[default]
    Forbidden,
    /// 400: `Unable to complete processing of non-pending message for callback id …`.
    NonPending,
    /// 409: when two callbacks meet.
    Conflict,
}

/// What nobody knows of AWS, as it is played here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Unknowns {
    pub redaction: Redaction,
    pub second_callback: SecondCallback,
}

impl SecondCallback {
    /// How a callback is refused that no message waits for.
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
