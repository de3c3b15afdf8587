//! Settings of `profanity`, as written in a rules file.

use std::sync::OnceLock;

use serde::Deserialize;

use super::engine::Type;
use super::kind::Kind;
use super::languages::{self, Language};
use crate::detect::Severity;
use crate::detect::at_most::MAX;
use crate::detect::words::WORD;
use crate::shape::{Alternative, Key, List, Shape, Table, Words};

/// Settings of `profanity`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub(in crate::detect) struct Profanity {
    level: Level,
    kinds: Option<Vec<Kind>>,
    /// The allow-list of the rule.
    pub(super) allow: Vec<String>,
    /// The codes of the languages.
    languages: Vec<String>,
    /// How many words a text may contain.
    pub(super) max: usize,
}

/// How strict the detector is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    /// Only what is always severe: slurs, the worst swearing.
    Severe,
    /// What nobody writes to a colleague.
    #[default]
    Work,
    /// Also mild words: damn, crap, butt.
    Strict,
}

impl Profanity {
    /// Returns the ratings to find.
    pub(super) fn threshold(&self) -> Type {
        let severity = match self.level {
            Level::Severe | Level::Work => Type::MODERATE_OR_HIGHER,
            Level::Strict => Type::MILD_OR_HIGHER,
        };
        // Mean words count only if they are severe, unless the settings request them.
        let kinds = self.kinds.as_ref().map_or(Type::INAPPROPRIATE, |kinds| {
            kinds.iter().fold(Type::NONE, |all, kind| all | kind.rating())
        });
        kinds & severity
    }
}

impl Profanity {
    /// Returns the minimum severity.
    pub(super) fn least(&self) -> Severity {
        if self.level == Level::Severe { Severity::Severe } else { Severity::Mild }
    }

    /// Returns whether factual words, which are not swearing, count: only if the settings request them.
    pub(super) fn wants_factual_words(&self) -> bool {
        self.level == Level::Strict || self.kinds.is_some()
    }

    /// Returns the languages, each once; English if none is named.
    pub(super) fn languages(&self) -> Vec<&'static Language> {
        let mut languages: Vec<&Language> = Vec::new();
        for language in self.languages.iter().filter_map(|code| Language::of(code)) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        if languages.is_empty() { vec![languages::ENGLISH] } else { languages }
    }
}

/// Returns the codes of all languages.
fn codes() -> &'static [&'static str] {
    static CODES: OnceLock<Vec<&'static str>> = OnceLock::new();
    CODES.get_or_init(|| languages::ALL.iter().map(|language| language.code).collect())
}

const LEVEL: Shape = Shape::Words(&Words::of("level", || &["severe", "work", "strict"]));
const KIND: Shape = Shape::Words(&Words::of("kind", || &Kind::NAMES));
const LANGUAGE: Shape =
    Shape::Words(&Words { meant: Language::meant, ..Words::of("language that `profanity` knows", codes) });

/// The shape of the settings.
#[rustfmt::skip]
pub(super) const SHAPE: Shape = Shape::Alternatives(&[
    Alternative::under("level", LEVEL),
    Alternative::of(Shape::Table(&Table::of("`profanity`", "{ level = \"strict\" }", &[
        Key::new("level", LEVEL, "How grave a word must be: `strict` finds mild ones too, `severe` only the worst.").default("`\"work\"`"),
        Key::new("kinds", Shape::List(&List::of("kinds", KIND)), "Only words of these kinds.").default("all but `mean`, unless severe"),
        Key::new("allow", Shape::List(&List::any("words", WORD)), "Words that are fine here."),
        Key::new("languages", Shape::List(&List::of("languages", LANGUAGE)), "The languages of the words.").default("`[\"en\"]`"),
        MAX,
    ]))),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::table::read;

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
            assert!(read::<Profanity>(settings).unwrap().threshold() == threshold, "{settings}");
        }
    }

    #[test]
    fn an_error_says_what_was_expected_and_where() {
        for (settings, message, span) in [
            ("'lax'", "expected \"severe\", \"work\", \"strict\" or a table such as", 0..5),
            ("3", "\"strict\" or a table such as `{ level = \"strict\" }`, found the number `3`", 0..1),
            (
                "{ level = 'lax' }",
                "expected \"severe\", \"work\" or \"strict\", found the text \"lax\"",
                10..15,
            ),
            ("{ kind = ['mean'] }", "`profanity` has no key `kind`", 2..6),
            ("{ kinds = ['rude'] }", "expected \"offensive\", \"profane\"", 11..17),
            ("{ kinds = [] }", "a list of kinds, found an empty list", 10..12),
            ("{ languages = ['en', 'ger'] }", "no language that `profanity` knows is called `ger`", 21..26),
            ("{ languages = [] }", "a list of languages, found an empty list", 14..16),
        ] {
            let problems = read::<Profanity>(settings).unwrap_err();
            assert!(problems[0].message.contains(message), "{settings}: {problems:?}");
            assert_eq!(problems[0].span, Some(span), "{settings}");
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
