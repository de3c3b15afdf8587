//! Identification numbers of Germany.

use super::super::checks::{
    digit_sums, has_different_digits, icao_9303, is_day, mod_11_10, number, weighted,
};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Abgabenordnung § 139b; Steueridentifikationsnummerverordnung of 28 November 2006, § 1.
        kind: "de-tax-id",
        what: "German tax number of a person: check digit (mod 11,10), and how often each digit may occur",
        layouts: &["99 999 999 999", "99999999999"],
        check: |v| {
            let count = |digit| v[..10].iter().fold(0, |count, v| count + u8::from(*v == digit));
            v[0] > 0 && (0..10).all(|digit| count(digit) <= 3) && mod_11_10(v)
        },
        one_in: 12,
        requires: Requires::FormatOrLabel(&[
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
        // Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung (VKVV), § 2.
        kind: "de-rvnr",
        what: "German pension insurance number: date of birth, check digit",
        layouts: &["99999999A999", "99999999_A_999", "99_999999_A_999"],
        check: |v| {
            let letter = v[8] - b'A' + 1;
            let digits = [&v[..8], &[letter / 10, letter % 10], &v[9..11]].concat();
            // When the serial numbers of a day run out, 32 or 64 is added to it, and to the first of a month also 96.
            let shifted = v[2] * 10 + v[3];
            let day = shifted % 32;
            shifted <= 97
                && is_day(&v[4..6], &[day / 10, day % 10])
                && digit_sums(&digits, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == u32::from(v[11])
        },
        one_in: 90,
        requires: Requires::Nothing,
    },
    Id {
        // SGB V § 290; GKV-Spitzenverband, Richtlinie zum Aufbau und zur Vergabe einer Krankenversichertennummer (2024).
        kind: "de-kvnr",
        what: "German health insurance number: check digit, requires a label",
        layouts: &["A999999999", "A_999_999_999"],
        check: |v| {
            let letter = v[0] - b'A' + 1;
            let digits = [&[letter / 10, letter % 10], &v[1..9]].concat();
            digit_sums(&digits, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 == u32::from(v[9])
                && has_different_digits(&v[1..])
        },
        one_in: 10,
        requires: Requires::FormatOrLabel(&[
            "krankenvers",
            "versicherten",
            "kvnr",
            "gesundheitskarte",
            "egk",
            "krankenkasse",
        ]),
    },
    Id {
        // Personalausweisgesetz, § 2 (8); Passgesetz, § 4; Passverordnung, annex 11; ICAO Doc 9303, part 3, for the check digit.
        kind: "de-id-card",
        what: "German identity card or passport: check digit (7-3-1), requires a label",
        layouts: &["A*******9", "A********9", "A********_9"],
        check: |v| {
            let has_excluded_letters = v.iter().any(|v| b"ABDEIOQSU".contains(v));
            let digits = v.iter().filter(|v| **v < 10).count();
            !has_excluded_letters && digits >= 2 && icao_9303(v)
        },
        one_in: 20,
        requires: Requires::FormatOrLabel(ID_CARD_LABELS),
    },
    Id {
        // The front of the card shows the number without its check digit.
        kind: "de-id-card",
        what: "",
        layouts: &["A********"],
        check: |v| {
            let has_excluded_letters = v.iter().any(|v| b"ABDEIOQSU".contains(v));
            !has_excluded_letters && v.iter().any(|v| *v < 10)
        },
        one_in: 2,
        requires: Requires::Label(ID_CARD_LABELS),
    },
    Id {
        // Personalausweisgesetz, § 2 (8): a provisional card has one letter and seven digits, here with the check digit.
        kind: "de-id-card",
        what: "",
        layouts: &["A99999999"],
        check: |v| v[0] == b'T' && has_different_digits(&v[1..]),
        one_in: 26,
        requires: Requires::FormatOrLabel(ID_CARD_LABELS),
    },
    Id {
        // KBV, Richtlinie nach § 75 Absatz 7 SGB V zur Vergabe der Arzt-, Betriebsstätten- sowie der Praxisnetznummern.
        kind: "de-lanr",
        what: "number of a German physician: check digit, requires a label",
        layouts: &["999999999"],
        check: |v| {
            let sum = weighted(&v[..6], &[4, 9, 4, 9, 4, 9]);
            (10 - sum % 10) % 10 == u32::from(v[6]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::FormatOrLabel(&["lanr", "arztnummer"]),
    },
    Id {
        // The same, annex 1: the number of the association of physicians, then a number that the association issues.
        kind: "de-bsnr",
        what: "number of a German practice: association of physicians, requires a label",
        layouts: &["999999999", "99_9999999"],
        check: |v| {
            matches!(number(&v[..2]), 1..=3 | 17 | 20 | 35 | 38 | 46 | 51 | 52 | 71..=75 | 78 | 83 | 88 | 93 | 98)
                && has_different_digits(v)
        },
        one_in: 5,
        requires: Requires::FormatOrLabel(&["bsnr", "betriebsstatte", "betriebsstaette", "praxisnummer"]),
    },
];

const ID_CARD_LABELS: &[&str] =
    &["ausweis", "reisepass", "passnummer", "passnr", "id card", "identity card", "passport"];
