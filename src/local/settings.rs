//! [`Settings`]: what a service is told about itself when it starts.

use super::state::{Quota, State};
use super::unknowns::{Redaction, SecondCallback};

/// What a service is told about itself when it starts. What is not said stays as it was left in the data folder, or in a seed.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// What ids are drawn from.
    pub seed: u64,
    pub quotas: Vec<Quota>,
    pub redaction: Option<Redaction>,
    pub second_callback: Option<SecondCallback>,
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
