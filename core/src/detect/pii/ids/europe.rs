//! Numbers of France, Spain, Italy and Turkey.

use super::super::checks::{luhn, number, vary};
use super::{Id, Sure};

pub(super) const IDS: &[Id] = &[
    Id {
        kind: "fr-nir",
        what: "French social security number: month and department, check digits (mod 97)",
        layouts: &["9?99?99?9*?999?999?99", "9999999*99999_99"],
        check: |v| {
            // The two departments of Corsica are counted as 19 and 18.
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
        sure: Sure::Always,
    },
    Id {
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
        sure: Sure::Always,
    },
    Id {
        kind: "it-cf",
        what: "Italian fiscal code: the place of every letter and digit, check letter",
        layouts: CODICE,
        check: |v| is_codice(v) && control(&v[..15]) == u32::from(v[15] - b'A'),
        one_in: 100,
        sure: Sure::Always,
    },
    Id {
        // Sixteen characters of which each has its place are nothing else, even if one was mistyped.
        kind: "it-cf",
        what: "",
        layouts: CODICE,
        check: is_codice,
        one_in: 20,
        sure: Sure::Written(&["codice fiscale", "cod fisc", "cf"]),
    },
    Id {
        kind: "it-vat",
        what: "Italian VAT number: check digit (Luhn), and its name beside it",
        layouts: &["99999999999"],
        check: |v| luhn(v) && number(v) >= 100 && vary(v),
        one_in: 10,
        sure: Sure::Written(&["partita iva", "p iva", "piva", "iva", "vat"]),
    },
    Id {
        kind: "it-id-card",
        what: "Italian identity card: letters and digits in their places, and its name beside it",
        layouts: &["AA9999999", "AA 9999999", "9999999AA", "AA99999AA"],
        check: vary,
        one_in: 1,
        sure: Sure::Written(&[
            "carta d identita",
            "carta di identita",
            "carta d'identita",
            "identita",
            "cie",
        ]),
    },
    Id {
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
        sure: Sure::Always,
    },
];

const CODICE: &[&str] = &["AAAAAA**A**A***A", "AAAAAA_**A**_A***A", "AAA_AAA_**A**_A***A"];

/// Whether every character stands where it may: digits may be letters where two codes would else be the same.
fn is_codice(v: &[u8]) -> bool {
    let digit = |place: usize| v[place] < 10 || b"LMNPQRSTUV".contains(&v[place]);
    [6, 7, 9, 10, 12, 13, 14].into_iter().all(digit) && b"ABCDEHLMPRST".contains(&v[8])
}

/// The check letter's place in the alphabet.
fn control(v: &[u8]) -> u32 {
    const ODD: [u8; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let place = |v: u8| if v < 10 { v } else { v - b'A' };
    let worth =
        |(at, v): (usize, &u8)| u32::from(if at % 2 == 0 { ODD[usize::from(place(*v))] } else { place(*v) });
    v.iter().enumerate().map(worth).sum::<u32>() % 26
}
