//! Addresses of the Netherlands.
//!
//! Sources: `PostNL`: the street, the number and its addition, then the postcode of four digits and two letters and the town; the
//! Basisregistratie Adressen en Gebouwen (BAG) for names of streets and additions to numbers.

use crate::detect::pii::address::roles::{Roles, Row};

/// The ends of Dutch street names that are one word, and whether they are also ends of everyday words.
pub(in super::super) const SUFFIXES: &[(&str, bool)] = &[
    ("straat", false),
    ("laan", false),
    ("gracht", false),
    ("straatweg", false),
    ("singel", true),
    ("kade", true),
    ("plein", true),
    ("dijk", true),
    ("dreef", true),
    ("steeg", true),
    ("pad", true),
    ("baan", true),
    ("boulevard", true),
    ("burgwal", true),
    ("wal", true),
    ("haven", true),
    ("markt", true),
    ("hof", true),
    ("hoek", true),
    ("akker", true),
    ("veld", true),
    ("oord", true),
    ("donk", true),
    ("kamp", true),
    ("erf", true),
    ("vliet", true),
];

pub(super) const WORDS: &[Row] = &[
    (Roles::LAST, "straat laan gracht"),
    (Roles::LAST_WEAK, "weg plein kade singel dijk pad hof steeg dreef burgwal baan"),
    (Roles::CONNECTOR, "van de den der het ter ten te aan op in bij aan"),
    (Roles::ADJECTIVE, "oude nieuwe grote kleine korte lange eerste tweede derde noorder zuider"),
    (Roles::UNIT, "huis hs bus verdieping kamer"),
    (Roles::UNIT_AFTER, "verdieping hoog"),
    (Roles::BOX, "postbus"),
    (Roles::TOWN_FIRST, "den de het"),
];
