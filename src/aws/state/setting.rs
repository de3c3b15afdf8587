//! [`Setting`]: where rules that count keep what they record, according to `CHIMEFLOW_STATE` and related variables.
#![expect(
    clippy::disallowed_methods,
    reason = "programs that measure the store read its setting by themselves"
)]

use std::fmt;

/// Where rules that count keep what they record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// In the memory of this process.
    Memory,
    /// In a table of DynamoDB.
    DynamoDb {
        /// The name of the table.
        table: String,
        /// Where DynamoDB is, if not where AWS has it in the region.
        endpoint: Option<String>,
        /// The secret that hides senders, channels and ids.
        key: Secret,
    },
}

/// A secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// The fewest bytes of a secret that is given.
const SHORTEST: usize = 32;

/// A variable with an invalid value, its value, and what was expected.
pub(in crate::aws) type InvalidVariable = (&'static str, String, &'static str);

impl Setting {
    /// Reads the setting from the environment of the process.
    ///
    /// # Errors
    /// If a variable has an invalid value: says which, and what was expected.
    pub fn from_env() -> Result<Option<Self>, String> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .map_err(|(name, value, expected)| format!("{name}={value}: {expected}"))
    }

    /// Reads the setting. Empty variables count as unset.
    pub(in crate::aws) fn read(
        env: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Option<Self>, InvalidVariable> {
        const EXPECTED: &str = "expected `memory` or `dynamodb:TABLE`, with the name of a table, which has 3 to 255 characters \
            of a-z, A-Z, 0-9, `_`, `-` and `.`";
        let Some(text) = env("CHIMEFLOW_STATE") else { return Ok(None) };
        if text == "memory" {
            return Ok(Some(Self::Memory));
        }
        let Some(table) = text.strip_prefix("dynamodb:").filter(|table| is_table(table)) else {
            return Err(("CHIMEFLOW_STATE", text, EXPECTED));
        };
        Ok(Some(Self::DynamoDb { table: table.to_owned(), endpoint: endpoint(&env)?, key: key(&env)? }))
    }
}

/// Returns whether `name` is a valid name of a table. Source: DynamoDB Developer Guide, "Naming rules".
fn is_table(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

fn endpoint(env: &impl Fn(&'static str) -> Option<String>) -> Result<Option<String>, InvalidVariable> {
    if env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        return Ok(None);
    }
    for name in ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"] {
        let Some(url) = env(name) else { continue };
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err((name, url, "expected a URL that starts with http:// or https://"));
        }
        return Ok(Some(url));
    }
    Ok(None)
}

fn key(env: &impl Fn(&'static str) -> Option<String>) -> Result<Secret, InvalidVariable> {
    const NAME: &str = "CHIMEFLOW_STATE_KEY";
    const EXPECTED: &str = "expected a secret of at least 32 characters, which `CHIMEFLOW_STATE=dynamodb:…` needs to hide senders and channels";
    match env(NAME) {
        Some(text) if text.len() >= SHORTEST => Ok(Secret(text.into_bytes())),
        // The value is a secret even if it is too short.
        Some(text) => Err((NAME, format!("({} characters)", text.chars().count()), EXPECTED)),
        None => Err((NAME, String::new(), EXPECTED)),
    }
}

impl Secret {
    /// Returns a secret that nobody knows.
    pub(super) fn random() -> Self {
        let mut bytes = vec![0; SHORTEST];
        aws_lc_rs::rand::fill(&mut bytes).expect("the system's random numbers do not run out");
        Self(bytes)
    }

    /// Returns its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Without its bytes.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: (&str, &str) = ("CHIMEFLOW_STATE_KEY", "0123456789abcdef0123456789abcdef");

    fn read(variables: &[(&str, &str)]) -> Result<Option<Setting>, InvalidVariable> {
        Setting::read(|variable| {
            variables.iter().find(|(name, _)| *name == variable).map(|(_, value)| (*value).into())
        })
    }

    #[test]
    fn the_environment_is_read_strictly() {
        let table = |table: &str, endpoint: Option<&str>| {
            let (table, endpoint) = (table.to_owned(), endpoint.map(str::to_owned));
            Ok(Some(Setting::DynamoDb { table, endpoint, key: Secret(KEY.1.into()) }))
        };
        let state = ("CHIMEFLOW_STATE", "dynamodb:a-b_c.D1");
        let own = ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000");
        let every = ("AWS_ENDPOINT_URL", "https://vpce.example");
        let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True");
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[KEY]), Ok(None));
        assert_eq!(read(&[("CHIMEFLOW_STATE", "memory")]), Ok(Some(Setting::Memory)));
        assert_eq!(read(&[state, KEY]), table("a-b_c.D1", None));
        assert_eq!(read(&[state, KEY, own, every]), table("a-b_c.D1", Some(own.1)));
        assert_eq!(read(&[state, KEY, every]), table("a-b_c.D1", Some(every.1)));
        assert_eq!(read(&[state, KEY, own, every, ignore]), table("a-b_c.D1", None));

        let long = format!("dynamodb:{}", "t".repeat(256));
        for wrong in
            ["dynamodb", "dynamodb:", "dynamodb:ab", "dynamodb:a b c", "dynamodb:tâble", "redis:x", &long]
        {
            let (name, value, _) = read(&[("CHIMEFLOW_STATE", wrong), KEY]).unwrap_err();
            assert_eq!((name, &*value), ("CHIMEFLOW_STATE", wrong));
        }
        let no_url = read(&[state, KEY, ("AWS_ENDPOINT_URL", "127.0.0.1:8000")]);
        assert_eq!(no_url.unwrap_err().0, "AWS_ENDPOINT_URL");
    }

    #[test]
    fn no_error_and_no_debugging_output_contains_the_secret() {
        let state = ("CHIMEFLOW_STATE", "dynamodb:table");
        assert_eq!(read(&[state]).unwrap_err().0, "CHIMEFLOW_STATE_KEY");
        let short = read(&[state, ("CHIMEFLOW_STATE_KEY", "hunter2")]).unwrap_err();
        assert_eq!(short.0, "CHIMEFLOW_STATE_KEY");
        assert!(!format!("{short:?}").contains("hunter2"));
        assert!(!format!("{:?}", read(&[state, KEY])).contains(KEY.1));
        assert_ne!(Secret::random(), Secret::random());
    }
}
