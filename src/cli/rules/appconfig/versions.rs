//! The versions of a configuration: their contents, and storing a new one.

use anyhow::{Context, bail};
use aws_config::retry::RetryConfig;
use aws_sdk_appconfig::Config;
use aws_sdk_appconfig::operation::create_hosted_configuration_version::CreateHostedConfigurationVersionError as CreateError;
use aws_sdk_appconfig::primitives::Blob;

use super::{AppConfig, PAUSES, is_passing};
use crate::cli::aws::Refusal;
use crate::cli::rules::target::Target;

/// The content of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Content {
    Text(String),
    /// There is no content, because the version was deleted.
    Deleted,
    /// It is not UTF-8, so it is not a rules file.
    NoText,
}

/// The versions that are newer than a known one.
#[derive(Debug)]
enum Newer {
    None,
    /// There are some, and this one has the expected content.
    Same(i32),
    /// There are some, and none has the expected content.
    Other,
}

/// The content type of a configuration, which the console shows as text.
const CONTENT_TYPE: &str = "text/plain";

impl Content {
    /// Returns the text, if there is one.
    pub(in super::super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Deleted | Self::NoText => None,
        }
    }

    /// Returns what is wrong with the content, if anything is.
    pub(in super::super) const fn flaw(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Deleted => Some("was deleted"),
            Self::NoText => Some("is not UTF-8 text"),
        }
    }
}

impl AppConfig {
    /// Returns the numbers of the versions, newest first.
    async fn versions(&self, target: &Target) -> anyhow::Result<Vec<i32>> {
        let versions = self.client.list_hosted_configuration_versions();
        let versions =
            versions.application_id(&target.application.id).configuration_profile_id(&target.profile.id);
        let all = all!("ListHostedConfigurationVersions", versions)?;
        let mut numbers: Vec<_> = all.iter().map(|version| version.version_number).collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        Ok(numbers)
    }

    /// Returns the number of the newest version, if there is any.
    pub(in super::super) async fn newest(&self, target: &Target) -> anyhow::Result<Option<i32>> {
        Ok(self.versions(target).await?.first().copied())
    }

    /// Returns the content of a version.
    pub(in super::super) async fn content(&self, target: &Target, version: &str) -> anyhow::Result<Content> {
        let number =
            version.parse().with_context(|| format!("expected a version number, found `{version}`"))?;
        let request = self.client.get_hosted_configuration_version().application_id(&target.application.id);
        let request =
            request.configuration_profile_id(&target.profile.id).version_number(number).send().await;
        let stored = match request {
            Ok(stored) if stored.version_number == number => stored,
            Ok(_) => bail!("GetHostedConfigurationVersion does not return version {number}: run this again"),
            Err(error) => {
                let refusal = Refusal::of("GetHostedConfigurationVersion", &error);
                return if refusal.status() == Some(404) {
                    Ok(Content::Deleted)
                } else {
                    Err(refusal.into())
                };
            }
        };
        let content = stored.content.map(Blob::into_inner).unwrap_or_default();
        Ok(String::from_utf8(content).map_or(Content::NoText, Content::Text))
    }

    /// Stores `content` as a new version after `newest`. Returns its number, and whether this program rather than somebody else stored
    /// it. It is stored only once, even if the request has to be repeated because a response was lost.
    pub(in super::super) async fn create(
        &self,
        target: &Target,
        content: &str,
        newest: Option<i32>,
        description: &str,
    ) -> anyhow::Result<(i32, bool)> {
        const OPERATION: &str = "CreateHostedConfigurationVersion";
        let mut pauses = PAUSES.iter();
        // If another user pushed in between, this version must not overtake theirs.
        let mut after = newest;
        let mut may_be_stored = false;
        loop {
            let created = self
                .client
                .create_hosted_configuration_version()
                .application_id(&target.application.id)
                .configuration_profile_id(&target.profile.id)
                .content_type(CONTENT_TYPE)
                .content(Blob::new(content.as_bytes()))
                .description(description)
                .set_latest_version_number(after)
                .customize()
                // Before a retry, the versions have to be checked, because the first attempt may have succeeded.
                .config_override(Config::builder().retry_config(RetryConfig::disabled()))
                .send()
                .await;
            let refusal = match created {
                Ok(created) if created.version_number > 0 => return Ok((created.version_number, true)),
                Ok(_) => None,
                Err(error) => {
                    let refusal = Refusal::of(OPERATION, &error);
                    if error.as_service_error().is_some_and(CreateError::is_payload_too_large_exception) {
                        return Err(anyhow::Error::from(refusal).context(format!(
                            "the rules with their lists are {} bytes: shorten the lists, or ask AWS for a higher quota",
                            content.len()
                        )));
                    }
                    Some(refusal)
                }
            };
            let status = refusal.as_ref().and_then(Refusal::status);
            let refused = || match &refusal {
                Some(refusal) => anyhow::Error::from(refusal.clone()),
                None => anyhow::anyhow!("{OPERATION} does not say the number of the version"),
            };
            let is_conflict = status == Some(409);
            if !is_conflict && !is_passing(status) {
                return Err(refused());
            }
            may_be_stored |= !is_conflict;
            let newer = self.newer(target, content, newest).await;
            match newer.context("whether a version was created is not known: run this again")? {
                Newer::Same(number) => return Ok((number, may_be_stored)),
                Newer::Other if is_conflict => {
                    return Err(refused()
                        .context("somebody else pushed at the same time: see `chimeflow rules status`"));
                }
                // The newest version was deleted, so its number is unknown.
                Newer::None if is_conflict && after.is_some() => {
                    after = None;
                    continue;
                }
                Newer::Other | Newer::None => {}
            }
            match pauses.next() {
                Some(pause) if !is_conflict => tokio::time::sleep(*pause).await,
                _ => return Err(refused()),
            }
        }
    }

    /// Returns whether there is a version after `newest`, and whether it has this content.
    async fn newer(&self, target: &Target, content: &str, newest: Option<i32>) -> anyhow::Result<Newer> {
        let newest = newest.unwrap_or_default();
        let mut newer = Newer::None;
        for number in self.versions(target).await?.into_iter().take_while(|number| *number > newest) {
            if self.content(target, &number.to_string()).await?.text() == Some(content) {
                return Ok(Newer::Same(number));
            }
            newer = Newer::Other;
        }
        Ok(newer)
    }
}
