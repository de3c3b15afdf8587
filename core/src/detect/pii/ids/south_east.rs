//! Identification numbers of Romania, Bulgaria, Croatia, Greece, Cyprus and Malta.

use super::super::checks::{has_different_digits, is_day, luhn, mod_11_10, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Legea 105/1996, article 5; OUG 97/2005, article 6: codul numeric personal.
        kind: "ro-cnp",
        what: "Romanian personal number: date of birth, county, check digit (mod 11)",
        layouts: &["9999999999999"],
        check: |v| {
            let check = weighted(v, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
            v[0] > 0
                && is_day(&v[3..5], &v[5..7])
                && matches!(number(&v[7..9]), 1..=52 | 70 | 80..=83)
                && (if check == 10 { 1 } else { check }) == u32::from(v[12])
        },
        one_in: 500,
        requires: Requires::Nothing,
    },
    Id {
        // Civil registration act of 1999; ordinance RD-02-20-9 of 21 May 2012 on the unified system for civil registration.
        kind: "bg-egn",
        what: "Bulgarian personal number: date of birth, check digit (mod 11)",
        layouts: &["9999999999"],
        check: |v| {
            // Months of the 19th century add 20, of the 21st 40.
            let month = number(&v[2..4]);
            let month = if month > 40 {
                month - 40
            } else if month > 20 {
                month - 20
            } else {
                month
            };
            let check = weighted(v, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
            is_day(&[0, month.to_le_bytes()[0]], &v[4..6]) && check == u32::from(v[9])
        },
        one_in: 80,
        requires: Requires::FormatOrLabel(&["egn", "егн", "единен граждански"]),
    },
    Id {
        // Zakon o osobnom identifikacijskom broju, Narodne novine 60/2008.
        kind: "hr-oib",
        what: "Croatian personal number (OIB): check digit (mod 11,10), requires a label",
        layouts: &["99999999999", "HR99999999999"],
        check: |v| mod_11_10(v.strip_prefix(b"HR").unwrap_or(v)) && has_different_digits(v),
        one_in: 10,
        requires: Requires::LayoutOrLabel(&["oib", "osobni identifikacijski"]),
    },
    Id {
        // Law 3655/2008, article 153: social security number (AMKA).
        kind: "gr-amka",
        what: "Greek social security number: date of birth, check digit (Luhn)",
        layouts: &["99999999999"],
        check: |v| is_day(&v[2..4], &v[..2]) && luhn(v),
        one_in: 250,
        requires: Requires::FormatOrLabel(&["amka", "αμκα", "α.μ.κ.α"]),
    },
    Id {
        // Independent Authority for Public Revenue (AADE): tax number (AFM).
        kind: "gr-afm",
        what: "Greek tax number: check digit (mod 11), requires a label",
        layouts: &["999999999", "EL999999999", "EL 999999999"],
        check: |v| {
            let v = v.strip_prefix(b"EL").unwrap_or(v);
            let sum = v[..8].iter().fold(0, |sum, digit| sum * 2 + u32::from(*digit)) * 2;
            sum % 11 % 10 == u32::from(v[8]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::Label(&["afm", "αφμ", "α.φ.μ"]),
    },
    Id {
        // Cyprus Tax Department; OECD, tax identification numbers: Cyprus.
        kind: "cy-tic",
        what: "Cypriot tax number: check letter (mod 26), requires a label",
        layouts: &["99999999A", "CY99999999A"],
        check: |v| is_cypriot(v.strip_prefix(b"CY").unwrap_or(v)),
        one_in: 26,
        requires: Requires::Label(&["tic", "tax identification", "cyprus", "κυπρ", "φορολογικ"]),
    },
    Id {
        // Identity Card Act, chapter 258 of the laws of Malta; Identità, which explains the letter at the end.
        kind: "mt-id",
        what: "Maltese identity card: format, requires a label",
        layouts: &["9999999A", "999999A", "99999A"],
        check: |v| b"MGAPLHBZ".contains(&v[v.len() - 1]) && number(&v[..v.len() - 1]) > 0,
        one_in: 3,
        requires: Requires::Label(&[
            "id card",
            "identity card",
            "karta tal-identita",
            "karta tal-id",
            "malta",
            "maltese",
        ]),
    },
];

/// Returns whether the characters are a Cypriot tax number, which has its check letter at the end.
pub(super) fn is_cypriot(v: &[u8]) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let value = |(place, v): (usize, &u8)| if place % 2 == 0 { ODD[usize::from(*v)] } else { u32::from(*v) };
    let sum = v[..8].iter().enumerate().map(value).sum::<u32>();
    !v.starts_with(&[1, 2]) && sum % 26 == u32::from(v[8] - b'A')
}
