//! [`Row`]: a labelled text, and [`Subject`]: what the rows of a file measure.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;

/// A labelled text. Its labels determine what it measures.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Row {
    pub text: String,
    #[serde(default)]
    pub expected: Expected,
    /// Whether the text is offensive: 0 or 1.
    pub label: Option<u8>,
    /// Positions of its toxic characters.
    pub chars: Option<Vec<usize>>,
    /// What must be found, and where.
    pub spans: Option<Vec<Labelled>>,
    /// The kinds of `spans`, if these do not contain them.
    #[serde(default)]
    pub entity: Vec<String>,
    /// The number of findings of another detector: if it is 0, `spans` are near misses.
    pub expected_len: Option<usize>,
    /// The test file the row is from.
    #[serde(default)]
    pub file: String,
    /// The kind of disguise, of code or of suite.
    #[serde(default)]
    pub cls: String,
    /// The disguised word.
    pub word: Option<String>,
    /// The expected text after masking.
    pub want: Option<String>,
    /// The keyword to find.
    pub keyword: Option<String>,
    /// The kind of secret.
    pub rule: Option<String>,
    /// The region in which a phone number is dialled.
    pub region: Option<String>,
    /// The kind of test case of a phone number.
    #[serde(default)]
    pub group: String,
}

/// What must be found in a text.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Value")]
pub(crate) enum Expected {
    #[default]
    Unsaid,
    /// Whether it is profane.
    Profane(bool),
    /// Whether anything is found.
    Something(bool),
    /// These pieces of the text.
    Pieces(Vec<String>),
}

impl TryFrom<Value> for Expected {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        match value {
            Value::Bool(is) => Ok(Self::Something(is)),
            Value::String(word) if word == "profane" => Ok(Self::Profane(true)),
            Value::String(word) if word == "clean" => Ok(Self::Profane(false)),
            Value::Array(_) => serde_json::from_value(value).map(Self::Pieces).map_err(|e| e.to_string()),
            _ => Err("expected `profane`, `clean`, true, false or a list of texts".to_owned()),
        }
    }
}

/// A piece of a text, in characters, with its kind if the row states it there.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Value")]
pub(crate) struct Labelled {
    pub chars: Range<usize>,
    pub entity: Option<String>,
}

impl TryFrom<Value> for Labelled {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let number = |at: usize| value.get(at).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let (Some(start), Some(end)) = (number(0), number(1)) else {
            return Err("expected a span such as `[0, 4]` or `[0, 4, \"EMAIL\"]`".to_owned());
        };
        Ok(Self { chars: start..end, entity: value.get(2).and_then(Value::as_str).map(str::to_owned) })
    }
}

impl Row {
    /// Returns whether the text is profane, if the row is about that.
    pub(crate) fn is_profane(&self) -> Option<bool> {
        match self.expected {
            Expected::Profane(is) => Some(is),
            _ => self.label.map(|label| label == 1),
        }
    }
}

/// What the rows of a file measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Test cases of another filter: profane or clean.
    Suite,
    /// Disguised words.
    Disguises,
    /// Ordinary text, labelled by people.
    Labels,
    /// Which characters are toxic.
    ToxicSpans,
    /// One kind of personal data, and texts without it.
    Entities,
    /// Sentences with personal data of many kinds.
    Sentences,
    Secrets,
    /// Links in a text.
    Links,
    /// Mentions in a text.
    Mentions,
    /// E-mail addresses in a text.
    Emails,
    /// Whether the whole text is an e-mail address.
    Address,
    Phone,
    /// A keyword with wildcards.
    Keyword,
    /// Texts that break programs.
    Robustness,
}

impl Subject {
    /// Returns what `rows` measure.
    pub(crate) fn of(rows: &[Row]) -> Self {
        let Some(row) = rows.first() else { return Self::Robustness };
        let labelled_here =
            |row: &Row| row.spans.iter().flatten().any(|span| span.entity.is_some()) || row.entity.is_empty();
        match &row.expected {
            _ if row.keyword.is_some() => Self::Keyword,
            _ if row.chars.is_some() => Self::ToxicSpans,
            _ if row.rule.is_some() => Self::Secrets,
            Expected::Profane(_) if row.word.is_some() => Self::Disguises,
            Expected::Profane(_) => Self::Suite,
            Expected::Pieces(_) => Self::of_pieces(rows),
            Expected::Something(_) => Self::Address,
            Expected::Unsaid if row.label.is_some() => Self::Labels,
            Expected::Unsaid if row.region.is_some() => Self::Phone,
            Expected::Unsaid if row.spans.is_none() => Self::Robustness,
            Expected::Unsaid if rows.iter().all(labelled_here) => Self::Sentences,
            Expected::Unsaid => Self::Entities,
        }
    }

    /// Returns what pieces are: names if most follow an `@`, addresses if most contain one, and otherwise links.
    fn of_pieces(rows: &[Row]) -> Self {
        let pieces = || {
            rows.iter().flat_map(|row| match &row.expected {
                Expected::Pieces(pieces) => pieces.iter().map(|piece| (&*row.text, &**piece)).collect(),
                _ => Vec::new(),
            })
        };
        let called = |&(text, piece): &(&str, &str)| {
            ['@', '＠'].iter().any(|at| text.contains(&format!("{at}{piece}")))
        };
        let addressed = |&(_, piece): &(&str, &str)| piece.contains('@') && !piece.contains("://");
        let most = |fit: usize| 2 * fit > pieces().count();
        match (most(pieces().filter(called).count()), most(pieces().filter(addressed).count())) {
            (_, true) => Self::Emails,
            (true, _) => Self::Mentions,
            _ => Self::Links,
        }
    }
}
