//! Settings of `profanity`, as written in a rules file.

use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, de};

use super::engine::Type;
use super::kind::Kind;
use super::languages::{ENGLISH, Language};
use crate::detect::Severity;

/// Settings of `profanity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Profanity {
    level: Level,
    kinds: Option<Vec<Kind>>,
    /// Words that are fine here.
    pub(super) allow: Vec<String>,
    /// The languages of the words, each once.
    pub(super) languages: Vec<&'static Language>,
}

/// How much it takes.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    /// Only what nobody takes lightly: slurs, the worst of swearing.
    Severe,
    /// What nobody writes to a colleague.
    #[default]
    Work,
    /// Mild words too: damn, crap, butt.
    Strict,
}

impl Profanity {
    /// The ratings that are found.
    pub(super) fn threshold(&self) -> Type {
        let severity = match self.level {
            Level::Severe | Level::Work => Type::MODERATE_OR_HIGHER,
            Level::Strict => Type::MILD_OR_HIGHER,
        };
        // Mean words are no profanity unless severe, until somebody asks for them.
        let kinds = self.kinds.as_ref().map_or(Type::INAPPROPRIATE, |kinds| {
            kinds.iter().fold(Type::NONE, |all, kind| all | kind.rating())
        });
        kinds & severity
    }
}

impl Profanity {
    /// How grave a word must be.
    pub(super) fn least(&self) -> Severity {
        if self.level == Level::Severe { Severity::Severe } else { Severity::Mild }
    }

    /// Whether words that are about something, and no swearing, are wanted: where somebody says so.
    pub(super) fn wants_factual_words(&self) -> bool {
        self.level == Level::Strict || self.kinds.is_some()
    }
}

impl From<Level> for Profanity {
    fn from(level: Level) -> Self {
        Self { level, kinds: None, allow: Vec::new(), languages: english() }
    }
}

impl<'de> Deserialize<'de> for Profanity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LevelOrTable)
    }
}

/// Reads a level by its name, or a table.
struct LevelOrTable;

impl<'de> Visitor<'de> for LevelOrTable {
    type Value = Profanity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "`\"work\"`, `\"strict\"`, `\"severe\"` or a table of `level`, `kinds`, `allow` and `languages`",
        )
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Profanity, E> {
        Level::deserialize(de::value::StrDeserializer::new(name)).map(Profanity::from)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Profanity, A::Error> {
        Table::deserialize(MapAccessDeserializer::new(map)).map(|table| {
            let Table { level, kinds, allow, languages } = table;
            Profanity { level, kinds, allow, languages: languages.0 }
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    #[serde(default)]
    level: Level,
    #[serde(default, deserialize_with = "some_kinds")]
    kinds: Option<Vec<Kind>>,
    #[serde(default)]
    allow: Vec<String>,
    #[serde(default)]
    languages: Languages,
}

/// The languages that are named; English when none are.
struct Languages(Vec<&'static Language>);

impl Default for Languages {
    fn default() -> Self {
        Self(english())
    }
}

fn english() -> Vec<&'static Language> {
    vec![ENGLISH]
}

fn some_kinds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Kind>>, D::Error> {
    let kinds = Vec::deserialize(deserializer)?;
    if kinds.is_empty() {
        return Err(D::Error::custom("`kinds` is empty: name at least one, or leave it out"));
    }
    Ok(Some(kinds))
}

impl<'de> Deserialize<'de> for Languages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut languages: Vec<&'static Language> = Vec::new();
        for Code(language) in Vec::deserialize(deserializer)? {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        if languages.is_empty() {
            return Err(D::Error::custom("`languages` is empty: write [\"en\"], or leave it out"));
        }
        Ok(Self(languages))
    }
}

/// A language by its code.
struct Code(&'static Language);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Code;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the code of a language, such as `\"en\"`")
            }

            fn visit_str<E: Error>(self, code: &str) -> Result<Code, E> {
                Language::of(code).map(Code).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Reader)
    }
}

#[cfg(test)]
mod tests {
    use toml::de::ValueDeserializer;

    use super::*;

    fn read(settings: &str) -> Result<Profanity, toml::de::Error> {
        Profanity::deserialize(ValueDeserializer::parse(settings).unwrap())
    }

    #[test]
    fn settings_are_a_level_or_a_table() {
        let work = Type::INAPPROPRIATE & Type::MODERATE_OR_HIGHER;
        for (settings, threshold) in [
            ("'work'", work),
            ("'strict'", Type::INAPPROPRIATE),
            ("{}", work),
            ("{ level = 'strict', languages = ['en'] }", Type::INAPPROPRIATE),
            ("{ kinds = ['mean'] }", Type::MEAN & Type::MODERATE_OR_HIGHER),
            ("{ level = 'strict', kinds = ['profane', 'sexual'] }", Type::PROFANE | Type::SEXUAL),
        ] {
            assert!(read(settings).unwrap().threshold() == threshold, "{settings}");
        }
    }

    #[test]
    fn an_error_says_what_was_expected_and_where() {
        for (settings, message, span) in [
            ("'lax'", "unknown variant `lax`, expected one of `severe`, `work`, `strict`", 0..5),
            (
                "3",
                "invalid type: integer `3`, expected `\"work\"`, `\"strict\"`, `\"severe\"` or a table",
                0..1,
            ),
            ("{ level = 'lax' }", "unknown variant `lax`", 10..15),
            (
                "{ kind = ['mean'] }",
                "unknown field `kind`, expected one of `level`, `kinds`, `allow`, `languages`",
                2..6,
            ),
            ("{ kinds = ['rude'] }", "unknown variant `rude`, expected one of `offensive`, `sexual`", 11..17),
            ("{ kinds = [] }", "`kinds` is empty: name at least one", 10..12),
            (
                "{ languages = ['en', 'ger'] }",
                "knows no language `ger`, did you mean `de`? There are `en`, `ar`",
                21..26,
            ),
            ("{ languages = [] }", "`languages` is empty", 14..16),
        ] {
            let error = read(settings).unwrap_err();
            assert!(error.message().contains(message), "{settings}: {}", error.message());
            assert_eq!(error.span(), Some(span), "{settings}");
        }
    }

    #[test]
    fn a_kind_is_the_most_severe() {
        for (rating, kind) in [
            (Type::PROFANE & Type::MODERATE, Kind::Profane),
            (Type::PROFANE & Type::MODERATE | Type::SEXUAL & Type::SEVERE, Kind::Sexual),
            (Type::SEXUAL & Type::MILD | Type::OFFENSIVE & Type::MILD, Kind::Offensive),
            (Type::NONE, Kind::Profane),
        ] {
            assert_eq!(Kind::of(rating), kind);
        }
    }
}
