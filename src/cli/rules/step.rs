//! [`Step`]: the next step in undoing the last push, derived from the deployments so far.
//!
//! Nothing is stored between two runs of `chimeflow rules rollback`: AppConfig's data determines what is left to do. Therefore the next run
//! continues an interrupted one, and a run after the last step changes nothing.

use aws_sdk_appconfig::types::DeploymentState;

use super::history::{Deployment, History, Purpose};

/// The next step in undoing the last push.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'h> {
    /// Request the purpose of the deployment with this number, and then determine the step again.
    Learn(i32),
    /// Nothing: the last push has been undone, or there was none.
    Done,
    /// Follow this deployment: it undoes the last push, or it is the last push, which is being rolled back.
    Follow(&'h Deployment),
    /// Stop this deployment, which is the last push.
    Stop(&'h Deployment),
    /// Restore what was in use before the last push.
    Return {
        push: &'h Deployment,
        to: &'h Deployment,
        /// Whether reverting the push in AppConfig restores the same version.
        by_reverting: bool,
    },
    /// Impossible: no other version was in use before the last push.
    NothingBefore(&'h Deployment),
    /// Impossible: this deployment is in a state that AWS does not document.
    Unknown(&'h Deployment),
}

impl History {
    /// Returns the next step in undoing the last push.
    pub(super) fn step(&self) -> Step<'_> {
        for (at, last) in self.ours.iter().enumerate() {
            let Some(purpose) = &last.purpose else { return Step::Learn(last.number) };
            let is_push = *purpose == Purpose::Push;
            return match last.state {
                DeploymentState::RollingBack => Step::Follow(last),
                _ if last.is_under_way() && is_push => Step::Stop(last),
                _ if last.is_under_way() => Step::Follow(last),
                DeploymentState::Complete if is_push => self.back_from(at),
                DeploymentState::Complete => Step::Done,
                _ if last.is_taken_back() && is_push => Step::Done,
                // A failed rollback: the push that it should have undone is in use again.
                _ if last.is_taken_back() => continue,
                _ => Step::Unknown(last),
            };
        }
        Step::Done
    }

    /// Returns how to undo the push at `at`, which is in use. The deployment that was in use when it began is the newest older one that
    /// was neither rolled back nor reverted. If that has the same version, the one before it counts.
    fn back_from(&self, at: usize) -> Step<'_> {
        let push = &self.ours[at];
        let mut from = at + 1;
        while let Some(found) = self.in_use(from, |_| true) {
            let before = &self.ours[found];
            if before.version != push.version {
                return Step::Return { push, to: before, by_reverting: at == 0 && found == 1 };
            }
            from = match &before.purpose {
                None => return Step::Learn(before.number),
                Some(Purpose::Push) => found + 1,
                // It restored the version of an older deployment. The deployments between the two were undone.
                Some(Purpose::Rollback(_)) => {
                    let older = self.in_use(found + 1, |older| older.version == push.version);
                    older.unwrap_or(self.ours.len())
                }
            };
        }
        Step::NothingBefore(push)
    }

    /// Returns the index of the newest deployment, from `from` on, that was in use, was not undone, and satisfies `is_such`.
    fn in_use(&self, from: usize, is_such: impl Fn(&Deployment) -> bool) -> Option<usize> {
        (from..self.ours.len())
            .find(|&at| self.ours[at].state == DeploymentState::Complete && is_such(&self.ours[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the step for deployments, oldest first: version, state, and `<` for a rollback.
    fn step(deployed: &str) -> String {
        let deployment = |(at, text): (usize, &str)| {
            let is_rollback = text.ends_with('<');
            let (version, state) = text.trim_end_matches('<').split_once(':').expect("VERSION:STATE");
            let described = if is_rollback { "chimeflow rules rollback of version 8 to 9" } else { "Friday" };
            Deployment {
                number: i32::try_from(at).expect("few") + 1,
                version: version.to_owned(),
                state: state.into(),
                purpose: Some(Purpose::of(described)),
                description: None,
                percent: 0.0,
                at: None,
                bake_minutes: 0,
                strategy: None,
                events: Vec::new(),
            }
        };
        let deployed = deployed.split_whitespace().enumerate().map(deployment);
        match History::new(deployed, std::iter::empty()).step() {
            Step::Learn(number) => format!("learn {number}"),
            Step::Done => "done".to_owned(),
            Step::Follow(one) => format!("follow {}", one.number),
            Step::Stop(one) => format!("stop {}", one.number),
            Step::Return { push, to, by_reverting: true } => {
                format!("revert {} to v{}", push.number, to.version)
            }
            Step::Return { push, to, .. } => format!("deploy v{} for {}", to.version, push.number),
            Step::NothingBefore(one) => format!("nothing before {}", one.number),
            Step::Unknown(one) => format!("unknown {}", one.number),
        }
    }

    #[test]
    fn the_last_push_is_taken_back_and_nothing_else() {
        let cases = [
            ("", "done"),
            ("1:COMPLETE", "nothing before 1"),
            ("1:ROLLED_BACK", "done"),
            ("1:COMPLETE 2:COMPLETE", "revert 2 to v1"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE", "revert 3 to v2"),
            // In progress: the deployment is stopped in any state.
            ("1:COMPLETE 2:VALIDATING", "stop 2"),
            ("1:COMPLETE 2:DEPLOYING", "stop 2"),
            ("1:COMPLETE 2:BAKING", "stop 2"),
            ("1:DEPLOYING", "stop 1"),
            ("1:COMPLETE 2:ROLLING_BACK", "follow 2"),
            // Undone by alarms, by a user, or by this command.
            ("1:COMPLETE 2:COMPLETE 3:ROLLED_BACK", "done"),
            ("1:COMPLETE 2:COMPLETE 3:REVERTED", "done"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:COMPLETE<", "done"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:DEPLOYING<", "follow 4"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:BAKING<", "follow 4"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:ROLLING_BACK<", "follow 4"),
            // A failed rollback is repeated as a deployment, because the push is no longer the newest deployment.
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:ROLLED_BACK<", "deploy v2 for 3"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:REVERTED<", "deploy v2 for 3"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:ROLLED_BACK< 2:ROLLED_BACK<", "deploy v2 for 3"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:ROLLED_BACK< 2:COMPLETE<", "done"),
            // A new push after a rollback is reverted to the version that the rollback restored.
            ("1:COMPLETE 2:COMPLETE 1:COMPLETE< 3:COMPLETE", "revert 4 to v1"),
            ("1:COMPLETE 2:COMPLETE 1:COMPLETE< 2:COMPLETE", "revert 4 to v1"),
            ("1:COMPLETE 2:REVERTED 3:COMPLETE", "deploy v1 for 3"),
            ("1:COMPLETE 2:COMPLETE 3:ROLLED_BACK 4:COMPLETE", "deploy v2 for 4"),
            ("1:COMPLETE 2:REVERTED 3:ROLLED_BACK 4:COMPLETE", "deploy v1 for 4"),
            ("2:REVERTED 3:COMPLETE", "nothing before 2"),
            // A repeated deployment of the same version does not count as another version.
            ("1:COMPLETE 2:COMPLETE 2:COMPLETE", "deploy v1 for 3"),
            ("1:COMPLETE 1:COMPLETE", "nothing before 2"),
            ("1:COMPLETE 2:COMPLETE 3:COMPLETE 2:COMPLETE< 2:COMPLETE", "deploy v1 for 5"),
            ("2:COMPLETE 3:COMPLETE 2:COMPLETE< 2:COMPLETE", "nothing before 4"),
            (
                "5:COMPLETE 2:COMPLETE 3:COMPLETE 2:COMPLETE< 4:COMPLETE 2:COMPLETE< 2:COMPLETE",
                "deploy v5 for 7",
            ),
            ("2:COMPLETE< 2:COMPLETE", "nothing before 2"),
            ("1:COMPLETE 2:PAUSED", "unknown 2"),
        ];
        for (deployed, expected) in cases {
            assert_eq!(step(deployed), expected, "{deployed}");
        }
    }

    #[test]
    fn rollbacks_are_known_by_their_description() {
        use super::super::history::Rollback;

        let rollback = Rollback { from: "3".to_owned(), to: "2".to_owned() };
        assert_eq!(rollback.to_string(), "chimeflow rules rollback of version 3 to 2");
        assert_eq!(Purpose::of(&rollback.to_string()), Purpose::Rollback(rollback));
        assert!(matches!(Purpose::of("chimeflow rules rollback"), Purpose::Rollback(_)));
        for push in ["", "chimeflow rules push", "rollback of version 3 to 2", "Friday"] {
            assert_eq!(Purpose::of(push), Purpose::Push, "{push}");
        }
    }
}
