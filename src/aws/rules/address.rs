//! [`Address`]: the address of a configuration in AppConfig.

use std::fmt;

/// An application, an environment and a configuration profile, each by name or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aws) struct Address {
    pub(super) application: String,
    pub(super) environment: String,
    pub(super) profile: String,
}

impl Address {
    /// Parses `APPLICATION/ENVIRONMENT/PROFILE`.
    pub(in crate::aws) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/').map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        let (application, environment, profile) = (parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(Self { application, environment, profile })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.application, self.environment, self.profile)
    }
}
