//! [`Record`]: a piece of a corpus that makes at most one message.

use std::sync::Arc;

/// A piece of a corpus that makes at most one message.
pub(super) struct Record {
    /// The number of the line on which it begins, starting at 1.
    pub number: u64,
    /// Its content, or why there is none.
    pub body: Result<Body, String>,
}

/// The content of a record.
pub(super) enum Body {
    /// JSON, in a list of messages of this channel if that is known.
    Json(String, Option<Arc<str>>),
    /// A row of CSV.
    Cells(Arc<Columns>, csv::StringRecord),
    /// The text itself.
    Text(String),
    /// A list of this name beside the one with the messages, with messages that are not read.
    PassedOver(String),
}

/// The columns of CSV.
pub(super) struct Columns {
    /// Their names: numbers, if there is no header.
    pub names: Vec<String>,
    /// The name of the one with the text.
    pub text: String,
}
