//! Numbers of Germany.

use super::super::checks::{cross_sums, is_day, mod_11_10, travel, vary, weighted};
use super::{Id, Sure};

pub(super) const IDS: &[Id] = &[
    Id {
        kind: "de-tax-id",
        what: "German tax number of a person: check digit (mod 11,10), and how often a digit may stand in it",
        layouts: &["!99 999 999 999", "99999999999"],
        check: |v| {
            let often = |digit| v[..10].iter().fold(0, |often, v| often + u8::from(*v == digit));
            v[0] > 0 && (0..10).all(|digit| often(digit) <= 3) && mod_11_10(v)
        },
        one_in: 12,
        sure: Sure::Written(&[
            "steuer",
            "steuerid",
            "steuernummer",
            "idnr",
            "identifikationsnummer",
            "steuer-id",
            "tin",
            "tax",
        ]),
    },
    Id {
        kind: "de-rvnr",
        what: "German pension insurance number: date of birth, check digit",
        layouts: &["99999999A999", "99_999999_A_999"],
        check: |v| {
            let letter = v[8] - b'A' + 1;
            let digits = [&v[..8], &[letter / 10, letter % 10], &v[9..11]].concat();
            is_day(&v[4..6], &v[2..4])
                && cross_sums(&digits, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == u32::from(v[11])
        },
        one_in: 270,
        sure: Sure::Always,
    },
    Id {
        kind: "de-kvnr",
        what: "German health insurance number: check digit, and its name beside it",
        layouts: &["A999999999", "A_999_999_999"],
        check: |v| {
            let letter = v[0] - b'A' + 1;
            let digits = [&[letter / 10, letter % 10], &v[1..9]].concat();
            cross_sums(&digits, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 == u32::from(v[9]) && vary(&v[1..])
        },
        one_in: 10,
        sure: Sure::Written(&[
            "krankenvers",
            "versicherten",
            "kvnr",
            "gesundheitskarte",
            "egk",
            "krankenkasse",
        ]),
    },
    Id {
        kind: "de-id-card",
        what: "German identity card or passport: check digit (7-3-1), and its name beside it",
        layouts: &["A*******9", "A********9", "A********_9"],
        check: |v| {
            let vowels = v.iter().any(|v| b"ABDEIOQSU".contains(v));
            let digits = v.iter().filter(|v| **v < 10).count();
            !vowels && digits >= 4 && travel(v)
        },
        one_in: 20,
        sure: Sure::Written(ID_CARD),
    },
    Id {
        // On the front of the card the number stands without its check digit.
        kind: "de-id-card",
        what: "",
        layouts: &["A********"],
        check: |v| {
            let vowels = v.iter().any(|v| b"ABDEIOQSU".contains(v));
            !vowels && v.iter().filter(|v| **v < 10).count() >= 4
        },
        one_in: 2,
        sure: Sure::Named(ID_CARD),
    },
    Id {
        kind: "de-id-card",
        what: "",
        layouts: &["A99999999"],
        check: |v| v[0] == b'T' && vary(&v[1..]),
        one_in: 26,
        sure: Sure::Written(ID_CARD),
    },
    Id {
        kind: "de-lanr",
        what: "number of a German physician: check digit, and its name beside it",
        layouts: &["999999999"],
        check: |v| {
            let sum = weighted(&v[..6], &[4, 9, 4, 9, 4, 9]);
            (10 - sum % 10) % 10 == u32::from(v[6]) && vary(v)
        },
        one_in: 10,
        sure: Sure::Written(&["lanr", "arztnummer"]),
    },
];

const ID_CARD: &[&str] =
    &["ausweis", "reisepass", "passnummer", "passnr", "id card", "identity card", "passport"];
