//! [`FunctionName`]: the name of a function, as its ARN contains it.

use std::fmt;
use std::str::FromStr;

use crate::local::arn::Arn;

/// The name of a Lambda function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FunctionName(String);

/// The maximum length of a name, according to Lambda.
const MAX_LENGTH: usize = 64;

impl FunctionName {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FunctionName {
    type Err = String;

    /// Parses a name such as `moderation`.
    fn from_str(name: &str) -> Result<Self, String> {
        let is_allowed = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '_';
        if (1..=MAX_LENGTH).contains(&name.len()) && name.chars().all(is_allowed) {
            return Ok(Self(name.to_owned()));
        }
        Err(format!("`{name}`: expected the name of a function: up to {MAX_LENGTH} letters, digits, - and _"))
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the function's name in its ARN, `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`.
pub(super) fn name_in(function: &Arn) -> &str {
    function.as_str().split(':').nth(6).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_lambda_allows() {
        for name in ["a", "moderation_2-b", &"x".repeat(64)] {
            assert_eq!(name.parse().map(|name: FunctionName| name.to_string()), Ok(name.to_owned()));
        }
        for name in ["", "a b", "a:b", "arn:aws:lambda:us-east-1:111122223333:function:a", &"x".repeat(65)] {
            assert!(name.parse::<FunctionName>().is_err(), "{name}");
        }
    }

    #[test]
    fn an_alias_does_not_belong_to_the_name() {
        let arn = "arn:aws:lambda:us-east-1:111122223333:function:moderation";
        for arn in [arn.to_owned(), format!("{arn}:live"), format!("{arn}:7")] {
            assert_eq!(name_in(&Arn::new(&arn)), "moderation");
        }
        assert_eq!(name_in(&Arn::new("moderation")), "");
    }
}
