//! Identification numbers of Estonia, Latvia and Lithuania.

use super::super::checks::{is_day, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Estonian standard EVS 585:2007; Rahvastikuregistri seadus.
        kind: "ee-ik",
        what: "Estonian personal code: date of birth, check digit (mod 11)",
        layouts: &["99999999999"],
        check: is_baltic,
        one_in: 400,
        requires: Requires::Nothing,
    },
    Id {
        // Gyventojų registro įstatymas of 23 January 1992; the standard Asmens kodas of 1991.
        kind: "lt-ak",
        what: "Lithuanian personal code: date of birth, check digit (mod 11)",
        layouts: &["99999999999"],
        check: is_baltic,
        one_in: 400,
        requires: Requires::Nothing,
    },
    Id {
        // Iedzīvotāju reģistra likums, since replaced by the Fizisko personu reģistra likums; numbers issued until June 2017.
        kind: "lv-pk",
        what: "Latvian personal code: date of birth, check digit; numbers issued since July 2017 have neither",
        layouts: &["!999999-99999", "99999999999"],
        check: |v| {
            let sum = weighted(v, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
            is_day(&v[2..4], &v[..2]) && v[6] <= 2 && (1 + sum) % 11 % 10 == u32::from(v[10])
        },
        one_in: 900,
        requires: Requires::FormatOrLabel(LATVIAN),
    },
    Id {
        // Pilsonības un migrācijas lietu pārvalde: the first digit is 3, the second from 2 to 9.
        kind: "lv-pk",
        what: "",
        layouts: &["999999-99999", "99999999999"],
        check: |v| matches!(number(&v[..2]), 32..=39),
        one_in: 12,
        requires: Requires::Label(LATVIAN),
    },
];

const LATVIAN: &[&str] = &["personas kods", "personas kodu", "personas koda", "pk", "p.k"];

/// Returns whether the digits are a century and sex, a date of birth, a serial number and a check digit.
fn is_baltic(v: &[u8]) -> bool {
    let first = weighted(v, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let check = if first < 10 { first } else { weighted(v, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 };
    (1..=8).contains(&v[0]) && is_day(&v[3..5], &v[5..7]) && check == u32::from(v[10])
}
