//! [`AppConfig`]: a client of AppConfig.

use std::time::Duration;

use anyhow::{Context, bail};
use aws_config::retry::RetryConfig;
use aws_sdk_appconfig::error::SdkError;
use aws_sdk_appconfig::operation::start_deployment::StartDeploymentError;
use aws_sdk_appconfig::primitives::Blob;
use aws_sdk_appconfig::types::{BadRequestDetails, DeploymentState};
use aws_sdk_appconfig::{Client, Config};

use super::history::{Deployment, History};
use super::target::{Named, Place, Target, pick};
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
pub(super) enum Started {
    /// The deployment has started.
    Deployment(i32),
    /// The validator refused the configuration, for these reasons.
    Unfit(Vec<String>),
}

/// The result of stopping a deployment.
#[derive(Debug)]
pub(super) enum Stopped {
    /// It is being rolled back, or was rolled back or reverted.
    Yes,
    /// It has been complete for more than three days, so AppConfig does not revert it.
    TooOld,
}

/// How long to wait before each retry.
const PAUSES: [Duration; 3] = [Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(3)];

/// The content type of a configuration, which the console shows as text.
const CONTENT_TYPE: &str = "text/plain";

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
        let there = self.client.list_applications().into_paginator().items().send();
        let there = there.collect::<Result<Vec<_>, _>>().await;
        let there = there.map_err(|error| Refusal::of("ListApplications", &error));
        let there = there.map(|all| all.into_iter().map(|one| named(one.id, one.name)).collect());
        let application = pick("application", &place.application, there)
            .with_context(|| format!("looked in {}", self.region))?;

        let environments = self.client.list_environments().application_id(&application.id);
        let there = environments.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let there = there.map_err(|error| Refusal::of("ListEnvironments", &error));
        let there = there.map(|all| all.into_iter().map(|one| named(one.id, one.name)).collect());
        let environment = pick("environment", &place.environment, there)?;

        let profiles = self.client.list_configuration_profiles().application_id(&application.id);
        let there = profiles.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let there = there.map_err(|error| Refusal::of("ListConfigurationProfiles", &error));
        let elsewhere = |id: &str| {
            let all = there.as_ref().ok()?.iter();
            let location = all.into_iter().find(|one| one.id.as_deref() == Some(id))?.location_uri.clone()?;
            Some(location).filter(|location| location != HOSTED)
        };
        let names = match &there {
            Ok(all) => Ok(all.iter().map(|one| named(one.id.clone(), one.name.clone())).collect()),
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
        let all = deployments.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let all = all.map_err(|error| Refusal::of("ListDeployments", &error))?;
        let (ours, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| match one.configuration_profile_id() {
                Some(id) => id == target.profile.id,
                None => one.configuration_name() == Some(&target.profile.name),
            });
        Ok(History::new(ours.iter().map(Deployment::of), others.iter().map(Deployment::of)))
    }

    /// Returns the state of the deployment with this number, with its events.
    pub(super) async fn deployment(&self, target: &Target, number: i32) -> anyhow::Result<Deployment> {
        let asked = self.client.get_deployment().application_id(&target.application.id);
        let asked = asked.environment_id(&target.environment.id).deployment_number(number).send().await;
        Ok(Deployment::in_full(&asked.map_err(|error| Refusal::of("GetDeployment", &error))?))
    }

    /// Returns the number of the newest version, if there is any.
    pub(super) async fn newest(&self, target: &Target) -> anyhow::Result<Option<i32>> {
        let versions = self.client.list_hosted_configuration_versions();
        let versions =
            versions.application_id(&target.application.id).configuration_profile_id(&target.profile.id);
        let all = versions.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let all = all.map_err(|error| Refusal::of("ListHostedConfigurationVersions", &error))?;
        Ok(all.iter().map(|version| version.version_number).max())
    }

    /// Returns the content of a version.
    pub(super) async fn content(&self, target: &Target, version: i32) -> anyhow::Result<String> {
        let asked = self.client.get_hosted_configuration_version().application_id(&target.application.id);
        let asked = asked.configuration_profile_id(&target.profile.id).version_number(version).send().await;
        let asked = asked.map_err(|error| Refusal::of("GetHostedConfigurationVersion", &error))?;
        let content = asked.content.map(Blob::into_inner).unwrap_or_default();
        String::from_utf8(content).with_context(|| format!("version {version} is not UTF-8 text"))
    }

    /// Stores `content` as a new version after `newest`.
    pub(super) async fn create(
        &self,
        target: &Target,
        content: &str,
        newest: Option<i32>,
        description: &str,
    ) -> anyhow::Result<i32> {
        let created = self
            .client
            .create_hosted_configuration_version()
            .application_id(&target.application.id)
            .configuration_profile_id(&target.profile.id)
            .content_type(CONTENT_TYPE)
            .content(Blob::new(content.as_bytes()))
            .description(description)
            // If another user pushed meanwhile, this version must not overtake theirs.
            .set_latest_version_number(newest)
            .send()
            .await;
        let created = created.map_err(|error| {
            let refusal = anyhow::Error::from(Refusal::of("CreateHostedConfigurationVersion", &error));
            match error.as_service_error() {
                Some(service) if service.is_conflict_exception() => {
                    refusal.context("somebody else pushed at the same time: look at `chimeflow rules status`")
                }
                Some(service) if service.is_payload_too_large_exception() => {
                    let size = content.len();
                    refusal.context(format!(
                        "the rules with their lists are {size} bytes: shorten the lists, or ask AWS for a higher quota"
                    ))
                }
                _ => refusal,
            }
        })?;
        Ok(created.version_number)
    }

    /// Starts a deployment of `version`; `newest` is the number of the newest known deployment. It starts only once, even if the request
    /// has to be repeated because a response was lost.
    pub(super) async fn start(
        &self,
        target: &Target,
        version: &str,
        strategy: &str,
        description: &str,
        newest: i32,
    ) -> anyhow::Result<Started> {
        let mut pauses = PAUSES.iter();
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
            let error = match started {
                Ok(started) => return Ok(Started::Deployment(started.deployment_number)),
                Err(error) => error,
            };
            if let Some(reasons) = reasons(&error) {
                return Ok(Started::Unfit(reasons));
            }
            let refusal = Refusal::of("StartDeployment", &error);
            let is_passing = match refusal.status() {
                None | Some(429 | 500..=599) => true,
                // A deployment is under way: another user's, or this one.
                Some(409) => false,
                Some(_) => return Err(refusal.into()),
            };
            if let Some(begun) = self.begun(target, version, description, newest).await? {
                return Ok(Started::Deployment(begun));
            }
            match pauses.next() {
                Some(pause) if is_passing => tokio::time::sleep(*pause).await,
                _ => return Err(refusal.into()),
            }
        }
    }

    /// Returns the number of a deployment of this version that is newer than `newest`.
    async fn begun(
        &self,
        target: &Target,
        version: &str,
        description: &str,
        newest: i32,
    ) -> anyhow::Result<Option<i32>> {
        let history = self.history(target).await?;
        let newer = history.ours.iter().take_while(|deployment| deployment.number > newest);
        for deployment in newer.filter(|deployment| deployment.version == version) {
            let told = self.deployment(target, deployment.number).await?;
            if told.description.as_deref() == Some(description) {
                return Ok(Some(told.number));
            }
        }
        Ok(None)
    }

    /// Stops a deployment that is under way, or reverts one that is complete, so that the previous version is in use again.
    pub(super) async fn stop(&self, target: &Target, number: i32) -> anyhow::Result<Stopped> {
        let mut pauses = PAUSES.iter();
        loop {
            let stopped = self.client.stop_deployment().application_id(&target.application.id);
            let stopped = stopped.environment_id(&target.environment.id).deployment_number(number);
            // Without this, AppConfig stops only a deployment that is not complete.
            let Err(error) = stopped.allow_revert(true).send().await else { return Ok(Stopped::Yes) };
            let refusal = Refusal::of("StopDeployment", &error);
            if refusal.status() != Some(400) {
                return Err(refusal.into());
            }
            // The deployment may have changed meanwhile, or the response to the first attempt was lost.
            let now = self.deployment(target, number).await?;
            match now.state {
                DeploymentState::RollingBack => return Ok(Stopped::Yes),
                _ if now.is_taken_back() => return Ok(Stopped::Yes),
                DeploymentState::Complete => return Ok(Stopped::TooOld),
                _ => {}
            }
            match pauses.next() {
                Some(pause) => tokio::time::sleep(*pause).await,
                None => return Err(refusal.into()),
            }
        }
    }

    /// Returns the id of the deployment strategy called `asked`.
    pub(super) async fn strategy(&self, asked: &str) -> anyhow::Result<String> {
        // AWS's predefined strategies have their name as their id.
        if asked.starts_with("AppConfig.") {
            return Ok(asked.to_owned());
        }
        let there = self.client.list_deployment_strategies().into_paginator().items().send();
        let there = there.collect::<Result<Vec<_>, _>>().await;
        let there = there.map_err(|error| Refusal::of("ListDeploymentStrategies", &error));
        let there = there.map(|all| all.into_iter().map(|one| named(one.id, one.name)).collect());
        Ok(pick("deployment strategy", asked, there)?.id)
    }
}

fn named(id: Option<String>, name: Option<String>) -> Named {
    Named { id: id.unwrap_or_default(), name: name.unwrap_or_default() }
}

/// Returns the reasons of the validator, if it refused the configuration.
fn reasons<R>(error: &SdkError<StartDeploymentError, R>) -> Option<Vec<String>> {
    let StartDeploymentError::BadRequestException(refused) = error.as_service_error()? else { return None };
    let Some(BadRequestDetails::InvalidConfiguration(details)) = refused.details() else { return None };
    let told = details.iter().filter_map(|detail| detail.reason().or(detail.value()));
    let told: Vec<_> = told.map(plain).collect();
    Some(if told.is_empty() { vec![plain(refused.message().unwrap_or("it does not say why"))] } else { told })
}
