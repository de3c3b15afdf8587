//! [`Problem`]: what is wrong with a value, and where.

use std::ops::Range;

/// What is wrong with a value of a rules file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong and what was expected.
    pub message: String,
    /// Where in the rules file, in bytes, when it is not the value as a whole.
    pub span: Option<Range<usize>>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with the value as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None, help: None }
    }

    /// The same, at `span`.
    #[must_use]
    pub fn at(self, span: Range<usize>) -> Self {
        Self { span: Some(span), ..self }
    }

    /// The same, with what to do about it.
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
