//! VAT identification numbers of the member states of the European Union.
//!
//! The structures are those that the European Commission publishes for VIES (FAQ, VAT identification number structure); the check digits
//! are those of its functional description "VAT number construction rules" (version 15.0), and what member states changed since.

use super::super::checks::{base_36, has_different_digits, is_day, luhn, mod_11_10, number, weighted};
use super::south_east::is_cypriot;
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        kind: "eu-vat",
        what: "VAT number of a member state of the EU, with its country code: structure, check digits",
        layouts: &[
            "AA99999999",
            "AA999999999",
            "AA9999999999",
            "AA99999999999",
            "AA999999999999",
            "^^ 99999999",
            "^^ 999999999",
            "^^ 9999999999",
            "^^ 99999999999",
            "^^ 999999999999",
            "AA9999999",
            "AA999999",
            "AAA99999999",
            "^^ A99999999",
            "AA99999999A",
            "^^ 99999999A",
            "AAA9999999*",
            "^^ A9999999*",
            "AA**999999999",
            "FR** 999999999",
            "FR ** 999999999",
            "^^ 99 999999999",
            "AA9999999A",
            "AA9999999AA",
            "AA9A99999A",
            "AA999999999A99",
            "^^ 999999999A99",
            "^^ 9999.999.999",
            "AA9999.999.999",
            "^^ 999 999 999",
            "^^ 999.999.999",
            "AA999 999 999",
        ],
        check: |v| is_vat(&v[..2], &v[2..]),
        one_in: 2_000,
        requires: Requires::Nothing,
    },
    Id {
        // A lower-case country code before a space is more often a word, as in Spanish `es 12345678Z`.
        kind: "eu-vat",
        what: "",
        layouts: &[
            "AA 99999999",
            "AA 999999999",
            "AA 9999999999",
            "AA 99999999999",
            "AA 999999999999",
            "AA A99999999",
            "AA 99999999A",
            "AA A9999999*",
            "AA 99 999999999",
            "AA 999999999A99",
            "AA 9999.999.999",
            "AA 999 999 999",
            "AA 999.999.999",
        ],
        check: |v| is_vat(&v[..2], &v[2..]),
        one_in: 2_000,
        requires: Requires::Label(&[
            "vat",
            "uid",
            "ust-id",
            "ustid",
            "umsatzsteuer",
            "tva",
            "iva",
            "btw",
            "moms",
            "momsnr",
            "alv",
            "dph",
            "pdv",
            "ddv",
            "pvm",
            "vat-nr",
            "vatin",
        ]),
    },
];

/// Returns whether `v` is a VAT number of `country`.
fn is_vat(country: &[u8], v: &[u8]) -> bool {
    let digits = |len: usize| v.len() == len && v.iter().all(|v| *v < 10);
    let last = || u32::from(v[v.len() - 1]);
    let sum = |weights: &[u8]| weighted(v, weights);
    // The check digit that makes the sum with it a multiple of 11; 10 counts as 0.
    let mod_11 = |weights: &[u8]| (11 - sum(weights) % 11) % 11 % 10 == last();
    has_different_digits(v)
        && match country {
            b"AT" => {
                v[0] == b'U' && v.len() == 9 && v[1..].iter().all(|v| *v < 10) && {
                    let sum = super::super::checks::digit_sums(&v[1..8], &[1, 2, 1, 2, 1, 2, 1]);
                    (106 - sum % 10) % 10 == u32::from(v[8])
                }
            }
            b"BE" => digits(10) && v[0] <= 1 && 97 - number(&v[..8]) % 97 == number(&v[8..]),
            b"BG" => is_bulgarian(v),
            b"CY" => {
                v.len() == 9 && v[..8].iter().all(|v| *v < 10) && v[8].is_ascii_alphabetic() && is_cypriot(v)
            }
            b"SK" => digits(10) && number(v).is_multiple_of(11) && v[0] > 0,
            b"CZ" => {
                let check = 11 - sum(&[8, 7, 6, 5, 4, 3, 2]) % 11;
                let legal = || {
                    v[0] != 9
                        && (if check == 10 {
                            0
                        } else if check == 11 {
                            1
                        } else {
                            check
                        }) == last()
                };
                let person = || {
                    let month = number(&v[2..4]) % 50 % 20;
                    (1..=12).contains(&month) && number(&v[..9]) % 11 % 10 == number(&v[9..])
                };
                digits(8) && legal()
                    || digits(10) && person()
                    || digits(9) && is_day(&[v[2] % 5, v[3]], &v[4..6])
            }
            b"DE" => digits(9) && v[0] > 0 && mod_11_10(v),
            b"DK" => digits(8) && v[0] > 0 && sum(&[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
            b"EE" => digits(9) && (10 - sum(&[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10 == last(),
            b"EL" | b"GR" => {
                digits(9)
                    && v[..8].iter().fold(0, |sum, digit| sum * 2 + u32::from(*digit)) * 2 % 11 % 10 == last()
            }
            b"ES" => v.len() == 9 && is_spanish(v),
            b"FI" => digits(8) && sum(&[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
            b"FR" => {
                let siren = v.len() == 11 && v[2..].iter().all(|v| *v < 10);
                siren
                    && (luhn(&v[2..]) || number(&v[2..5]) == 0)
                    && (v[..2].iter().any(u8::is_ascii_alphabetic)
                        || number(&[&v[2..], &[1, 2]].concat()) % 97 == number(&v[..2]))
            }
            b"HR" => digits(11) && mod_11_10(v),
            b"HU" => digits(8) && (10 - sum(&[9, 7, 3, 1, 9, 7, 3]) % 10) % 10 == last(),
            b"IE" => is_irish(v),
            b"IT" => digits(11) && luhn(v),
            b"LT" => is_lithuanian(v),
            b"LU" => digits(8) && number(&v[..6]) % 89 == number(&v[6..]),
            b"LV" => {
                let company = || sum(&[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3;
                let person = || (1 + sum(&[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == last();
                digits(11) && if v[0] > 3 { company() } else { person() && is_day(&v[2..4], &v[..2]) }
            }
            b"MT" => digits(8) && v[0] > 0 && sum(&[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37),
            b"NL" => v.len() == 12 && v[9] == b'B' && is_dutch(v),
            b"PL" => digits(10) && sum(&[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(),
            b"PT" => digits(9) && v[0] > 0 && mod_11(&[9, 8, 7, 6, 5, 4, 3, 2]),
            b"RO" => {
                let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
                (6..=10).contains(&v.len())
                    && v[0] > 0
                    && digits(v.len())
                    && sum(&weights[10 - v.len()..]) * 10 % 11 % 10 == last()
            }
            b"SE" => digits(12) && luhn(&v[..10]) && number(&v[10..]) > 0,
            b"SI" => {
                digits(8) && v[0] > 0 && {
                    let check = 11 - sum(&[8, 7, 6, 5, 4, 3, 2]) % 11;
                    check != 11 && check % 10 == last()
                }
            }
            _ => false,
        }
}

/// Returns whether the characters are a Bulgarian number: of a company, or of a person, a foreigner or another.
fn is_bulgarian(v: &[u8]) -> bool {
    let sum = |weights: &[u8]| weighted(v, weights);
    let last = u32::from(v[v.len() - 1]);
    let company = || {
        let first = sum(&[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
        (if first < 10 { first } else { sum(&[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10 }) == last
    };
    let person = || sum(&[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last;
    let foreigner = || sum(&[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == last;
    let other = || (11 - sum(&[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last;
    v.iter().all(|v| *v < 10)
        && (v.len() == 9 && company() || v.len() == 10 && (person() || foreigner() || other()))
}

/// Returns whether the characters are a Lithuanian number: of a company, or of somebody who is registered for a time.
fn is_lithuanian(v: &[u8]) -> bool {
    let (first, second): (&[u8], &[u8]) = match v.len() {
        9 => (&[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 1]),
        12 => (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]),
        _ => return false,
    };
    let rest = weighted(v, first) % 11;
    let check = if rest < 10 { rest } else { weighted(v, second) % 11 % 10 };
    v.iter().all(|v| *v < 10) && v[v.len() - 2] == 1 && check == u32::from(v[v.len() - 1])
}

/// Returns whether the characters are a Spanish NIF of a person or company.
fn is_spanish(v: &[u8]) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let (first, digits, check) = (v[0], &v[1..8], v[8]);
    if !digits.iter().all(|v| *v < 10) {
        return false;
    }
    let letter = |number: u64| LETTERS[(number % 23) as usize] == check;
    match first {
        0..=9 => letter(number(&v[..8])),
        b'X'..=b'Z' => letter(number(&[&[first - b'X'], digits].concat())),
        b'K' | b'L' | b'M' => letter(number(digits)),
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U'..=b'W' => {
            let sum = super::super::checks::digit_sums(digits, &[2, 1, 2, 1, 2, 1, 2]) % 10;
            let expected = (10 - sum) % 10;
            u32::from(check) == expected || check == b"JABCDEFGHI"[expected as usize]
        }
        _ => false,
    }
}

/// Returns whether the characters are an Irish VAT number, in the current form or in that of before 1992 (`8Z49289F`).
fn is_irish(v: &[u8]) -> bool {
    const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";
    if !matches!(v.len(), 8 | 9)
        || !v[2..7].iter().all(|v| *v < 10)
        || v[0] > 9
        || !v[7].is_ascii_alphabetic()
    {
        return false;
    }
    let second =
        v.get(8).map_or(0, |letter| if *letter == b'W' { 0 } else { base_36(*letter).saturating_sub(9) });
    let sum = if v[1] < 10 {
        weighted(v, &[8, 7, 6, 5, 4, 3, 2]) + second * 9
    } else {
        weighted(&[&[0], &v[2..7], &v[..1]].concat(), &[8, 7, 6, 5, 4, 3, 2])
    };
    LETTERS[(sum % 23) as usize] == v[7]
}

/// Returns whether the characters are a Dutch VAT number: of a company, or of a sole trader, whose check digits include the letters (mod
/// 97).
fn is_dutch(v: &[u8]) -> bool {
    let is_company = weighted(v, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == u32::from(v[8]);
    let values = [23, 21].into_iter().chain(v.iter().map(|v| base_36(*v)));
    let rest = values.fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97);
    v[..9].iter().all(|v| *v < 10) && v[10..].iter().all(|v| *v < 10) && (is_company || rest == 1)
}
