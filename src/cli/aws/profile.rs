//! [`ProfileCredentials`]: the credentials of one profile.

use aws_config::Region;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

/// Provides the credentials of the profile that the user names, as the AWS CLI does. The SDK would prefer credentials in the environment,
/// which may belong to another account.
#[derive(Debug)]
pub(super) struct ProfileCredentials {
    name: String,
    provider: ProfileFileCredentialsProvider,
}

impl ProfileCredentials {
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
                "`{}` is not a profile with credentials: `aws configure list-profiles` lists the profiles",
                self.name
            )),
            error => error,
        })
    }
}

impl ProvideCredentials for ProfileCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}
