//! An environment of AppConfig, emulated by what AWS documents: which states a deployment goes through, when it may begin, be stopped and
//! be reverted, and which version is in use meanwhile.

use serde_json::{Value, json};

pub(super) const PROFILE: &str = "ijkl789";
/// The number of deployments on a page of the list.
const PAGE: usize = 2;

/// The deployments, and the version in use.
#[derive(Default)]
pub(crate) struct Environment {
    pub deployments: Vec<Deployment>,
    /// The states that a new deployment goes through, one for each request about it.
    pub course: Vec<(&'static str, f32)>,
    /// Whether deployments that are complete were complete for more than 72 hours.
    pub is_long_ago: bool,
    /// The rules that the environment's functions receive.
    pub in_use: Option<usize>,
}

pub(crate) struct Deployment {
    pub version: usize,
    pub strategy: String,
    pub description: Option<String>,
    profile: &'static str,
    /// The version in use when it began.
    before: Option<usize>,
    state: &'static str,
    percent: f32,
    /// Whether a user stopped it.
    is_stopped: bool,
    /// The states to come.
    course: Vec<(&'static str, f32)>,
    /// Oldest first.
    events: Vec<(&'static str, &'static str, String)>,
}

/// Why the API refuses: a status, and the name of the exception.
pub(super) type Refused = (u16, &'static str, &'static str);

impl Environment {
    pub(super) fn start(
        &mut self,
        version: usize,
        strategy: &str,
        description: Option<&str>,
        profile: &'static str,
    ) -> Result<usize, Refused> {
        if self.deployments.iter().any(Deployment::is_under_way) {
            return Err((409, "ConflictException", "another deployment is in progress in this environment"));
        }
        let mut course = self.course.clone();
        let (state, percent) = course.remove(0);
        self.deployments.push(Deployment {
            version,
            strategy: strategy.to_owned(),
            description: description.map(str::to_owned),
            profile,
            before: self.in_use,
            state: "DEPLOYING",
            percent: 0.0,
            is_stopped: false,
            course,
            events: vec![("DEPLOYMENT_STARTED", "USER", "deployment started".to_owned())],
        });
        let number = self.deployments.len();
        self.reach(number, state, percent);
        Ok(number)
    }

    /// Moves a deployment to its next state, because of a request about it.
    pub(super) fn go_on(&mut self, number: usize) {
        let course = &mut self.deployments[number - 1].course;
        if !course.is_empty() {
            let (state, percent) = course.remove(0);
            self.reach(number, state, percent);
        }
    }

    /// Stops a deployment. The service documents: without `AllowRevert` it stops one that is `DEPLOYING`, and with it one in any state
    /// of progress, which is rolled back; one that is complete is reverted with `AllowRevert` only, and for 72 hours.
    pub(super) fn stop(&mut self, number: usize, allow_revert: bool) -> Result<(), Refused> {
        let is_long_ago = self.is_long_ago;
        let Some(deployment) = self.deployments.get_mut(number.wrapping_sub(1)) else {
            return Err((404, "ResourceNotFoundException", "there is no such deployment"));
        };
        match (deployment.state, allow_revert) {
            ("DEPLOYING", _) | ("VALIDATING" | "BAKING", true) => {
                deployment.course = vec![("ROLLED_BACK", 0.0)];
                deployment.is_stopped = true;
                deployment.events.push(("ROLLBACK_STARTED", "USER", "somebody stopped it".to_owned()));
                self.reach(number, "ROLLING_BACK", 10.0);
                Ok(())
            }
            ("COMPLETE", true) if is_long_ago => {
                Err((400, "BadRequestException", "the deployment completed more than 72 hours ago"))
            }
            ("COMPLETE", true) => {
                deployment.course.clear();
                self.reach(number, "REVERTED", 0.0);
                Ok(())
            }
            _ => Err((
                400,
                "BadRequestException",
                "the deployment is in a state in which it cannot be stopped",
            )),
        }
    }

    fn reach(&mut self, number: usize, state: &'static str, percent: f32) {
        let deployment = &mut self.deployments[number - 1];
        (deployment.state, deployment.percent) = (state, percent);
        let (event, by, says) = match state {
            "BAKING" => ("BAKE_TIME_STARTED", "APPCONFIG", "alarms are watched"),
            "COMPLETE" => ("DEPLOYMENT_COMPLETED", "APPCONFIG", "deployment completed"),
            "ROLLED_BACK" if deployment.is_stopped => {
                ("ROLLBACK_COMPLETED", "USER", "deployment rolled back")
            }
            "ROLLED_BACK" => ("ROLLBACK_COMPLETED", "CLOUDWATCH_ALARM", "alarm processor-errors went off"),
            "REVERTED" => ("REVERT_COMPLETED", "USER", "deployment reverted"),
            _ => ("PERCENTAGE_UPDATED", "APPCONFIG", "it is on its way"),
        };
        deployment.events.push((event, by, says.to_owned()));
        if deployment.profile == PROFILE {
            match state {
                "BAKING" | "COMPLETE" => self.in_use = Some(deployment.version),
                "ROLLED_BACK" | "REVERTED" => self.in_use = deployment.before,
                _ => {}
            }
        }
    }

    /// What happened to every deployment, oldest first.
    pub(crate) fn states(&self) -> Vec<String> {
        let states = |one: &Deployment| format!("{} {}", one.version, one.state);
        self.deployments.iter().map(states).collect()
    }

    /// Returns the full description of a deployment.
    pub(super) fn in_full(&self, number: usize) -> Option<Value> {
        let deployment = self.deployments.get(number.checked_sub(1)?)?;
        let event = |(kind, by, says): &(&str, &str, String)| json!({"EventType": kind, "TriggeredBy": by, "Description": says});
        let mut description = self.summary(number);
        description["DeploymentStrategyId"] = deployment.strategy.as_str().into();
        description["Description"] = json!(deployment.description);
        description["EventLog"] = deployment.events.iter().rev().map(event).collect();
        Some(description)
    }

    /// Returns a page of the list: newest first, and with `token` those that are older than this one.
    pub(super) fn page(&self, token: Option<usize>) -> Value {
        let newest = token.unwrap_or(self.deployments.len() + 1) - 1;
        let oldest = newest.saturating_sub(PAGE - 1).max(1);
        let mut description = json!({ "Items": (oldest..=newest).rev().map(|number| self.summary(number)).collect::<Vec<_>>() });
        if oldest > 1 {
            description["NextToken"] = oldest.to_string().into();
        }
        description
    }

    /// Returns the description of a deployment in a list, without its text and its events.
    pub(super) fn summary(&self, number: usize) -> Value {
        let deployment = &self.deployments[number - 1];
        json!({
            "DeploymentNumber": number, "ConfigurationProfileId": deployment.profile, "ConfigurationName": "rules",
            "ConfigurationVersion": deployment.version.to_string(), "State": deployment.state,
            "PercentageComplete": deployment.percent, "FinalBakeTimeInMinutes": 10, "StartedAt": "2026-11-20T10:00:00Z",
        })
    }
}

impl Deployment {
    fn is_under_way(&self) -> bool {
        matches!(self.state, "VALIDATING" | "DEPLOYING" | "BAKING" | "ROLLING_BACK")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNDER_WAY: [&str; 4] = ["VALIDATING", "DEPLOYING", "BAKING", "ROLLING_BACK"];
    const ENDED: [&str; 3] = ["COMPLETE", "ROLLED_BACK", "REVERTED"];

    /// Returns an environment in which version 1 is in use, and the deployment of version 2 has reached `state`.
    fn in_state(state: &'static str) -> Environment {
        let mut environment = Environment { course: vec![("COMPLETE", 100.0)], ..Environment::default() };
        environment.start(1, "s", None, PROFILE).unwrap();
        environment.start(2, "s", None, PROFILE).unwrap();
        environment.reach(2, state, 100.0);
        environment
    }

    #[test]
    fn a_deployment_is_stopped_and_reverted_when_the_service_documents_it() {
        for state in UNDER_WAY.into_iter().chain(ENDED) {
            for (allow_revert, is_long_ago) in [(false, false), (true, false), (false, true), (true, true)] {
                let mut environment = in_state(state);
                environment.is_long_ago = is_long_ago;
                let stopped = environment.stop(2, allow_revert).map_err(|(status, name, _)| (status, name));
                let becomes = match (state, allow_revert) {
                    ("DEPLOYING", _) | ("VALIDATING" | "BAKING", true) => "ROLLED_BACK",
                    ("COMPLETE", true) if !is_long_ago => "REVERTED",
                    _ => state,
                };
                let expected = if becomes == state { Err((400, "BadRequestException")) } else { Ok(()) };
                assert_eq!(stopped, expected, "{state} {allow_revert} {is_long_ago}");
                environment.go_on(2);
                assert_eq!(environment.states()[1], format!("2 {becomes}"), "{state} {allow_revert}");
                if becomes != state {
                    assert_eq!(environment.in_use, Some(1), "{state} {allow_revert}");
                }
            }
        }
        assert_eq!(in_state("COMPLETE").stop(3, true).map_err(|refused| refused.0), Err(404));
    }

    #[test]
    fn an_environment_has_one_deployment_at_a_time() {
        for (states, status) in [(&UNDER_WAY[..], Some(409)), (&ENDED[..], None)] {
            for state in states {
                for profile in [PROFILE, "mnop012"] {
                    let started = in_state(state).start(1, "s", None, profile);
                    assert_eq!(started.err().map(|refused| refused.0), status, "{state} {profile}");
                }
            }
        }
    }
}
