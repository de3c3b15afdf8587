//! Identification numbers of India, China, Korea, Thailand and Singapore.

use super::super::checks::{has_different_digits, is_day, mod_11_2, mod_36, number, verhoeff, weighted};
use super::{Id, Requires, is_everyday_word};

pub(super) const IDS: &[Id] = &[
    Id {
        // Unique Identification Authority of India, A UID Numbering Scheme, May 2010.
        kind: "in-aadhaar",
        what: "Indian Aadhaar: check digit (Verhoeff)",
        layouts: &["!9999_9999_9999", "!9999:9999:9999", "999999999999"],
        check: |v| v[0] >= 2 && verhoeff(v) && !v.iter().eq(v.iter().rev()),
        one_in: 12,
        requires: Requires::FormatOrLabel(&["aadhaar", "aadhar", "adhaar", "uid", "uidai", "आधार"]),
    },
    Id {
        // Income-tax Rules 1962, rule 114; Income Tax Department, structure of the PAN.
        kind: "in-pan",
        what: "Indian permanent account number: format, kind of holder",
        layouts: &["AAAAA9999A"],
        // Five letters and a year are probably the name of something: `LIGHT2025P`.
        check: |v| {
            b"ABCFGHJLPT".contains(&v[3])
                && v[5..9] != [0; 4]
                && !matches!(number(&v[5..9]), 1980..=2050)
                && !is_everyday_word(&v[..5])
        },
        one_in: 2,
        requires: Requires::Nothing,
    },
    Id {
        kind: "in-pan",
        what: "",
        layouts: &["AAAAA9999A"],
        check: |v| v[5..9] != [0; 4],
        one_in: 1,
        requires: Requires::FormatOrLabel(&["pan", "permanent account", "income tax"]),
    },
    Id {
        // Central Goods and Services Tax Rules 2017, rule 10; GST Network, structure of the GSTIN.
        kind: "in-gstin",
        what: "Indian goods and services tax number, which has its holder's PAN in it: state, format, check character (mod 36)",
        layouts: &["99AAAAA9999A*A*"],
        check: |v| {
            matches!(number(&v[..2]), 1..=38 | 97) && v[12] != 0 && v[13].is_ascii_alphabetic() && mod_36(v)
        },
        one_in: 90,
        requires: Requires::Nothing,
    },
    Id {
        // Next to its label, a wrong check character is a typing error: nothing else has this format.
        kind: "in-gstin",
        what: "",
        layouts: &["99AAAAA9999A*A*"],
        check: |v| matches!(number(&v[..2]), 1..=38 | 97) && v[12] != 0 && v[13] == b'Z',
        one_in: 60,
        requires: Requires::Label(&["gst", "gstin", "gstins", "goods and services"]),
    },
    Id {
        // Election Commission of India, numbers of electors' photo identity cards (EPIC).
        kind: "in-voter",
        what: "Indian voter card: format, requires a label",
        layouts: &["AAA9999999"],
        check: |v| has_different_digits(&v[3..]),
        one_in: 1,
        requires: Requires::FormatOrLabel(&["voter", "epic", "elector", "election"]),
    },
    Id {
        // GB 11643-1999, Citizen identification number.
        kind: "cn-id",
        what: "Chinese resident number: date of birth, check digit (mod 11-2)",
        layouts: &["999999999999999999", "99999999999999999A", "999999 99999999 999*"],
        check: |v| {
            (1..=8).contains(&v[0])
                && matches!(number(&v[6..8]), 18..=20)
                && is_day(&v[10..12], &v[12..14])
                && (v[17] < 10 || v[17] == b'X')
                && mod_11_2(v)
        },
        one_in: 10_000,
        requires: Requires::Nothing,
    },
    Id {
        // Resident Registration Act and its enforcement rule. Since October 2020 without a region.
        kind: "kr-rrn",
        what: "Korean resident number: date of birth and century (numbers issued since 2020 have no check digit)",
        layouts: &["!999999-9999999", "9999999999999"],
        check: |v| is_day(&v[2..4], &v[4..6]) && matches!(v[6], 1..=4),
        one_in: 90,
        requires: Requires::FormatOrLabel(&[
            "rrn",
            "주민등록",
            "주민번호",
            "resident registration",
            "korean id",
        ]),
    },
    Id {
        // Immigration Act, article 31; Ministry of Justice: 5 and 6 for those born until 1999, 7 and 8 since.
        kind: "kr-frn",
        what: "Korean number of foreign residents: date of birth and century",
        layouts: &["!999999-9999999", "9999999999999"],
        check: |v| is_day(&v[2..4], &v[4..6]) && matches!(v[6], 5..=8),
        one_in: 90,
        requires: Requires::FormatOrLabel(&[
            "frn",
            "외국인등록",
            "외국인",
            "foreigner registration",
            "korean",
        ]),
    },
    Id {
        // Department of Provincial Administration: Civil Registration Act B.E. 2534 (1991).
        kind: "th-tnin",
        what: "Thai national number: kind of person and province, check digit (mod 11)",
        layouts: &["!9_9999_99999_99_9", "9999999999999"],
        check: |v| {
            let sum = weighted(v, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
            let province = number(&v[1..3]);
            (1..=8).contains(&v[0])
                && matches!(province, 10..=27 | 30..=58 | 60..=67 | 70..=77 | 80..=86 | 90..=96)
                && (11 - sum % 11) % 10 == u32::from(v[12])
        },
        one_in: 20,
        requires: Requires::FormatOrLabel(&["thai", "ประชาชน", "บัตรประจำตัว"]),
    },
    Id {
        // National Registration Act 1965; Immigration and Checkpoints Authority: series M since January 2022.
        kind: "sg-nric",
        what: "Singaporean NRIC or FIN: check letter (mod 11)",
        layouts: NRIC,
        check: |v| {
            let sum = weighted(&v[1..8], &[2, 7, 6, 5, 4, 3, 2]);
            let (more, letters): (u32, &[u8; 11]) = match v[0] {
                b'S' => (0, b"JZIHGFEDCBA"),
                b'T' => (4, b"JZIHGFEDCBA"),
                b'F' => (0, b"XWUTRQPNMLK"),
                b'G' => (4, b"XWUTRQPNMLK"),
                b'M' => (3, b"XWUTRQPNJLK"),
                _ => return false,
            };
            letters[((sum + more) % 11) as usize] == v[8]
        },
        one_in: 100,
        requires: Requires::Nothing,
    },
    Id {
        kind: "sg-nric",
        what: "",
        layouts: NRIC,
        check: |v| b"STFGM".contains(&v[0]),
        one_in: 5,
        requires: Requires::FormatOrLabel(&["nric", "fin", "singapore"]),
    },
];

const NRIC: &[&str] = &["A9999999A"];
