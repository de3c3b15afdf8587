//! [`Street`]: a line that may name the street of an address.

/// A line that may name a street, as tokens of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    pub start: usize,
    pub end: usize,
    /// How much evidence for an address the street itself is: from 0 for any name with a number, to [`super::evidence::ENOUGH`].
    pub weight: i32,
    /// Whether its name is written with capital letters.
    pub capital: bool,
    pub number: Number,
    pub kind: StreetType,
}

/// Where the house number of a street is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    First,
    Last,
    Missing,
}

/// Whether a street has a type, such as `Road`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreetType {
    /// It has none, as in `123 Broadway`.
    Missing,
    /// One of the commonest types, with a name in capital letters; a house number that is unlikely to be a count is then evidence.
    Common,
    Usual,
}

/// How certain it is that a word is a type of street.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    Strong,
    Weak,
}

impl Street {
    pub(super) fn new(start: usize, end: usize, certainty: Certainty, capital: bool) -> Self {
        let weight = match (certainty, capital) {
            (Certainty::Strong, true) => 3,
            (Certainty::Weak, true) => 2,
            (Certainty::Strong, false) => 1,
            (Certainty::Weak, false) => 0,
        };
        Self { start, end, weight, capital, number: Number::Last, kind: StreetType::Usual }
    }

    /// Returns whether it has a type.
    pub(super) fn is_typed(&self) -> bool {
        self.kind != StreetType::Missing
    }

    /// Returns whether it has a house number.
    pub(super) fn is_numbered(&self) -> bool {
        self.number != Number::Missing
    }
}
