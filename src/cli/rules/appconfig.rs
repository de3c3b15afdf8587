//! [`AppConfig`]: a client of AppConfig.

/// Returns all elements of a list, from all of its pages, as [`listed`](crate::cli::aws::listed) does.
macro_rules! all {
    ($operation:literal, $request:expr) => {
        $crate::cli::aws::listed($operation, async || {
            let pages = $request.clone().into_paginator().send().collect::<Result<Vec<_>, _>>().await;
            let pages = pages.map_err(|error| Refusal::of($operation, &error))?;
            let lists: Option<Vec<_>> = pages.into_iter().map(|page| page.items).collect();
            Ok(lists.map(|lists| lists.concat()))
        })
        .await
    };
}

mod versions;

use std::time::Duration;

use anyhow::{Context, bail};
use aws_config::retry::RetryConfig;
use aws_sdk_appconfig::error::SdkError;
use aws_sdk_appconfig::operation::start_deployment::StartDeploymentError;
use aws_sdk_appconfig::types::{BadRequestDetails, DeploymentState};
use aws_sdk_appconfig::{Client, Config};

pub(super) use self::versions::Content;
use super::history::{Deployment, History, Purpose};
use super::target::{Place, Resource, Target, pick};
use crate::cli::aws::{Aws, Refusal, client};
use crate::cli::printable::plain;

/// A client of AppConfig in a Region.
#[derive(Debug)]
pub(super) struct AppConfig {
    client: Client,
    region: String,
}

/// The result of starting a deployment.
#[derive(Debug)]
pub(super) enum StartResult {
    /// The deployment has started.
    Deployment {
        number: i32,
        /// Whether this program, rather than somebody else with the same version, started it.
        is_ours: bool,
    },
    /// The validator rejected the configuration, for these reasons.
    Rejected(Vec<String>),
}

/// The result of stopping a deployment.
#[derive(Debug)]
pub(super) enum StopResult {
    /// It is being rolled back, or was rolled back or reverted.
    Yes,
    /// It has been complete for more than three days, so AppConfig does not revert it.
    TooOld,
}

/// How long to wait before each retry.
const PAUSES: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];

/// The location of configurations that AppConfig itself stores.
const HOSTED: &str = "hosted";

impl AppConfig {
    pub(super) async fn new(aws: &Aws) -> anyhow::Result<Self> {
        let region = aws.region_or_default().await;
        let region = region.context("which Region? Say --region, AWS_REGION, or one in the profile")?;
        Ok(Self { client: client!(aws_sdk_appconfig, &aws.config(&region).await), region })
    }

    /// Finds the configuration that the user named.
    pub(super) async fn find(&self, place: &Place) -> anyhow::Result<Target> {
        let there = all!("ListApplications", self.client.list_applications());
        let there = there.map(|all| all.into_iter().map(|one| resource(one.id, one.name)).collect());
        let application = pick("application", &place.application, there)
            .with_context(|| format!("looked in {}", self.region))?;

        let environments = self.client.list_environments().application_id(&application.id);
        let there = all!("ListEnvironments", environments);
        let there = there.map(|all| all.into_iter().map(|one| resource(one.id, one.name)).collect());
        let environment = pick("environment", &place.environment, there)?;

        let profiles = self.client.list_configuration_profiles().application_id(&application.id);
        let there = all!("ListConfigurationProfiles", profiles);
        let elsewhere = |id: &str| {
            let all = there.as_ref().ok()?.iter();
            let location = all.into_iter().find(|one| one.id.as_deref() == Some(id))?.location_uri.clone()?;
            Some(location).filter(|location| location != HOSTED)
        };
        let names = match &there {
            Ok(all) => Ok(all.iter().map(|one| resource(one.id.clone(), one.name.clone())).collect()),
            Err(refusal) => Err(refusal.clone()),
        };
        let profile = pick("configuration profile", &place.profile, names)?;
        if let Some(location) = elsewhere(&profile.id) {
            bail!(
                "profile `{}` keeps its content at {location}, expected one hosted by AppConfig",
                profile.name
            );
        }
        Ok(Target { application, environment, profile })
    }

    /// Returns what was deployed to `target`.
    pub(super) async fn history(&self, target: &Target) -> anyhow::Result<History> {
        let deployments = self.client.list_deployments();
        let deployments =
            deployments.application_id(&target.application.id).environment_id(&target.environment.id);
        let all = all!("ListDeployments", deployments)?;
        let (ours, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| match one.configuration_profile_id() {
                Some(id) => id == target.profile.id,
                None => one.configuration_name() == Some(&target.profile.name),
            });
        Ok(History::new(ours.iter().map(Deployment::of), others.iter().map(Deployment::of)))
    }

    /// Returns the state of the deployment with this number, with its events.
    pub(super) async fn deployment(&self, target: &Target, number: i32) -> anyhow::Result<Deployment> {
        let request = self.client.get_deployment().application_id(&target.application.id);
        let request = request.environment_id(&target.environment.id).deployment_number(number).send().await;
        let details = request.map_err(|error| Refusal::of("GetDeployment", &error))?;
        if details.state.is_none() {
            bail!("GetDeployment does not say the state of deployment {number}: run this again");
        }
        Ok(Deployment::in_full(&details))
    }

    /// Starts a deployment of `version`; `newest` is the number of the newest known deployment. It starts only once, even if the
    /// request has to be repeated because a response was lost.
    pub(super) async fn start(
        &self,
        target: &Target,
        version: &str,
        strategy: &str,
        description: &str,
        newest: i32,
    ) -> anyhow::Result<StartResult> {
        const OPERATION: &str = "StartDeployment";
        let mut pauses = PAUSES.iter();
        let mut may_have_begun = false;
        loop {
            let started = self
                .client
                .start_deployment()
                .application_id(&target.application.id)
                .environment_id(&target.environment.id)
                .configuration_profile_id(&target.profile.id)
                .configuration_version(version)
                .deployment_strategy_id(strategy)
                .description(description)
                .customize()
                // Before a retry, the deployments have to be checked, because the first attempt may have succeeded.
                .config_override(Config::builder().retry_config(RetryConfig::disabled()))
                .send()
                .await;
            let refusal = match started {
                Ok(started) if started.deployment_number > 0 => {
                    return Ok(StartResult::Deployment { number: started.deployment_number, is_ours: true });
                }
                Ok(_) => None,
                Err(error) => {
                    if let Some(reasons) = reasons(&error) {
                        return Ok(StartResult::Rejected(reasons));
                    }
                    Some(Refusal::of(OPERATION, &error))
                }
            };
            let status = refusal.as_ref().and_then(Refusal::status);
            let refused = || match &refusal {
                Some(refusal) => anyhow::Error::from(refusal.clone()),
                None => anyhow::anyhow!("{OPERATION} does not say the number of the deployment"),
            };
            let is_passing = is_passing(status);
            // A conflict means that a deployment is in progress: another user's, or this one.
            if !is_passing && status != Some(409) {
                return Err(refused());
            }
            may_have_begun |= is_passing;
            let begun = self.begun(target, version, description, newest, may_have_begun).await;
            if let Some(begun) =
                begun.context("whether the deployment was started is not known: run this again")?
            {
                return Ok(begun);
            }
            match pauses.next() {
                Some(pause) if is_passing => tokio::time::sleep(*pause).await,
                _ => return Err(refused()),
            }
        }
    }

    /// Returns the deployment of this version that is newer than `newest`, if there is one for the same purpose. It can only be this
    /// program's if `may_be_ours`.
    async fn begun(
        &self,
        target: &Target,
        version: &str,
        description: &str,
        newest: i32,
        may_be_ours: bool,
    ) -> anyhow::Result<Option<StartResult>> {
        let history = self.history(target).await?;
        let newer = history.ours.iter().take_while(|deployment| deployment.number > newest);
        for deployment in newer.filter(|deployment| deployment.version == version) {
            let details = self.deployment(target, deployment.number).await?;
            let is_same = details.description.as_deref() == Some(description);
            let is_push = details.purpose == Some(Purpose::Push) && Purpose::of(description) == Purpose::Push;
            if is_same || is_push && details.is_under_way() {
                return Ok(Some(StartResult::Deployment {
                    number: details.number,
                    is_ours: is_same && may_be_ours,
                }));
            }
        }
        Ok(None)
    }

    /// Stops a deployment that is in progress, or reverts a complete one, so that the previous version is in use again.
    pub(super) async fn stop(&self, target: &Target, number: i32) -> anyhow::Result<StopResult> {
        let mut pauses = PAUSES.iter();
        loop {
            let stopped = self.client.stop_deployment().application_id(&target.application.id);
            let stopped = stopped.environment_id(&target.environment.id).deployment_number(number);
            // Without this, AppConfig stops only incomplete deployments.
            let Err(error) = stopped.allow_revert(true).send().await else { return Ok(StopResult::Yes) };
            let refusal = Refusal::of("StopDeployment", &error);
            if refusal.status() != Some(400) {
                return Err(refusal.into());
            }
            // The deployment may have changed in between, or the response to the first attempt was lost.
            let now = self.deployment(target, number).await?;
            match now.state {
                DeploymentState::RollingBack => return Ok(StopResult::Yes),
                _ if now.is_taken_back() => return Ok(StopResult::Yes),
                DeploymentState::Complete => return Ok(StopResult::TooOld),
                _ => {}
            }
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Err(refusal.into()),
            }
        }
    }

    /// Returns the id of the deployment strategy called `name`.
    pub(super) async fn strategy(&self, name: &str) -> anyhow::Result<String> {
        // AWS's predefined strategies have their name as their id.
        if name.starts_with("AppConfig.") {
            return Ok(name.to_owned());
        }
        let there = all!("ListDeploymentStrategies", self.client.list_deployment_strategies());
        let there = there.map(|all| all.into_iter().map(|one| resource(one.id, one.name)).collect());
        Ok(pick("deployment strategy", name, there)?.id)
    }
}

/// Returns whether a request with this status, or without a response, may succeed later, or may have been carried out despite the error.
const fn is_passing(status: Option<u16>) -> bool {
    matches!(status, None | Some(429 | 500..=599))
}

fn resource(id: Option<String>, name: Option<String>) -> Resource {
    Resource { id: id.unwrap_or_default(), name: name.unwrap_or_default() }
}

/// Returns the validator's reasons, if it rejected the configuration.
fn reasons<R>(error: &SdkError<StartDeploymentError, R>) -> Option<Vec<String>> {
    let StartDeploymentError::BadRequestException(refused) = error.as_service_error()? else { return None };
    let Some(BadRequestDetails::InvalidConfiguration(details)) = refused.details() else { return None };
    let reasons = details.iter().filter_map(|detail| detail.reason().or(detail.value()));
    let reasons: Vec<_> = reasons.map(plain).collect();
    Some(if reasons.is_empty() {
        vec![plain(refused.message().unwrap_or("it does not say why"))]
    } else {
        reasons
    })
}
