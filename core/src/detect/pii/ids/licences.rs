//! Driving licences. No check digit is verified here, so each is found only next to a label.

use super::super::checks::{has_different_digits, number};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Fahrerlaubnis-Verordnung (FeV), field 5 of the card: authority (4), running number (5), check digit, number of the copy.
        kind: "de-driving-licence",
        what: "German driving licence of 11 characters: format, requires a label",
        layouts: &["A**********"],
        check: |v| v.iter().filter(|v| **v < 10).count() >= 5 && has_different_digits(v),
        one_in: 2,
        requires: Requires::Label(&[
            "fuhrerschein",
            "fahrerlaubnis",
            "driving licen",
            "driver's licen",
            "driver licen",
        ]),
    },
    Id {
        // Two letters and eight digits.
        kind: "de-driving-licence",
        what: "",
        layouts: &["AA99999999*"],
        check: has_different_digits,
        one_in: 2,
        requires: Requires::FormatOrLabel(&["fuhrerschein", "fahrerlaubnis"]),
    },
    Id {
        // Ministero delle Infrastrutture e dei Trasporti: field 5 of the patente di guida, ten characters; another form of the
        // central office (UCO).
        kind: "it-driving-licence",
        what: "Italian driving licence: format, requires a label",
        layouts: &["AA9999999A", "U1*******A"],
        check: |v| {
            v[1].is_ascii_alphabetic() || v[..2] == [b'U', 1] && !v[2..9].iter().any(|v| b"AIOQV".contains(v))
        },
        one_in: 2,
        requires: Requires::FormatOrLabel(&["patente", "licenza di guida", "numero di patente"]),
    },
    Id {
        // Korean National Police Agency: region, year, serial number, two more digits.
        kind: "kr-driving-licence",
        what: "South Korean driving licence: region, requires a label",
        layouts: &["99?99?999999?99"],
        check: |v| matches!(number(&v[..2]), 11..=26 | 28) && has_different_digits(v),
        one_in: 5,
        requires: Requires::Label(&[
            "운전면허",
            "면허번호",
            "driver's licen",
            "driver licen",
            "driving licen",
        ]),
    },
    Id {
        // With hyphens, nothing else has this format.
        kind: "kr-driving-licence",
        what: "",
        layouts: &["99-99-999999-99"],
        check: |v| matches!(number(&v[..2]), 11..=26 | 28) && has_different_digits(v),
        one_in: 5,
        requires: Requires::FormatOrLabel(&["운전면허", "면허번호"]),
    },
    Id {
        // The motor vehicle agencies of the states, whose formats differ; AAMVA, DL/ID Card Design Standard 2020, for the field.
        kind: "us-driver-license",
        what: "US driver license in a format of a state: format, requires a label",
        layouts: &[
            "A9999nnnnnnnnnn",
            "AA9999nnn",
            "9999999nnnnnnn",
            "999AA9999",
            "99AAA99999",
            "9999999nnAa",
            "AA999999A",
            "A9999_9999_9999",
            "A999_9999_9999",
            "A999_9999_9999_99",
            "A999_999_99_999_9",
            "A_999_999_999_999",
            "A99_99_9999",
            "999_999_999",
        ],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(&[
            "driver license",
            "drivers license",
            "driver's license",
            "driver’s license",
            "driving license",
            "driver lic",
            "drivers lic",
            "dl number",
            "dl no",
            "dln",
        ]),
    },
    Id {
        // Department of Transport: eNaTIS, number of the driving licence card.
        kind: "za-driving-licence",
        what: "South African driving licence: format, requires a label",
        layouts: &["999999nnnnAaaaa"],
        check: |v| (10..=14).contains(&v.len()),
        one_in: 2,
        requires: Requires::Label(&[
            "driving licen",
            "driver's licen",
            "drivers licen",
            "driver licen",
            "enatis",
            "natis",
        ]),
    },
];
