//! Addresses of Germany.
//!
//! Sources: DIN 5008 (2020), section on addresses: the street with the number after it, the unit after two slashes, then the postcode of
//! five digits and the town.

use crate::detect::pii::address::roles::{Roles, Row};

/// The ends of German street names that are one word, and whether they are also ends of everyday words.
pub(in super::super) const SUFFIXES: &[(&str, bool)] = &[
    ("strasse", false),
    ("str", false),
    ("gasse", false),
    ("gassle", false),
    ("allee", false),
    ("chaussee", false),
    ("platz", true),
    ("weg", true),
    ("ring", true),
    ("damm", true),
    ("ufer", true),
    ("markt", true),
    ("steig", true),
    ("stieg", true),
    ("pfad", true),
    ("hof", true),
    ("berg", true),
    ("graben", true),
    ("wall", true),
    ("brucke", true),
    ("winkel", true),
    ("garten", true),
    ("feld", true),
    ("park", true),
    ("promenade", true),
    ("zeile", true),
    ("kamp", true),
    ("tor", true),
    ("siedlung", true),
    ("wiese", true),
    ("wiesen", true),
    ("anger", true),
    ("twiete", true),
    ("stiege", true),
    ("rain", true),
    ("grund", true),
    ("kai", true),
    ("hohe", true),
    ("busch", true),
    ("heide", true),
];

pub(super) const WORDS: &[Row] = &[
    (Roles::LAST, "strasse str gasse allee chaussee"),
    (
        Roles::LAST_WEAK,
        "platz weg ring damm ufer markt steig stieg pfad hof berg graben wall brucke winkel garten feld park promenade zeile kamp tor \
        siedlung",
    ),
    (Roles::PREPOSITION, "am im an auf in unter zum zur hinter vor bei beim"),
    (Roles::CONNECTOR, "der die das des dem den vom von zu zur zum am im an unter und ob ober bei"),
    (
        Roles::UNIT,
        "wohnung whg wng hinterhaus hs haus aufgang etage stock stiege tur top zimmer app appartement gebaude geb",
    ),
    (Roles::UNIT_AFTER, "og ug etage stock obergeschoss stockwerk"),
    (
        Roles::UNIT_ALONE,
        "eg erdgeschoss dg dachgeschoss hinterhaus vorderhaus seitenflugel hh vh souterrain links rechts mitte",
    ),
    (
        Roles::ADJECTIVE,
        "alte alter altes neue neuer neues grosse grosser kleine kleiner lange langer obere oberer untere unterer hintere hinterer \
        vordere vorderer aussere innere hohe schone breite kurze sankt st",
    ),
    (Roles::BOX, "postfach"),
    (Roles::NUMBER, "nr hausnummer"),
    (Roles::TOWN_FIRST, "bad sankt neu alt gross klein"),
];
