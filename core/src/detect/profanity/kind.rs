//! [`Kind`]: what a word is: offensive, sexual, profane.

use serde::Deserialize;

use super::engine::Type;

/// A kind of profanity: the kind of the spans that are found.
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
    /// All kinds; of a word that is several equally, the first is told.
    pub(super) const ALL: [Self; 5] =
        [Self::Offensive, Self::Profane, Self::Sexual, Self::Mean, Self::Evasive];

    /// The name of each.
    pub(super) const NAMES: [&str; 5] = {
        let [a, b, c, d, e] = Self::ALL;
        [a.name(), b.name(), c.name(), d.name(), e.name()]
    };

    /// The kind that stands out most in `rating`: the gravest, and of several the first in [`Self::ALL`]. Most swear words are sexual
    /// by origin; what people hear is the swearing.
    pub(super) fn of(rating: Type) -> Self {
        let most = |severity: Type| Self::ALL.into_iter().find(|kind| rating.is(kind.rating() & severity));
        [Type::SEVERE, Type::MODERATE, Type::MILD].into_iter().find_map(most).unwrap_or(Self::Profane)
    }

    /// The name, as in settings and spans.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Offensive => "offensive",
            Self::Sexual => "sexual",
            Self::Profane => "profane",
            Self::Mean => "mean",
            Self::Evasive => "evasive",
        }
    }

    /// All ratings of the kind.
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
