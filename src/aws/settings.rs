//! [`Settings`]: what the environment says.
#![expect(clippy::disallowed_methods, reason = "this is where the function reads its environment")]

use std::path::PathBuf;

/// What the environment says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// `CHIMEFLOW_RULES`.
    pub rules: Rules,
    /// `CHIMEFLOW_BOT_ARN`.
    pub own_bot: Option<String>,
}

/// Where the rules are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// In the binary.
    Embedded,
    /// In a file.
    File(PathBuf),
}

/// Something in the environment that makes no sense.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error(
        "this program is a Lambda function and speaks only to Lambda: run it with `chimeflow invoke --processor`"
    )]
    NotLambda,
    #[error(
        "CHIMEFLOW_RULES={0}: rules from AppConfig are not built yet, expected `embedded` or `file:PATH`"
    )]
    AppConfig(String),
    #[error("CHIMEFLOW_RULES={0}: expected `embedded` or `file:PATH`")]
    Rules(String),
    #[error(
        "CHIMEFLOW_BOT_ARN={0}: expected the ARN of an app instance bot or user, such as arn:aws:chime:…/bot/…"
    )]
    BotArn(String),
}

impl Settings {
    pub(super) fn from_env() -> Result<Self, Problem> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(env: impl Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let env = |name| env(name).filter(|value| !value.is_empty());
        if env("AWS_LAMBDA_RUNTIME_API").is_none() {
            return Err(Problem::NotLambda);
        }
        let rules = match env("CHIMEFLOW_RULES") {
            None => Rules::Embedded,
            Some(text) if text == "embedded" => Rules::Embedded,
            Some(text) if text.starts_with("appconfig:") => return Err(Problem::AppConfig(text)),
            Some(text) => match text.strip_prefix("file:").filter(|path| !path.is_empty()) {
                Some(path) => Rules::File(path.into()),
                None => return Err(Problem::Rules(text)),
            },
        };
        let own_bot = env("CHIMEFLOW_BOT_ARN");
        match own_bot {
            Some(arn) if !arn.starts_with("arn:") => Err(Problem::BotArn(arn)),
            own_bot => Ok(Self { rules, own_bot }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<Settings, Problem> {
        Settings::read(|asked| match asked {
            "AWS_LAMBDA_RUNTIME_API" => Some("127.0.0.1:9001".into()),
            asked => (asked == name).then(|| value.into()),
        })
    }

    #[test]
    fn the_environment_is_read_strictly() {
        let settings = |rules, own_bot| Ok(Settings { rules, own_bot });
        let text = |text: &str| text.to_owned();
        let cases = [
            ("", "", settings(Rules::Embedded, None)),
            ("CHIMEFLOW_RULES", "", settings(Rules::Embedded, None)),
            ("CHIMEFLOW_RULES", "embedded", settings(Rules::Embedded, None)),
            ("CHIMEFLOW_RULES", "file:/opt/r.toml", settings(Rules::File("/opt/r.toml".into()), None)),
            ("CHIMEFLOW_RULES", "file:", Err(Problem::Rules(text("file:")))),
            ("CHIMEFLOW_RULES", "r.toml", Err(Problem::Rules(text("r.toml")))),
            ("CHIMEFLOW_RULES", "appconfig:a/b/c", Err(Problem::AppConfig(text("appconfig:a/b/c")))),
            ("CHIMEFLOW_BOT_ARN", "arn:x", settings(Rules::Embedded, Some(text("arn:x")))),
            ("CHIMEFLOW_BOT_ARN", "me", Err(Problem::BotArn(text("me")))),
        ];
        for (name, value, expected) in cases {
            assert_eq!(read(name, value), expected, "{name}={value}");
        }
        assert_eq!(Settings::read(|_| None), Err(Problem::NotLambda));
    }
}
