//! Number plates of vehicles. Their formats resemble many codes, so most are found only next to a label, or if the text contains nothing
//! else.

use super::super::checks::number;
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Fahrzeug-Zulassungsverordnung (FZV) of 20 July 2023, § 9 and annex 1: district, letters, digits. E is electric, H historic.
        kind: "de-plate",
        what: "German number plate: format, requires a label",
        layouts: &[
            "Auaa_Aa_9nnn",
            "Auaa-Aa 9nnn",
            "Auaa-Aa9nnn",
            "Auaa_Aa_9nnnA",
            "Auaa-Aa 9nnnA",
            "Auaa-Aa9nnnA",
        ],
        check: is_german_plate,
        one_in: 2,
        requires: Requires::Label(GERMAN_LABELS),
    },
    Id {
        // With hyphens, only German plates have this format.
        kind: "de-plate",
        what: "",
        layouts: &["Auaa-Aa-9nnn", "Auaa-Aa 9nnn"],
        check: is_german_plate,
        one_in: 2,
        requires: Requires::FormatOrLabel(GERMAN_LABELS),
    },
    Id {
        // DVLA, INF104, Vehicle registration numbers and number plates: the format since 2001. The formats since 1983 and since
        // 1963 are the rows before it.
        kind: "uk-plate",
        what: "UK number plate: letters and age identifier, requires a label",
        layouts: &["AA99?AAA", "A9nn?AAA", "AAA?9nnA"],
        check: |v| {
            let letters = v.iter().take_while(|v| v.is_ascii_alphabetic()).count();
            let has = |excluded: &[u8]| v.iter().any(|v| excluded.contains(v));
            match letters {
                2 => !has(b"IQ") && v[1] != b'Z' && matches!(number(&v[2..4]), 2..=29 | 51..=79),
                1 => !has(b"I") && !b"OUZ".contains(&v[0]) && v[1] > 0,
                _ => !has(b"IQ") && !b"OUZ".contains(&v[v.len() - 1]) && v[3] > 0,
            }
        },
        one_in: 3,
        requires: Requires::FormatOrLabel(&[
            "number plate",
            "numberplate",
            "licence plate",
            "license plate",
            "registration plate",
            "reg plate",
            "plate number",
            "vehicle registration",
            "vehicle reg",
            "car reg",
            "vehicle",
            "vrn",
            "vrm",
        ]),
    },
    Id {
        // Ministry of Road Transport and Highways: Central Motor Vehicles Rules 1989, rule 50; its notification of the codes of the states.
        kind: "in-plate",
        what: "Indian number plate: state or Bharat series, requires a label",
        layouts: &["AA9nAaa9999", "AA9n_Aaa_9999", "AA_9n_Aaa_9999", "AA_9A_AA_9999", "AA9n_Aaa9999"],
        check: |v| {
            let is_state = STATES_OF_INDIA.chunks(2).any(|state| v.starts_with(state));
            is_state && v[2..4] != [0, 0] && number(&v[v.len() - 4..]) > 0
        },
        one_in: 15,
        requires: Requires::FormatOrLabel(INDIAN_LABELS),
    },
    Id {
        // Central Motor Vehicles (Twentieth Amendment) Rules 2021, GSR 594(E): the Bharat series starts with the year of registration.
        kind: "in-plate",
        what: "",
        layouts: &["99?BH?9999?Aa"],
        check: |v| number(&v[..2]) >= 21,
        one_in: 2,
        requires: Requires::FormatOrLabel(INDIAN_LABELS),
    },
    Id {
        // Federal Road Safety Corps: National Road Traffic Regulations 2012, parts II and VI, schedule 5; number plates since 2011.
        kind: "ng-plate",
        what: "Nigerian number plate: format, requires a label",
        layouts: &["AAA?999AA", "AAA_999_AA"],
        check: |v| number(&v[3..6]) > 0,
        one_in: 2,
        requires: Requires::FormatOrLabel(&[
            "number plate",
            "plate number",
            "license plate",
            "licence plate",
            "vehicle registration",
        ]),
    },
    Id {
        // Karayolları Trafik Yönetmeliği: the province, then one to three letters, the more the fewer digits follow.
        kind: "tr-plate",
        what: "Turkish number plate: province, letters, requires a label",
        layouts: &["99?Aaa?99nnn"],
        check: |v| {
            let letters = v[2..].iter().take_while(|v| v.is_ascii_alphabetic()).count();
            let digits = v.len() - 2 - letters;
            let is_month = v[2..].get(..3).is_some_and(|word| MONTHS.chunks(3).any(|month| month == word));
            matches!(number(&v[..2]), 1..=81)
                && !v.iter().any(|v| b"QWX".contains(v))
                && !is_month
                && matches!((letters, digits), (1, 4 | 5) | (2, 3 | 4) | (3, 2 | 3))
        },
        one_in: 3,
        requires: Requires::FormatOrLabel(TURKISH_LABELS),
    },
    Id {
        // The ways in which people write them, and older plates.
        kind: "tr-plate",
        what: "",
        layouts: &["99?Aaa?99nn"],
        check: |v| matches!(number(&v[..2]), 1..=81) && !v.iter().any(|v| b"QWX".contains(v)),
        one_in: 2,
        requires: Requires::Label(TURKISH_LABELS),
    },
];

const INDIAN_LABELS: &[&str] = &[
    "number plate",
    "numberplate",
    "license plate",
    "licence plate",
    "plate number",
    "vehicle number",
    "vehicle no",
    "vehicle registration",
    "registration number",
    "rto",
];

/// The codes of the states and union territories of India, of two letters each.
const STATES_OF_INDIA: &[u8] =
    b"ANAPARASBRCGCHDDDLDNGAGJHPHRJHJKKAKLLALDMHMLMNMPMZNLODORPBPYRJSKTGTNTRTSUAUKUPWB";

/// Abbreviated months in English and Turkish, three letters each: a province code and two digits next to one of them are a date.
const MONTHS: &[u8] = b"JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDECOCASUBNISHAZTEMAGUEYLEKIKASARA";

const TURKISH_LABELS: &[&str] = &[
    "plaka",
    "plakasi",
    "plakali",
    "plakam",
    "plakaniz",
    "plakayi",
    "license plate",
    "licence plate",
    "number plate",
];

const GERMAN_LABELS: &[&str] =
    &["kennzeichen", "nummernschild", "kfz", "autonummer", "license plate", "licence plate", "number plate"];

/// Returns whether the characters are at most five letters, a number, and perhaps E or H.
fn is_german_plate(v: &[u8]) -> bool {
    let (last, rest) = v.split_last().unwrap_or((&0, &[]));
    let digits = if last.is_ascii_alphabetic() { rest } else { v };
    let start = digits.iter().take_while(|v| v.is_ascii_alphabetic()).count();
    (*last < 10 || b"EH".contains(last)) && start <= 5 && digits[start] > 0
}
