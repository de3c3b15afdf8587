//! [`Settings`]: the function's settings, from the environment.
#![expect(clippy::disallowed_methods, reason = "this is where the function reads its environment")]

use super::rules::Origin;
use super::state::Setting;
use crate::rules::OnError;

/// The function's settings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// `CHIMEFLOW_ROLE`.
    pub role: Role,
    /// `CHIMEFLOW_RULES` and related variables.
    pub rules: Origin,
    /// `CHIMEFLOW_ON_ERROR`: what happens to messages that cannot be judged, if the rules file does not specify it.
    pub on_error: OnError,
    /// `CHIMEFLOW_BOT_ARN`.
    pub own_bot: Option<String>,
    /// `CHIMEFLOW_STATE` and related variables.
    pub state: Option<Setting>,
}

/// What the function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It processes messages.
    Processor,
    /// It validates rules before a deployment.
    Validator,
}

/// An invalid setting.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error(
        "this program is a Lambda function and speaks only to Lambda: run it with `chimeflow invoke --processor`"
    )]
    NotLambda,
    #[error("{name}={value}: {expected}")]
    Variable { name: &'static str, value: String, expected: &'static str },
}

impl Settings {
    pub(super) fn from_env() -> Result<Self, Problem> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(env: impl Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        if env("AWS_LAMBDA_RUNTIME_API").is_none() {
            return Err(Problem::NotLambda);
        }
        let wrong = |(name, value, expected)| Problem::Variable { name, value, expected };
        let role = match env("CHIMEFLOW_ROLE") {
            None => Role::Processor,
            Some(text) if text == "processor" => Role::Processor,
            Some(text) if text == "validator" => Role::Validator,
            Some(text) => {
                return Err(wrong(("CHIMEFLOW_ROLE", text, "expected `processor` or `validator`")));
            }
        };
        let rules = Origin::read(env).map_err(wrong)?;
        let on_error = match env("CHIMEFLOW_ON_ERROR") {
            None => OnError::default(),
            Some(text) if text == "deny" => OnError::Deny,
            Some(text) if text == "pass" => OnError::Pass,
            Some(text) => return Err(wrong(("CHIMEFLOW_ON_ERROR", text, "expected `deny` or `pass`"))),
        };
        let state = Setting::read(env).map_err(wrong)?;
        let own_bot = env("CHIMEFLOW_BOT_ARN");
        match own_bot {
            Some(arn) if !arn.starts_with("arn:") => {
                let expected =
                    "expected the ARN of an app instance bot or user, such as arn:aws:chime:…/bot/…";
                Err(wrong(("CHIMEFLOW_BOT_ARN", arn, expected)))
            }
            own_bot => Ok(Self { role, rules, on_error, own_bot, state }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<Settings, Problem> {
        Settings::read(|variable| match variable {
            "AWS_LAMBDA_RUNTIME_API" => Some("127.0.0.1:9001".into()),
            variable => (variable == name).then(|| value.into()),
        })
    }

    #[test]
    fn the_environment_is_read_strictly() {
        let settings = |role, own_bot| {
            Ok(Settings { role, rules: Origin::Embedded, on_error: OnError::Deny, own_bot, state: None })
        };
        let passing =
            settings(Role::Processor, None).map(|settings| Settings { on_error: OnError::Pass, ..settings });
        let remembering = settings(Role::Processor, None)
            .map(|settings| Settings { state: Some(Setting::Memory), ..settings });
        let cases = [
            ("", "", settings(Role::Processor, None)),
            ("CHIMEFLOW_RULES", "", settings(Role::Processor, None)),
            ("CHIMEFLOW_ROLE", "processor", settings(Role::Processor, None)),
            ("CHIMEFLOW_ROLE", "validator", settings(Role::Validator, None)),
            ("CHIMEFLOW_ON_ERROR", "deny", settings(Role::Processor, None)),
            ("CHIMEFLOW_ON_ERROR", "pass", passing),
            ("CHIMEFLOW_STATE", "memory", remembering),
            ("CHIMEFLOW_BOT_ARN", "arn:x", settings(Role::Processor, Some("arn:x".to_owned()))),
        ];
        for (name, value, expected) in cases {
            assert_eq!(read(name, value), expected, "{name}={value}");
        }
        for (name, value) in [
            ("CHIMEFLOW_ROLE", "both"),
            ("CHIMEFLOW_BOT_ARN", "me"),
            ("CHIMEFLOW_ON_ERROR", "allow"),
            ("CHIMEFLOW_RULES", "x"),
            ("CHIMEFLOW_STATE", "redis"),
        ] {
            let wrong = read(name, value).unwrap_err();
            assert!(
                matches!(&wrong, Problem::Variable { name: variable, .. } if *variable == name),
                "{wrong}"
            );
        }
        assert_eq!(Settings::read(|_| None), Err(Problem::NotLambda));
    }
}
