//! [`Format`]: how the text of messages is encoded.

/// How messages are encoded: the `[message]` table of a rules file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Whether text may be percent-encoded.
    pub encoding: Encoding,
    /// JSON pointers to the strings that hold the text, for clients that send JSON as content.
    pub json: Vec<String>,
}

/// Whether text may be percent-encoded.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// It is when it looks exactly like what `encodeURIComponent` makes; anything else is plain.
    #[default]
    Auto,
    /// It never is.
    Plain,
    /// It always is: every valid escape is decoded, whatever stands around it.
    Percent,
}
