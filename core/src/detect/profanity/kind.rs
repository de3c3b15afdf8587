//! [`Kind`]: the kind of a profane word: offensive, sexual, profane.

use serde::Deserialize;

use super::engine::Type;

/// A kind of profanity, reported as the kind of spans.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Offensive,
    Sexual,
    Profane,
    Mean,
    Evasive,
}

impl Kind {
    /// All kinds; of a word that belongs equally to several, the first is reported.
    pub(super) const ALL: [Self; 5] =
        [Self::Offensive, Self::Profane, Self::Sexual, Self::Mean, Self::Evasive];

    /// The names of all kinds.
    pub(super) const NAMES: [&str; 5] = {
        let [a, b, c, d, e] = Self::ALL;
        [a.name(), b.name(), c.name(), d.name(), e.name()]
    };

    /// Returns the dominant kind of `rating`: the one with the highest severity, and of several the first in [`Self::ALL`]. Most swear
    /// words are sexual by origin, but people perceive them as swearing.
    pub(super) fn of(rating: Type) -> Self {
        let most = |severity: Type| Self::ALL.into_iter().find(|kind| rating.is(kind.rating() & severity));
        [Type::SEVERE, Type::MODERATE, Type::MILD].into_iter().find_map(most).unwrap_or(Self::Profane)
    }

    /// Returns the name used in settings and spans.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Offensive => "offensive",
            Self::Sexual => "sexual",
            Self::Profane => "profane",
            Self::Mean => "mean",
            Self::Evasive => "evasive",
        }
    }

    /// Returns all ratings of the kind.
    pub(super) const fn rating(self) -> Type {
        match self {
            Self::Offensive => Type::OFFENSIVE,
            Self::Sexual => Type::SEXUAL,
            Self::Profane => Type::PROFANE,
            Self::Mean => Type::MEAN,
            Self::Evasive => Type::EVASIVE,
        }
    }
}
