//! Identification numbers of France, Spain, Italy and Turkey.

use super::super::checks::{has_different_digits, luhn, number};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Décret 82-103 of 22 January 1982, article 4; INSEE, Répertoire national d'identification des personnes physiques (RNIPP).
        kind: "fr-nir",
        what: "French social security number: month and department, check digits (mod 97)",
        layouts: &["9?99?99?9*?999?999?99", "9999999*99999_99"],
        check: |v| {
            // The departments of Corsica, 2A and 2B, count as 19 and 18.
            let digits = match v[6] {
                b'A' => [&v[..5], &[1, 9], &v[7..]].concat(),
                b'B' => [&v[..5], &[1, 8], &v[7..]].concat(),
                0..=9 => v.to_vec(),
                _ => return false,
            };
            matches!(v[0], 1..=4 | 7 | 8)
                && matches!(number(&v[3..5]), 1..=12 | 20..)
                && 97 - number(&digits[..13]) % 97 == number(&digits[13..])
        },
        one_in: 97,
        requires: Requires::Nothing,
    },
    Id {
        // Real Decreto 1065/2007, articles 18 to 23; Ministerio del Interior, Cálculo del dígito de control del NIF/NIE.
        kind: "es-nif",
        what: "Spanish DNI, NIF or NIE: check letter (mod 23)",
        layouts: &[
            "99999999?A",
            "9999999?A",
            "A?9999999?A",
            "A9999999_A",
            "A_9999999A",
            "99.999.999?A",
            "99.999.999-A",
        ],
        check: |v| {
            let Some((letter, digits)) = v.split_last() else { return false };
            let digits = match digits {
                [first @ b'X'..=b'Z', rest @ ..] => [&[first - b'X'], rest].concat(),
                [b'A'..=b'Z', ..] => return false,
                digits => digits.to_vec(),
            };
            b"TRWAGMYFPDXBNJZSQVHLCKE"[(number(&digits) % 23) as usize] == *letter && number(&digits) > 0
        },
        one_in: 23,
        requires: Requires::Nothing,
    },
    Id {
        // Ministero delle Finanze, decree 13813 of 23 December 1976.
        kind: "it-cf",
        what: "Italian fiscal code: format, check letter",
        layouts: CODICE_FISCALE,
        check: |v| is_codice_fiscale(v) && check_letter(&v[..15]) == u32::from(v[15] - b'A'),
        one_in: 100,
        requires: Requires::Nothing,
    },
    Id {
        // A wrong check letter is accepted next to a label: nothing else has this format of 16 characters, so it is a typing error.
        kind: "it-cf",
        what: "",
        layouts: CODICE_FISCALE,
        check: is_codice_fiscale,
        one_in: 20,
        requires: Requires::FormatOrLabel(&["codice fiscale", "cod fisc", "cf"]),
    },
    Id {
        // DPR 633 of 26 October 1972, article 35; Ministero delle Finanze, decree 13813 of 23 December 1976.
        kind: "it-vat",
        what: "Italian VAT number: check digit (Luhn), requires a label",
        layouts: &["99999999999", "IT99999999999", "IT 99999999999"],
        check: |v| {
            let digits = &v[v.len() - 11..];
            luhn(digits) && number(digits) >= 100 && has_different_digits(digits)
        },
        one_in: 10,
        requires: Requires::FormatOrLabel(&["partita iva", "p iva", "piva", "iva", "vat"]),
    },
    Id {
        // Ministero dell'Interno, decree of 23 December 2015, on the electronic identity card.
        kind: "it-id-card",
        what: "Italian identity card: format, requires a label",
        layouts: &["AA9999999", "AA 9999999", "9999999AA", "AA99999AA"],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::FormatOrLabel(&[
            "carta d identita",
            "carta di identita",
            "carta d'identita",
            "identita",
            "cie",
        ]),
    },
    Id {
        // Nüfus Hizmetleri Kanunu 5490 of 25 April 2006.
        kind: "tr-tckn",
        what: "Turkish identity number: two check digits",
        layouts: &["99999999999"],
        check: |v| {
            let sum = |v: &[u8]| v.iter().step_by(2).map(|v| u32::from(*v)).sum::<u32>();
            let (odd, even) = (sum(&v[..9]), sum(&v[1..8]));
            v[0] > 0
                && (odd * 7 + 100 - even) % 10 == u32::from(v[9])
                && (odd + even + u32::from(v[9])) % 10 == u32::from(v[10])
        },
        one_in: 111,
        requires: Requires::Nothing,
    },
];

const CODICE_FISCALE: &[&str] = &["AAAAAA**A**A***A", "AAAAAA_**A**_A***A", "AAA_AAA_**A**_A***A"];

/// Returns whether every character is valid at its position. Letters replace digits where two codes would otherwise be the same.
fn is_codice_fiscale(v: &[u8]) -> bool {
    let digit = |place: usize| v[place] < 10 || b"LMNPQRSTUV".contains(&v[place]);
    [6, 7, 9, 10, 12, 13, 14].into_iter().all(digit) && b"ABCDEHLMPRST".contains(&v[8])
}

/// Returns the index of the check letter in the alphabet.
fn check_letter(v: &[u8]) -> u32 {
    const ODD: [u8; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let index = |v: u8| if v < 10 { v } else { v - b'A' };
    let value =
        |(at, v): (usize, &u8)| u32::from(if at % 2 == 0 { ODD[usize::from(index(*v))] } else { index(*v) });
    v.iter().enumerate().map(value).sum::<u32>() % 26
}
