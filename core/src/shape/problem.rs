//! [`Problem`]: an error in a value, with its position.

use std::ops::Range;

/// An error in a value of a rules file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong and what was expected.
    pub message: String,
    /// Its byte range in the rules file, unless it concerns the whole value.
    pub span: Option<Range<usize>>,
    /// What the author should do about it.
    pub help: Option<String>,
}

impl Problem {
    /// Creates a problem that concerns the whole value.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None, help: None }
    }

    /// Returns this problem at `span`.
    #[must_use]
    pub fn at(self, span: Range<usize>) -> Self {
        Self { span: Some(span), ..self }
    }

    /// Returns this problem with advice.
    #[must_use]
    pub fn help(self, help: impl Into<Option<String>>) -> Self {
        Self { help: help.into(), ..self }
    }
}

impl From<toml::de::Error> for Problem {
    fn from(error: toml::de::Error) -> Self {
        Self { message: error.message().to_owned(), span: error.span(), help: None }
    }
}
