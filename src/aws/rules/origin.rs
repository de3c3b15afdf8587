//! [`Origin`]: where the rules come from, according to `CHIMEFLOW_RULES` and related variables.

use std::path::PathBuf;
use std::time::Duration;

use super::address::Address;

/// Where the rules come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aws) enum Origin {
    /// The binary.
    Embedded,
    /// A file.
    File(PathBuf),
    /// AppConfig.
    AppConfig(AppConfig),
}

/// The settings for rules in AppConfig.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aws) struct AppConfig {
    /// The configuration's address.
    pub address: Address,
    /// The port of the extension.
    pub port: u16,
    /// How old the extension's last response may be before it is asked again.
    pub max_age: Duration,
    /// What the function uses if the rules are unavailable when it starts.
    pub fallback: Fallback,
}

/// What a function uses if its rules are unavailable when it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::aws) enum Fallback {
    /// The rules in the binary.
    Embedded,
    /// The rules in a file.
    File(PathBuf),
    /// Nothing: the function does not start, and Lambda keeps the events until it does.
    None,
}

/// The default port of the extension.
const PORT: u16 = 2772;

/// Together with the extension's own 45 seconds, this is less than a minute.
const MAX_AGE: Duration = Duration::from_secs(10);

/// A variable with an invalid value, its value, and what was expected.
pub(super) type InvalidVariable = (&'static str, String, &'static str);

impl Origin {
    /// Reads the origin from the environment. Empty variables count as unset.
    pub(in crate::aws) fn read(
        env: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, InvalidVariable> {
        const EXPECTED: &str =
            "expected `embedded`, `file:PATH` or `appconfig:APPLICATION/ENVIRONMENT/PROFILE`";
        let from_appconfig = |name: &str| {
            Some(AppConfig {
                address: Address::parse(name)?,
                port: PORT,
                max_age: MAX_AGE,
                fallback: Fallback::Embedded,
            })
        };
        let Some(text) = env("CHIMEFLOW_RULES") else { return Ok(Self::Embedded) };
        let origin = match text.split_once(':') {
            None if text == "embedded" => Some(Self::Embedded),
            Some(("file", path)) if !path.is_empty() => Some(Self::File(path.into())),
            Some(("appconfig", name)) => from_appconfig(name).map(Self::AppConfig),
            _ => None,
        };
        let mut origin = origin.ok_or(("CHIMEFLOW_RULES", text, EXPECTED))?;
        if let Self::AppConfig(appconfig) = &mut origin {
            appconfig.read(env)?;
        }
        Ok(origin)
    }
}

impl AppConfig {
    fn read(&mut self, env: impl Fn(&'static str) -> Option<String>) -> Result<(), InvalidVariable> {
        if let Some(text) = env("AWS_APPCONFIG_EXTENSION_HTTP_PORT") {
            let port = text.parse().ok().filter(|port| *port > 0);
            self.port = port.ok_or(("AWS_APPCONFIG_EXTENSION_HTTP_PORT", text, "expected a port"))?;
        }
        if let Some(text) = env("CHIMEFLOW_RULES_MAX_AGE") {
            let expected = "expected seconds, from 0 to 3600";
            let seconds = text.parse().ok().filter(|seconds| *seconds <= 3600);
            self.max_age = Duration::from_secs(seconds.ok_or(("CHIMEFLOW_RULES_MAX_AGE", text, expected))?);
        }
        if let Some(text) = env("CHIMEFLOW_RULES_FALLBACK") {
            let expected = "expected `embedded`, `file:PATH` or `none`";
            self.fallback = match text.split_once(':') {
                None if text == "embedded" => Fallback::Embedded,
                None if text == "none" => Fallback::None,
                Some(("file", path)) if !path.is_empty() => Fallback::File(path.into()),
                _ => return Err(("CHIMEFLOW_RULES_FALLBACK", text, expected)),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Origin, &'static str> {
        let value =
            |variable: &str| variables.iter().find(|(name, _)| *name == variable).map(|(_, v)| (*v).into());
        Origin::read(value).map_err(|(name, ..)| name)
    }

    #[test]
    fn the_environment_is_read_strictly() {
        let appconfig = |port, seconds, fallback| {
            let address = Address::parse("chat/live/rules").unwrap();
            Ok(Origin::AppConfig(AppConfig {
                address,
                port,
                max_age: Duration::from_secs(seconds),
                fallback,
            }))
        };
        let rules = ("CHIMEFLOW_RULES", "appconfig:chat/live/rules");
        let port = |value| [rules, ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", value)];
        let age = |value| [rules, ("CHIMEFLOW_RULES_MAX_AGE", value)];
        let fallback = |value| [rules, ("CHIMEFLOW_RULES_FALLBACK", value)];
        assert_eq!(read(&[]), Ok(Origin::Embedded));
        assert_eq!(read(&[("CHIMEFLOW_RULES", "embedded")]), Ok(Origin::Embedded));
        assert_eq!(read(&[("CHIMEFLOW_RULES", "file:/opt/r.toml")]), Ok(Origin::File("/opt/r.toml".into())));
        assert_eq!(read(&[rules]), appconfig(2772, 10, Fallback::Embedded));
        assert_eq!(read(&port("3000")), appconfig(3000, 10, Fallback::Embedded));
        assert_eq!(read(&age("0")), appconfig(2772, 0, Fallback::Embedded));
        assert_eq!(read(&fallback("none")), appconfig(2772, 10, Fallback::None));
        assert_eq!(read(&fallback("file:a.toml")), appconfig(2772, 10, Fallback::File("a.toml".into())));
        for wrong in [
            "file:",
            "r.toml",
            "embedded:",
            "appconfig:",
            "appconfig:a/b",
            "appconfig:a//c",
            "appconfig:a/b/c/d",
        ] {
            assert_eq!(read(&[("CHIMEFLOW_RULES", wrong)]), Err("CHIMEFLOW_RULES"), "{wrong}");
        }
        for wrong in ["0", "65536", "http"] {
            assert_eq!(read(&port(wrong)), Err("AWS_APPCONFIG_EXTENSION_HTTP_PORT"), "{wrong}");
        }
        for wrong in ["-1", "3601", "1m"] {
            assert_eq!(read(&age(wrong)), Err("CHIMEFLOW_RULES_MAX_AGE"), "{wrong}");
        }
        for wrong in ["default", "file:"] {
            assert_eq!(read(&fallback(wrong)), Err("CHIMEFLOW_RULES_FALLBACK"), "{wrong}");
        }
    }
}
