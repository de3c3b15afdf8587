//! [`Target`]: a configuration in AppConfig, found by names or ids.

use std::fmt;

use anyhow::bail;

use crate::cli::aws::Refusal;
use crate::cli::printable::plain;

/// The configuration that the user named: `APPLICATION/ENVIRONMENT/PROFILE`.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub application: String,
    pub environment: String,
    pub profile: String,
}

/// An existing configuration.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub application: Resource,
    pub environment: Resource,
    pub profile: Resource,
}

/// A resource with a name and an id.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub id: String,
    pub name: String,
}

/// Parses the argument on the command line.
pub(super) fn place(text: &str) -> Result<Place, String> {
    let parts: Vec<_> = text.split('/').map(str::to_owned).collect();
    match <[String; 3]>::try_from(parts) {
        Ok([application, environment, profile])
            if [&application, &environment, &profile].iter().all(|part| !part.is_empty()) =>
        {
            Ok(Place { application, environment, profile })
        }
        _ => Err("expected APPLICATION/ENVIRONMENT/PROFILE, each by its name or its id".to_owned()),
    }
}

/// The maximum number of existing resources that an error lists.
const NAMED: usize = 20;

/// Returns the resource in `there` whose name or id is `name`. `what` is its type, such as `application`.
pub(super) fn pick(
    what: &str,
    name: &str,
    there: Result<Vec<Resource>, Refusal>,
) -> anyhow::Result<Resource> {
    let there = match there {
        Ok(there) => there,
        // A user without the permission to list may still know the id.
        Err(refusal) if refusal.status() == Some(403) && may_be_id(name) => {
            return Ok(Resource { id: name.to_owned(), name: name.to_owned() });
        }
        Err(refusal) => return Err(refusal.into()),
    };
    if let Some(found) = there.iter().find(|resource| resource.id == name) {
        return Ok(found.clone());
    }
    let found: Vec<_> = there.iter().filter(|resource| resource.name == name).collect();
    match *found {
        [one] => Ok(one.clone()),
        [] if there.is_empty() => bail!("no {what} is called `{name}`: AppConfig lists none at all"),
        [] => {
            let names: Vec<_> =
                there.iter().take(NAMED).map(|resource| format!("`{}`", plain(&resource.name))).collect();
            let more = if there.len() > NAMED { ", ..." } else { "" };
            bail!("no {what} is called `{name}`: there are {}{more}", names.join(", "))
        }
        _ => {
            let ids: Vec<_> = found.iter().map(|resource| &*resource.id).collect();
            bail!("more than one {what} is called `{name}`: use its id, one of {}", ids.join(", "))
        }
    }
}

/// Returns whether this may be an AppConfig id. A text without a digit is far more likely to be a name.
fn may_be_id(text: &str) -> bool {
    (4..=7).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.contains(|c: char| c.is_ascii_digit())
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}",
            plain(&self.application.name),
            plain(&self.environment.name),
            plain(&self.profile.name)
        )
    }
}
