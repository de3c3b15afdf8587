//! [`History`]: the deployments to an environment, and their results.

use std::fmt;

use aws_sdk_appconfig::operation::get_deployment::GetDeploymentOutput;
use aws_sdk_appconfig::primitives::{DateTime, DateTimeFormat};
use aws_sdk_appconfig::types::{DeploymentState, DeploymentSummary};

use crate::cli::printable::plain;

/// A deployment.
#[derive(Clone, Debug)]
pub(super) struct Deployment {
    pub number: i32,
    /// The version of the configuration that it deploys.
    pub version: String,
    pub state: DeploymentState,
    /// The purpose; known only if this deployment was requested individually.
    pub purpose: Option<Purpose>,
    /// Known only if this deployment was requested individually.
    pub description: Option<String>,
    pub percent: f32,
    /// When it began, or when it ended.
    pub at: Option<String>,
    /// How many minutes AppConfig watches alarms after the deployment has reached all functions.
    pub bake_minutes: i32,
    /// Known only if this deployment was requested individually.
    pub strategy: Option<String>,
    /// Its events, newest first; known only if this deployment was requested individually.
    pub events: Vec<String>,
}

/// The purpose of a deployment, according to its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To put a version into use: `chimeflow rules push`, and all deployments of other tools.
    Push,
    /// To restore an earlier version: `chimeflow rules rollback`.
    Rollback(Rollback),
}

/// A rollback from one version to another. `Display` writes the description by which such a deployment is recognized later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rollback {
    pub from: String,
    pub to: String,
}

/// The deployments, newest first.
#[derive(Clone, Debug)]
pub(super) struct History {
    pub ours: Vec<Deployment>,
    /// Deployments of other profiles in the same environment, where only one deployment at a time may be in progress.
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

    /// Returns the deployment in use: the last one that reached all functions, even if alarms are still watched.
    pub(super) fn active(&self) -> Option<&Deployment> {
        use DeploymentState::{Baking, Complete};
        self.ours.iter().find(|deployment| matches!(deployment.state, Baking | Complete))
    }

    /// Returns the deployment that is in progress.
    pub(super) fn under_way(&self) -> Option<&Deployment> {
        self.ours.iter().find(|deployment| deployment.is_under_way())
    }

    /// Returns the deployment of another profile that blocks the environment.
    pub(super) fn in_the_way(&self) -> Option<&Deployment> {
        self.others.iter().find(|deployment| deployment.is_under_way())
    }

    /// Replaces an entry with details about the same deployment.
    pub(super) fn learn(&mut self, details: Deployment) {
        if let Some(known) = self.ours.iter_mut().find(|known| known.number == details.number) {
            *known = details;
        }
    }

    /// Returns the number of the newest deployment in the environment.
    pub(super) fn newest(&self) -> i32 {
        self.ours.iter().chain(&self.others).map(|deployment| deployment.number).max().unwrap_or_default()
    }
}

impl Deployment {
    pub(super) fn of(summary: &DeploymentSummary) -> Self {
        Self {
            number: summary.deployment_number,
            version: summary.configuration_version.clone().unwrap_or_default(),
            state: state(summary.state.as_ref()),
            purpose: None,
            description: None,
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
            purpose: Some(Purpose::of(deployment.description().unwrap_or_default())),
            description: deployment.description.clone(),
            percent: deployment.percentage_complete.unwrap_or_default(),
            at: time(deployment.completed_at.or(deployment.started_at).as_ref()),
            bake_minutes: deployment.final_bake_time_in_minutes,
            strategy: deployment.deployment_strategy_id.clone(),
            events: events.map(plain).collect(),
        }
    }

    pub(super) fn is_under_way(&self) -> bool {
        use DeploymentState::{Baking, Deploying, RollingBack, Validating};
        matches!(self.state, Validating | Deploying | Baking | RollingBack)
    }

    /// Returns whether it was rolled back or reverted.
    pub(super) fn is_taken_back(&self) -> bool {
        matches!(self.state, DeploymentState::RolledBack | DeploymentState::Reverted)
    }

    /// Returns the version that this rollback undoes; `None` for a push, or if the purpose is unknown.
    pub(super) fn takes_back(&self) -> Option<&str> {
        match &self.purpose {
            Some(Purpose::Rollback(rollback)) => Some(&*rollback.from).filter(|from| !from.is_empty()),
            _ => None,
        }
    }

    /// Returns what this rollback undoes, for people; empty for a push, or if the purpose is unknown.
    pub(super) fn taken_back(&self) -> String {
        let note = self.takes_back().map(|from| format!(", and version {from} is taken back"));
        note.unwrap_or_default()
    }

    /// Shows its last event on standard error.
    pub(super) fn show_events(&self) {
        for event in self.events.iter().take(3) {
            crate::cli::output::errln!("{event}");
        }
    }

    /// Returns its state, for people.
    pub(super) fn progress(&self) -> String {
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

/// The first words of every rollback's description.
const ROLLBACK: &str = "chimeflow rules rollback";

impl Purpose {
    /// Returns the purpose of a deployment with this description.
    pub(super) fn of(description: &str) -> Self {
        let Some(rest) = description.strip_prefix(ROLLBACK) else { return Self::Push };
        let versions = rest.strip_prefix(" of version ").and_then(|versions| versions.split_once(" to "));
        let (from, to) = versions.unwrap_or_default();
        Self::Rollback(Rollback { from: from.to_owned(), to: to.to_owned() })
    }
}

impl fmt::Display for Rollback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ROLLBACK} of version {} to {}", self.from, self.to)
    }
}

fn state(state: Option<&DeploymentState>) -> DeploymentState {
    state.cloned().unwrap_or_else(|| DeploymentState::from("of unknown state"))
}

fn time(at: Option<&DateTime>) -> Option<String> {
    at?.fmt(DateTimeFormat::DateTime).ok()
}
