//! Identification numbers of Canada and Brazil.

use super::super::checks::{has_different_digits, luhn, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Employment Insurance Act, S.C. 1996, c. 23, section 138; Service Canada, SIN Code of Practice.
        kind: "ca-sin",
        what: "Canadian social insurance number: check digit (Luhn)",
        layouts: &["999_999_999", "999999999"],
        check: |v| !matches!(v[0], 0 | 8) && luhn(v) && has_different_digits(v),
        one_in: 12,
        requires: Requires::FormatOrLabel(&["sin", "nas", "social insurance", "assurance sociale"]),
    },
    Id {
        // Receita Federal, Instrução Normativa 2.172 of 9 January 2024.
        kind: "br-cpf",
        what: "Brazilian number of a person: two check digits (mod 11)",
        layouts: &["!999.999.999-99", "99999999999", "999999999-99", "999_999_999_99"],
        check: |v| {
            check_digit(v, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) == v[9]
                && check_digit(v, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == v[10]
                && has_different_digits(v)
        },
        one_in: 100,
        requires: Requires::FormatOrLabel(&["cpf", "pessoa fisica"]),
    },
    Id {
        // Receita Federal, Instrução Normativa 2.229 of 15 October 2024, with letters from July 2026.
        kind: "br-cnpj",
        what: "Brazilian number of a company: two check digits (mod 11)",
        // Since July 2026 its first twelve characters may be letters (Receita Federal, Instrução Normativa RFB 2.229/2024).
        layouts: &["!**.***.***/****-99", "!********/****-99", "************99"],
        check: |v| {
            let v: &[u8] = &v.iter().map(|v| if *v < 10 { *v } else { *v - b'0' }).collect::<Vec<_>>();
            check_digit(v, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == v[12]
                && check_digit(v, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == v[13]
                && has_different_digits(v)
        },
        one_in: 100,
        requires: Requires::FormatOrLabel(&["cnpj"]),
    },
    Id {
        // Canada Post: the letters with which a postal code may start, and those that it may contain.
        kind: "ca-postcode",
        what: "Canadian postal code: letters, requires a label or the name of a province",
        layouts: &["A9A?9A9"],
        check: |v| {
            let letters = [v[0], v[2], v[4]];
            !letters.iter().any(|letter| b"DFIOQU".contains(letter)) && !b"WZ".contains(&v[0])
        },
        one_in: 3,
        requires: Requires::Label(&[
            "postal code",
            "postcode",
            "post code",
            "code postal",
            "zip",
            "canada",
            "ontario",
            "quebec",
            "alberta",
            "british columbia",
            "manitoba",
            "saskatchewan",
            "nova scotia",
            "new brunswick",
            "newfoundland",
            "prince edward island",
            "yukon",
            "nunavut",
        ]),
    },
];

/// Returns the Brazilian mod 11 check digit of the digits before it.
fn check_digit(v: &[u8], weights: &[u8]) -> u8 {
    match (weighted(v, weights) % 11).to_le_bytes()[0] {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}
