//! [`Settings`]: what a service is told about itself when it starts.

use serde::{Deserialize, Serialize};

use super::refusal::{Refusal, bad_request, conflict, forbidden};
use super::state::{Quota, State};

/// What a service is told about itself when it starts. What is not said stays as it was left in the data folder, or in a seed.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// What ids are drawn from.
    pub seed: u64,
    pub quotas: Vec<Quota>,
    pub redaction: Option<Redaction>,
    pub second_callback: Option<SecondCallback>,
}

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

impl Settings {
    /// A state that knows nothing but this.
    pub(super) fn fresh(&self) -> State {
        let mut state = State::new(self.seed);
        self.apply(&mut state);
        state
    }

    /// Tells a state what was said, and whether that is news to it: a journal that stands on what it knew before must not go on then.
    pub(super) fn apply(&self, state: &mut State) -> bool {
        let before = (state.quotas.clone(), state.unknowns);
        self.quotas.iter().for_each(|quota| state.quotas.set(quota));
        let unknowns = &mut state.unknowns;
        unknowns.redaction = self.redaction.unwrap_or(unknowns.redaction);
        unknowns.second_callback = self.second_callback.unwrap_or(unknowns.second_callback);
        before != (state.quotas.clone(), state.unknowns)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_news_once() {
        let settings = Settings {
            quotas: vec![Quota::parse("users=3").unwrap()],
            redaction: Some(Redaction::Content),
            ..Settings::default()
        };
        let mut state = State::new(0);
        assert!(settings.apply(&mut state) && !settings.apply(&mut state));
        assert_eq!((state.quotas.users, state.unknowns.redaction), (3, Redaction::Content));
        assert!(!Settings::default().apply(&mut state), "what is not said stays");
        assert_eq!(settings.fresh().quotas, state.quotas);
    }
}
