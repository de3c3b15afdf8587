//! States, provinces, territories and countries.
//!
//! Sources: USPS, Publication 28, appendix B; Canada Post, "Addressing guidelines", symbols for provinces and territories; Australia Post,
//! "Address Presentation Standards", abbreviations for states; names of countries in the languages of the nine countries (ISO 3166-1).

use crate::detect::pii::address::roles::{Roles, Row};

pub(super) const WORDS: &[Row] = &[
    (
        Roles::REGION,
        "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn \
        tx ut vt va wa wv wi wy as fm gu mh mp pw pr vi um aa ae ap",
    ),
    (Roles::REGION, "ab bc mb nb nl ns nt nu on pe qc sk yt quebec ontario"),
    (Roles::REGION, "act nsw qld sa tas vic nt wa"),
    (Roles::STATE_OF_FOUR, "act nsw qld sa tas vic nt wa"),
    (
        Roles::COUNTRY,
        "usa us u.s.a uk england scotland wales deutschland germany allemagne alemania germania duitsland france frankreich francia \
        frankrijk espana spain spanien espagne spagna spanje italia italy italien italie netherlands nederland niederlande pays-bas \
        australia australien australie canada kanada united great the northern vereinigte etats-unis estados stati verenigde royaume-uni \
        grossbritannien",
    ),
];

/// Names of countries of more than one word, in lower case and without accents.
pub(in super::super) const LONG_COUNTRIES: &[&[&str]] = &[
    &["united", "kingdom"],
    &["united", "states", "of", "america"],
    &["united", "states"],
    &["great", "britain"],
    &["the", "netherlands"],
    &["northern", "ireland"],
    &["vereinigte", "staaten"],
    &["estados", "unidos"],
    &["stati", "uniti"],
    &["verenigde", "staten"],
];
