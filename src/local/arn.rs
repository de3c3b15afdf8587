//! [`Arn`]: the ARN of a resource of either service.
//!
//! `arn:aws:chime:us-east-1:111122223333:app-instance/INSTANCE[/user/ID | /bot/ID | /channel/ID | /channel-flow/ID]`

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ARN. It is cheap to clone, because every channel of a member holds a copy of the member's ARN.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Arn(Arc<str>);

impl Arn {
    /// Returns `text` as an ARN, without validating it.
    #[must_use]
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    #[must_use]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the app instance that this names or belongs to.
    #[must_use]
    pub(super) fn instance(&self) -> Option<Self> {
        let start = self.0.find(":app-instance/")? + ":app-instance/".len();
        let id = self.0[start..].split('/').next().filter(|id| !id.is_empty())?;
        Some(Self::new(&self.0[..start + id.len()]))
    }

    /// Returns the ARN of a resource of this `kind` in this app instance.
    pub(super) fn child(&self, kind: &str, id: &str) -> Self {
        Self::new(&format!("{}/{kind}/{id}", self.0))
    }

    /// Returns the type of the resource within its app instance, such as `user` or `channel`, and its id.
    #[must_use]
    pub(super) fn within_instance(&self) -> Option<(&str, &str)> {
        let instance = self.instance()?;
        self.0[instance.0.len()..].strip_prefix('/')?.split_once('/')
    }

    /// Returns the region and the account.
    pub(super) fn home(&self) -> Option<(&str, &str)> {
        let mut parts = self.0.split(':').skip(3);
        Some((parts.next()?, parts.next()?))
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Arn {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for Arn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Arn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_knows_where_it_belongs() {
        let instance = Arn::new("arn:aws:chime:us-east-1:111122223333:app-instance/i");
        let user = instance.child("user", "ann@example.com");
        assert_eq!(user.as_str(), "arn:aws:chime:us-east-1:111122223333:app-instance/i/user/ann@example.com");
        assert_eq!(user.instance(), Some(instance.clone()));
        assert_eq!(instance.instance(), Some(instance.clone()));
        assert_eq!(user.within_instance(), Some(("user", "ann@example.com")));
        assert_eq!(instance.within_instance(), None);
        assert_eq!(user.home(), Some(("us-east-1", "111122223333")));
        assert_eq!(Arn::new("arn:aws:lambda:us-east-1:1:function:f").instance(), None);
        assert_eq!(Arn::new("arn:aws:chime:us-east-1:1:app-instance/").instance(), None);
    }
}
