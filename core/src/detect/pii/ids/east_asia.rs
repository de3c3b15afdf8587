//! Identification numbers of Japan, Taiwan, Hong Kong, Malaysia, Indonesia and the Philippines.

use super::super::checks::{base_36, has_different_digits, is_day, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Ordinance 85 of 2014 of the Ministry of Internal Affairs and Communications, article 5.
        kind: "jp-my-number",
        what: "Japanese individual number (My Number): check digit (mod 11), requires a label",
        layouts: &["9999 9999 9999", "9999-9999-9999", "999999999999"],
        check: |v| {
            let rest = weighted(v, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
            (if rest <= 1 { 0 } else { 11 - rest }) == u32::from(v[11]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::Label(&[
            "マイナンバー",
            "個人番号",
            "my number",
            "mynumber",
            "individual number",
        ]),
    },
    Id {
        // Ministry of the Interior: national identification card; National Immigration Agency: numbers of residents since 2 January 2021.
        kind: "tw-id",
        what: "Taiwanese identity card or resident certificate: check digit (mod 10)",
        layouts: &["A999999999"],
        check: |v| {
            const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
            let Some(place) = LETTERS.iter().position(|letter| *letter == v[0]) else { return false };
            let code = place + 10;
            let letter = code / 10 + code % 10 * 9;
            matches!(v[1], 1 | 2 | 8 | 9)
                && (letter + weighted(&v[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]) as usize).is_multiple_of(10)
        },
        one_in: 25,
        requires: Requires::FormatOrLabel(&[
            "身分證",
            "身份證",
            "身分证",
            "身份证",
            "統一編號",
            "居留證",
            "taiwan",
            "national id",
        ]),
    },
    Id {
        // Immigration Department: Registration of Persons Regulations, chapter 177A.
        kind: "hk-id",
        what: "Hong Kong identity card: check character (mod 11)",
        layouts: &["!A999999(*)", "!AA999999(*)", "!A999999 (*)", "!AA999999 (*)", "A999999*", "AA999999*"],
        check: |v| {
            let letters = v.iter().take_while(|v| v.is_ascii_alphabetic()).count();
            // A single letter counts as two: a space, whose value is 36, precedes it.
            let first = if letters == 1 { 36 * 9 } else { base_36(v[0]) * 9 };
            let rest = v[letters - 1..v.len() - 1].iter().zip((2..=8).rev());
            let sum = first + rest.map(|(v, weight)| base_36(*v) * weight).sum::<u32>();
            let check = v[v.len() - 1];
            (check < 10 || check == b'A')
                && (sum + base_36(check)).is_multiple_of(11)
                && has_different_digits(v)
        },
        one_in: 28,
        requires: Requires::FormatOrLabel(&["hkid", "香港身份證", "身份證", "身份证", "hong kong id"]),
    },
    Id {
        // Jabatan Pendaftaran Negara: National Registration Regulations 1990; codes of the place of birth.
        kind: "my-nric",
        what: "Malaysian identity card (MyKad): date of birth, code of the place of birth; without hyphens only with a label",
        layouts: &["!999999-99-9999", "999999 99 9999", "999999999999"],
        check: |v| {
            is_day(&v[2..4], &v[4..6])
                && matches!(number(&v[6..8]), 1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99)
        },
        one_in: 20,
        requires: Requires::LayoutOrLabel(&[
            "nric",
            "mykad",
            "kad pengenalan",
            "no kp",
            "ic no",
            "ic number",
            "ic",
        ]),
    },
    Id {
        // Law 23 of 2006, as of law 24 of 2013, on the administration of population; Government Regulation 37 of 2007, article 37: NIK.
        kind: "id-nik",
        what: "Indonesian identity number (NIK): province, date of birth, requires a label",
        layouts: &[
            "9999999999999999",
            "999999 999999 9999",
            "9999 9999 9999 9999",
            "999999.999999.9999",
            "999999-999999-9999",
        ],
        check: |v| {
            // Numbers of women add 40 to the day.
            let day = if v[6] >= 4 { [v[6] - 4, v[7]] } else { [v[6], v[7]] };
            matches!(number(&v[..2]), 11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
                && is_day(&v[8..10], &day)
                && number(&v[12..]) > 0
        },
        one_in: 30,
        requires: Requires::Label(&["nik", "ktp", "induk kependudukan", "no ktp"]),
    },
    Id {
        // Bureau of Internal Revenue (RMO 34-98): nine digits, with the code of a branch after them. It does not publish the check digit.
        kind: "ph-tin",
        what: "Philippine taxpayer number: check digit (mod 11), requires a label",
        layouts: &["999?999?999", "999?999?999?999", "999_999_999_99999"],
        check: |v| {
            weighted(&v[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == u32::from(v[8]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::Label(&["tin", "taxpayer identification", "taxpayer id", "tax id", "bir"]),
    },
    Id {
        // Executive Order 420 of 2005 and 700 of 2008: common reference number of the unified multi-purpose identity card.
        kind: "ph-umid",
        what: "Philippine common reference number (UMID): format, requires a label",
        layouts: &["9999?9999999?9"],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(&[
            "umid",
            "unified multi",
            "common reference number",
            "crn",
            "gsis",
            "philhealth",
        ]),
    },
];
