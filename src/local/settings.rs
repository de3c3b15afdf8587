//! [`Settings`]: what a service is configured with when it starts.

use super::state::{Quota, State};
use super::unknowns::{Joining, Redaction, SecondCallback};

/// The configuration of a service at its start. Absent settings keep their value from the data folder or from a seed.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// The seed for ids.
    pub seed: u64,
    pub quotas: Vec<Quota>,
    pub redaction: Option<Redaction>,
    pub second_callback: Option<SecondCallback>,
    pub joining: Option<Joining>,
}

impl Settings {
    /// Returns an empty state with these settings.
    pub(super) fn fresh(&self) -> State {
        let mut state = State::new(self.seed);
        self.apply(&mut state);
        state
    }

    /// Applies the settings to a state. Returns whether that changed anything, in which case the existing journal cannot be continued.
    pub(super) fn apply(&self, state: &mut State) -> bool {
        let before = (state.quotas.clone(), state.unknowns);
        self.quotas.iter().for_each(|quota| state.quotas.set(quota));
        let unknowns = &mut state.unknowns;
        unknowns.redaction = self.redaction.unwrap_or(unknowns.redaction);
        unknowns.second_callback = self.second_callback.unwrap_or(unknowns.second_callback);
        unknowns.joining = self.joining.unwrap_or(unknowns.joining);
        before != (state.quotas.clone(), state.unknowns)
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
