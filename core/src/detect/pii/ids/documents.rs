//! Passport numbers. Most have no check digit, and their formats vary by country.

use super::super::checks::{has_different_digits, number};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // ICAO Doc 9303, part 4, and the formats of the countries that issue them.
        kind: "passport",
        what: "passport of any country, with a label next to it; without one only if it has letters and digits at the positions of a country's passports",
        layouts: &["A99999999", "AAA999999", "AA9999999", "A999A9999", "A9999999", "A99_9999A", "A99 99999"],
        check: |v| {
            let letters = v.iter().take_while(|v| v.is_ascii_alphabetic()).count();
            let is_korean_letter = b"MSRODG".contains(&v[0]);
            has_different_digits(v)
                && match (letters, v.len()) {
                    // India, whose numbers neither start nor end with 0.
                    (1, 8) => v[1] > 0 && v[7] > 0,
                    (1, 9) if v[4].is_ascii_alphabetic() => is_korean_letter,
                    _ => number(&v[letters..]) > 0,
                }
        },
        one_in: 2,
        requires: Requires::FormatOrLabel(LABELS),
    },
    Id {
        kind: "passport",
        what: "",
        layouts: &[
            "999999999",
            "99999999",
            "9999999",
            "99AA99999",
            "AA999999",
            "A99A99A99",
            "A*******9",
            "999999",
        ],
        check: |v| has_different_digits(v) && v.iter().filter(|v| **v < 10).count() >= 4,
        one_in: 1,
        requires: Requires::Label(LABELS),
    },
];

const LABELS: &[&str] = &[
    "passport",
    "travel document",
    "pass-nr",
    "pass nr",
    "passnr",
    "passnummer",
    "pass-nummer",
    "pas nr",
    "pasnummer",
    "passi nr",
    "passnumero",
    "cestovni pas",
    "utlevel",
    "putovnica",
    "διαβατηριο",
    "διαβατήριο",
    "ho chieu",
    "جواز",
    "דרכון",
    "reisepass",
    "passeport",
    "pasaporte",
    "passaporto",
    "paspoort",
    "passaporte",
    "paszport",
    "pasaport",
    "passi numero",
    "여권",
    "护照",
    "護照",
    "パスポート",
    "旅券",
    "паспорт",
    "पासपोर्ट",
];
