//! [`History`]: what was deployed to a place, and how it ended.

use aws_sdk_appconfig::operation::get_deployment::GetDeploymentOutput;
use aws_sdk_appconfig::primitives::{DateTime, DateTimeFormat};
use aws_sdk_appconfig::types::{DeploymentState, DeploymentSummary};

/// A deployment.
#[derive(Clone, Debug)]
pub(super) struct Deployment {
    pub number: i32,
    /// The version of the configuration that it deploys.
    pub version: String,
    pub state: DeploymentState,
    pub percent: f32,
    /// When it began, or when it was done.
    pub at: Option<String>,
    /// For how many minutes alarms are watched at its end.
    pub bake_minutes: i32,
    /// Told only where one deployment is asked about.
    pub strategy: Option<String>,
    /// What happened to it, newest first; told only where one deployment is asked about.
    pub events: Vec<String>,
}

/// What was deployed, newest first.
#[derive(Clone, Debug)]
pub(super) struct History {
    pub ours: Vec<Deployment>,
    /// Of other profiles in the same environment: only one deployment at a time may be under way there.
    others: Vec<Deployment>,
}

impl History {
    pub(super) fn new(
        ours: impl Iterator<Item = Deployment>,
        others: impl Iterator<Item = Deployment>,
    ) -> Self {
        let sorted = |mut all: Vec<Deployment>| {
            all.sort_by_key(|deployment| std::cmp::Reverse(deployment.number));
            all
        };
        Self { ours: sorted(ours.collect()), others: sorted(others.collect()) }
    }

    /// What is in use where nothing is under way, or was before that.
    pub(super) fn active(&self) -> Option<&Deployment> {
        self.ours.iter().find(|deployment| deployment.state == DeploymentState::Complete)
    }

    /// What is under way.
    pub(super) fn under_way(&self) -> Option<&Deployment> {
        self.ours.iter().find(|deployment| deployment.is_under_way())
    }

    /// The deployment of another profile that is in the way.
    pub(super) fn in_the_way(&self) -> Option<&Deployment> {
        self.others.iter().find(|deployment| deployment.is_under_way())
    }

    /// What was in use before what is.
    pub(super) fn previous(&self) -> Option<&Deployment> {
        let active = self.active()?;
        self.ours.iter().find(|deployment| {
            deployment.state == DeploymentState::Complete
                && deployment.number < active.number
                && deployment.version != active.version
        })
    }
}

impl Deployment {
    pub(super) fn of(summary: &DeploymentSummary) -> Self {
        Self {
            number: summary.deployment_number,
            version: summary.configuration_version.clone().unwrap_or_default(),
            state: state(summary.state.as_ref()),
            percent: summary.percentage_complete.unwrap_or_default(),
            at: time(summary.completed_at.or(summary.started_at).as_ref()),
            bake_minutes: summary.final_bake_time_in_minutes,
            strategy: None,
            events: Vec::new(),
        }
    }

    pub(super) fn in_full(deployment: &GetDeploymentOutput) -> Self {
        let events = deployment.event_log().iter().filter_map(|event| event.description());
        Self {
            number: deployment.deployment_number,
            version: deployment.configuration_version.clone().unwrap_or_default(),
            state: state(deployment.state.as_ref()),
            percent: deployment.percentage_complete.unwrap_or_default(),
            at: time(deployment.completed_at.or(deployment.started_at).as_ref()),
            bake_minutes: deployment.final_bake_time_in_minutes,
            strategy: deployment.deployment_strategy_id.clone(),
            events: events.map(str::to_owned).collect(),
        }
    }

    pub(super) fn is_under_way(&self) -> bool {
        use DeploymentState::{Baking, Deploying, RollingBack, Validating};
        matches!(self.state, Validating | Deploying | Baking | RollingBack)
    }

    /// Its state, for people.
    pub(super) fn says(&self) -> String {
        match &self.state {
            DeploymentState::Validating => "is being validated".to_owned(),
            DeploymentState::Deploying => format!("has reached {} %", self.percent),
            DeploymentState::Baking => {
                format!("is in use everywhere, and alarms are watched for {} minutes", self.bake_minutes)
            }
            DeploymentState::Complete => "is in use".to_owned(),
            DeploymentState::RollingBack => "is being rolled back".to_owned(),
            DeploymentState::RolledBack => "was rolled back".to_owned(),
            DeploymentState::Reverted => "was reverted".to_owned(),
            other => format!("is {}", other.as_str()),
        }
    }
}

fn state(state: Option<&DeploymentState>) -> DeploymentState {
    state.cloned().unwrap_or_else(|| DeploymentState::from("of unknown state"))
}

fn time(at: Option<&DateTime>) -> Option<String> {
    at?.fmt(DateTimeFormat::DateTime).ok()
}
