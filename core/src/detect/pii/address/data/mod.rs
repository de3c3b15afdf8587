//! The words of addresses, in one file for each language or kind of word. Each table names its source.

mod dutch;
mod english;
mod french;
mod german;
mod introductions;
mod italian;
mod places;
mod spanish;

use super::roles::Row;

/// All tables.
pub(super) const ROWS: &[&[Row]] = &[
    dutch::WORDS,
    english::WORDS,
    french::WORDS,
    german::WORDS,
    introductions::WORDS,
    italian::WORDS,
    places::WORDS,
    spanish::WORDS,
];

pub(super) use self::dutch::SUFFIXES as DUTCH_SUFFIXES;
pub(super) use self::german::SUFFIXES as GERMAN_SUFFIXES;
pub(super) use self::places::LONG_COUNTRIES;
