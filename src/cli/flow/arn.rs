//! The ARNs in flow commands. A parsed ARN names the right kind of resource, in a Region that has the service.
//!
//! `arn:aws:chime:REGION:ACCOUNT:app-instance/INSTANCE[/KIND/ID]` and `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`

use std::fmt;

/// The Regions with Chime SDK messaging.
const REGIONS: [&str; 2] = ["us-east-1", "eu-central-1"];

/// An account in a Region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub region: String,
    pub account: String,
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of account {}", self.region, self.account)
    }
}

/// A resource of the messaging service, which may be an app instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    pub arn: String,
    pub home: Home,
    /// The ARN of its app instance.
    pub instance: String,
    /// Its id within its app instance, or the app instance's id.
    pub id: String,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn)
    }
}

/// Parses the ARN of an app instance.
pub(super) fn instance(text: &str) -> Result<Resource, String> {
    resource(text, &[])
}

/// Parses the ARN of a channel.
pub(crate) fn channel(text: &str) -> Result<Resource, String> {
    resource(text, &["channel"])
}

/// Parses the ARN of a channel flow.
pub(super) fn flow(text: &str) -> Result<Resource, String> {
    resource(text, &["channel-flow"])
}

/// Parses the ARN of a user or a bot.
pub(crate) fn person(text: &str) -> Result<Resource, String> {
    resource(text, &["user", "bot"])
}

/// Parses the ARN of a resource of one of `kinds`, or of an app instance if there are none.
fn resource(text: &str, kinds: &[&str]) -> Result<Resource, String> {
    let shape = || {
        let kind = kinds.first().map(|kind| format!("/{kind}/ID")).unwrap_or_default();
        format!("expected an ARN such as arn:aws:chime:us-east-1:111122223333:app-instance/INSTANCE{kind}")
    };
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", _, "chime", region, account, path] = parts[..] else { return Err(shape()) };
    if let Some(rest) = path.strip_prefix("appInstance/") {
        return Err(format!(
            "it is `app-instance/{rest}`: `appInstance/`, as older texts have it, names nothing"
        ));
    }
    let path = path.strip_prefix("app-instance/").ok_or_else(shape)?;
    let (instance, within) = path.split_once('/').map_or((path, None), |(id, rest)| (id, Some(rest)));
    let id = match within.map(|within| within.split_once('/')) {
        None if kinds.is_empty() => instance,
        Some(Some((kind, id))) if kinds.contains(&kind) && !id.is_empty() => id,
        Some(Some((kind, _))) => return Err(format!("that is a {kind}; {}", shape())),
        _ => return Err(shape()),
    };
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    if instance.is_empty() || !digits {
        return Err(shape());
    }
    if !REGIONS.contains(&region) {
        return Err(format!(
            "Chime SDK messaging exists in {} only, not in `{region}`",
            REGIONS.join(" and ")
        ));
    }
    let end = text.len() - within.map_or(0, |within| within.len() + 1);
    Ok(Resource {
        arn: text.to_owned(),
        home: Home { region: region.to_owned(), account: account.to_owned() },
        instance: text[..end].to_owned(),
        id: id.to_owned(),
    })
}

/// A reference to a function: `NAME`, `NAME:ALIAS`, or an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub name: String,
    /// An alias or a version.
    pub qualifier: Option<String>,
    /// Its account and Region, if it is an ARN.
    pub home: Option<Home>,
}

/// Parses the name or ARN of a function.
pub(crate) fn function(text: &str) -> Result<Function, String> {
    const SHAPE: &str = "expected NAME, NAME:ALIAS or arn:aws:lambda:REGION:ACCOUNT:function:NAME[:ALIAS]";
    let (home, rest) = match text.strip_prefix("arn:") {
        None => (None, text),
        Some(arn) => {
            let parts: Vec<&str> = arn.splitn(6, ':').collect();
            let ["aws", "lambda", region, account, "function", rest] = parts[..] else {
                return Err(SHAPE.to_owned());
            };
            (Some(Home { region: region.to_owned(), account: account.to_owned() }), rest)
        }
    };
    let (name, qualifier) = rest.split_once(':').map_or((rest, None), |(name, rest)| (name, Some(rest)));
    let fits = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_$.".contains(&byte))
    };
    if fits(name) && qualifier.is_none_or(fits) {
        Ok(Function { name: name.to_owned(), qualifier: qualifier.map(str::to_owned), home })
    } else {
        Err(SHAPE.to_owned())
    }
}

impl Function {
    /// Returns the ARN without alias or version, in `home` unless the function has an ARN.
    pub(super) fn unqualified(&self, home: &Home) -> String {
        let Home { region, account } = self.home.as_ref().unwrap_or(home);
        format!("arn:aws:lambda:{region}:{account}:function:{}", self.name)
    }

    /// Returns the complete ARN, which a flow invokes.
    pub(super) fn arn(&self, home: &Home) -> String {
        let arn = self.unqualified(home);
        match &self.qualifier {
            Some(qualifier) => format!("{arn}:{qualifier}"),
            None => arn,
        }
    }

    /// Returns the text by which Lambda identifies it: its ARN, or its name in the caller's account.
    pub(crate) fn named(&self) -> String {
        match &self.home {
            Some(home) => self.arn(home),
            None => self.to_string(),
        }
    }

    /// Checks whether the service can invoke it for an app instance in `home`.
    pub(super) fn is_reachable_from(&self, home: &Home) -> Result<(), String> {
        match &self.home {
            Some(here) if here != home => Err(format!(
                "the function is in {here} and the app instance in {home}: the service invokes functions of its own Region \
                 and account only, so deploy the function there"
            )),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.qualifier {
            Some(qualifier) => write!(f, "{}:{qualifier}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Checks that all resources belong to the same app instance.
pub(super) fn all_of(instance: &str, resources: &[&Resource]) -> anyhow::Result<()> {
    match resources.iter().find(|resource| resource.instance != instance) {
        None => Ok(()),
        Some(stranger) => anyhow::bail!("{stranger} is not of the app instance {instance}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANCE: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/i";

    #[test]
    fn resources_are_of_the_kind_that_is_wanted() {
        let channel = channel(&format!("{INSTANCE}/channel/general")).unwrap();
        assert_eq!((channel.instance.as_str(), channel.id.as_str()), (INSTANCE, "general"));
        assert_eq!(instance(INSTANCE).unwrap().instance, INSTANCE);
        assert_eq!(person(&format!("{INSTANCE}/bot/b")).unwrap().id, "b");
        assert_eq!(person(&format!("{INSTANCE}/user/a/b@c")).unwrap().id, "a/b@c");
        assert!(flow(&format!("{INSTANCE}/channel/x")).unwrap_err().starts_with("that is a channel; "));
        for wrong in ["", "x", INSTANCE, "arn:aws:chime:us-east-1:1:app-instance/i/channel/x", "arn:::::"] {
            assert!(super::channel(wrong).is_err(), "{wrong}");
        }
        assert!(instance(&format!("{INSTANCE}/user/a")).is_err());
        assert!(
            instance(&INSTANCE.replace("app-instance", "appInstance")).unwrap_err().contains("names nothing")
        );
        assert!(instance(&INSTANCE.replace("us-east-1", "us-west-2")).unwrap_err().contains("us-west-2"));
    }

    #[test]
    fn functions_are_named_in_every_way_that_lambda_takes() {
        let home = Home { region: "us-east-1".into(), account: "111122223333".into() };
        let full = "arn:aws:lambda:us-east-1:111122223333:function:f:live";
        assert_eq!(function("f:live").unwrap().arn(&home), full);
        assert_eq!(function(full).unwrap().arn(&home), full);
        assert_eq!(function("f").unwrap().arn(&home), "arn:aws:lambda:us-east-1:111122223333:function:f");
        assert_eq!(function("f:$LATEST").unwrap().to_string(), "f:$LATEST");
        for wrong in ["", ":", "f:", "a b", "arn:aws:lambda:us-east-1", "arn:aws:sqs:us-east-1:1:q", "f:a:b"]
        {
            assert!(function(wrong).is_err(), "{wrong}");
        }
        assert!(
            function(&full.replace("us-east-1", "eu-central-1")).unwrap().is_reachable_from(&home).is_err()
        );
    }
}
