//! [`Record`]: a piece of a corpus that contains at most one message.

use std::sync::Arc;

/// A piece of a corpus that contains at most one message.
pub(super) struct Record {
    /// The number of the line on which it begins, starting at 1.
    pub number: u64,
    /// Its content, or the error.
    pub body: Result<Body, String>,
}

/// The content of a record.
pub(super) enum Body {
    /// JSON, with the channel that the object around its list names, if any.
    Json(String, Option<Arc<str>>),
    /// A row of CSV.
    Cells(Arc<Columns>, csv::StringRecord),
    /// The text itself.
    Text(String),
    /// A list with this name whose elements look like messages, but that is not the list that is read.
    PassedOver(String),
}

/// The columns of CSV.
pub(super) struct Columns {
    /// Their names: numbers, if there is no header.
    pub names: Vec<String>,
    /// The name of the column with the text.
    pub text: String,
}
