//! [`Roles`]: the roles that a word may have in an address.

use std::ops::BitOr;

/// The roles that a word may have in an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    /// A type of street after the name, with the number first: `12 Main Street`.
    pub(super) const AFTER: Self = Self(1);
    /// The same, but also an everyday word: `12 Sussex Drive`.
    pub(super) const AFTER_WEAK: Self = Self(1 << 1);
    /// A type of street before the name: `rue de la Paix`, `Calle Mayor`.
    pub(super) const BEFORE: Self = Self(1 << 2);
    /// The same, but also an everyday word: `place Bellecour`, `via Roma`.
    pub(super) const BEFORE_WEAK: Self = Self(1 << 3);
    /// A type of street after the name, with the number last: `Berliner Straße 5`.
    pub(super) const LAST: Self = Self(1 << 4);
    /// The same, but also an everyday word: `Mühlenweg 5`.
    pub(super) const LAST_WEAK: Self = Self(1 << 5);
    /// A preposition that begins the name of a German street: `Am Markt 5`.
    pub(super) const PREPOSITION: Self = Self(1 << 6);
    /// A type of road before its number: `Highway 61`.
    pub(super) const ROAD: Self = Self(1 << 7);
    /// A part of a building before its number: `Apt 4`.
    pub(super) const UNIT: Self = Self(1 << 8);
    /// A part of a building after its number: `2nd floor`.
    pub(super) const UNIT_AFTER: Self = Self(1 << 9);
    /// A part of a building without a number: `penthouse`.
    pub(super) const UNIT_ALONE: Self = Self(1 << 10);
    /// A point of the compass before or after the name: `5 W 42nd St`.
    pub(super) const DIRECTION: Self = Self(1 << 11);
    /// A word within names, in lower case: `rue de la Paix`.
    pub(super) const CONNECTOR: Self = Self(1 << 12);
    /// The abbreviation of a state, province or territory.
    pub(super) const REGION: Self = Self(1 << 13);
    /// A country, or its first word.
    pub(super) const COUNTRY: Self = Self(1 << 14);
    /// The last word of a building's name: `Rose Cottage`.
    pub(super) const HOUSE: Self = Self(1 << 15);
    /// The first word of a building's name: `Résidence des Pins`.
    pub(super) const RESIDENCE: Self = Self(1 << 16);
    /// A word that says that an address follows: `address`, `live`.
    pub(super) const INTRODUCTION: Self = Self(1 << 17);
    /// A word before a number that is not a house number: `bus 12`, `May 5`.
    pub(super) const NO_HOUSE: Self = Self(1 << 18);
    /// A word that is not part of the name of a street or town.
    pub(super) const STOP: Self = Self(1 << 19);
    /// An adjective before a compound: `Alte Hauptstraße`.
    pub(super) const ADJECTIVE: Self = Self(1 << 20);
    /// A post-office box: `Postfach`.
    pub(super) const BOX: Self = Self(1 << 21);
    /// A word for the number: `nº 5`.
    pub(super) const NUMBER: Self = Self(1 << 22);
    /// The name of a month.
    pub(super) const MONTH: Self = Self(1 << 23);
    /// A first word of a town's name that consists of two: `san jose`.
    pub(super) const TOWN_FIRST: Self = Self(1 << 24);
    /// A word before a year: `in 1990`.
    pub(super) const BEFORE_YEAR: Self = Self(1 << 25);
    /// An address of the armed forces: `PSC 1241, Box 5868`.
    pub(super) const MILITARY: Self = Self(1 << 26);

    /// A word that closes a letter, or the label of another field: `regards`, `tel`.
    pub(super) const CLOSING: Self = Self(1 << 27);
    /// A unit of measure, or something that people count: `miles`, `points`.
    pub(super) const MEASURE: Self = Self(1 << 28);
    /// One of the commonest types of street that are everyday words.
    pub(super) const COMMON: Self = Self(1 << 29);

    /// A state whose postal codes have four digits.
    pub(super) const STATE_OF_FOUR: Self = Self(1 << 30);

    /// A word that shows that the street before it is not an address: `Hauptstraße 5 Minuten`.
    pub(super) const NO_ADDRESS: Self = Self(1 << 31);

    /// Returns whether it has one of `roles`.
    pub(super) const fn any(self, roles: Self) -> bool {
        self.0 & roles.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words with the same role, separated by spaces, in lower case and without accents.
pub(super) type Row = (Roles, &'static str);
