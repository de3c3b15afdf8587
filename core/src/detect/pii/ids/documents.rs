//! Passports: numbers without a check digit, of as many shapes as there are countries.

use super::super::checks::{number, vary};
use super::{Id, Sure};

pub(super) const IDS: &[Id] = &[
    Id {
        kind: "passport",
        what: "passport of any country, with its name beside it; on its own only where it has letters and digits in the places of a country's passports",
        layouts: &["A99999999", "AAA999999", "AA9999999", "A999A9999", "A9999999", "A99_9999A", "A99 99999"],
        check: |v| {
            let letters = v.iter().take_while(|v| v.is_ascii_alphabetic()).count();
            let korean = b"MSRODG".contains(&v[0]);
            vary(v)
                && match (letters, v.len()) {
                    // India; its numbers begin and end with no nought.
                    (1, 8) => v[1] > 0 && v[7] > 0,
                    (1, 9) if v[4].is_ascii_alphabetic() => korean,
                    _ => number(&v[letters..]) > 0,
                }
        },
        one_in: 2,
        sure: Sure::Written(NAMES),
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
        check: |v| vary(v) && v.iter().filter(|v| **v < 10).count() >= 4,
        one_in: 1,
        sure: Sure::Named(NAMES),
    },
];

const NAMES: &[&str] = &[
    "passport",
    "travel document",
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
