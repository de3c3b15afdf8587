//! [`OfProfile`]: the credentials of one profile.

use aws_config::Region;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

/// The credentials of a profile that the user names, and no others. The SDK prefers those in the environment even then, which may be those
/// of another account; the AWS CLI does not.
#[derive(Debug)]
pub(super) struct OfProfile {
    name: String,
    provider: ProfileFileCredentialsProvider,
}

impl OfProfile {
    pub(super) fn new(name: &str, region: &str) -> Self {
        let config = ProviderConfig::without_region()
            .with_region(Some(Region::new(region.to_owned())))
            .with_http_client(super::http());
        let provider =
            ProfileFileCredentialsProvider::builder().configure(&config).profile_name(name).build();
        Self { name: name.to_owned(), provider }
    }

    async fn credentials(&self) -> Result<Credentials, CredentialsError> {
        self.provider.provide_credentials().await.map_err(|error| match error {
            CredentialsError::CredentialsNotLoaded(_) => CredentialsError::not_loaded(format!(
                "`{}` is no profile with credentials: `aws configure list-profiles` prints those that there are",
                self.name
            )),
            error => error,
        })
    }
}

impl ProvideCredentials for OfProfile {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}
