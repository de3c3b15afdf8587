//! [`Format`]: how the text of messages is encoded.

/// How messages are encoded: the `[message]` table of a rules file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Format {
    /// Whether text may be percent-encoded.
    pub encoding: Encoding,
    /// JSON pointers to the strings that contain the text, for clients that send JSON as content.
    pub json: Vec<String>,
}

/// Whether text may be percent-encoded.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Encoding {
    /// It is decoded if it is exactly what `encodeURIComponent` produces; anything else is plain text.
    #[default]
    Auto,
    /// It is never decoded.
    Plain,
    /// It is always decoded: every valid escape, whatever surrounds it.
    Percent,
}
