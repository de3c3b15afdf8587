//! Identification numbers of Australia, South Africa and Nigeria.

use super::super::checks::{has_different_digits, is_day, luhn, verhoeff, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Australian Taxation Office, TFN algorithm for software developers; Taxation Administration Act 1953.
        kind: "au-tfn",
        what: "Australian tax file number: check digit (mod 11), requires a label",
        layouts: &["999?999?999"],
        check: |v| weighted(v, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && has_different_digits(v),
        one_in: 11,
        requires: Requires::FormatOrLabel(&["tfn", "tax file", "tax"]),
    },
    Id {
        // Services Australia; Australian Institute of Health and Welfare, METEOR: Medicare card number.
        kind: "au-medicare",
        what: "Australian Medicare number: check digit, requires a label",
        layouts: &["9999999999", "99999999999", "!9999 99999 9", "!9999 99999 9 9", "!9999-99999-9"],
        check: |v| {
            matches!(v[0], 2..=6)
                && weighted(v, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == u32::from(v[8])
                && has_different_digits(v)
        },
        one_in: 20,
        requires: Requires::FormatOrLabel(&["medicare"]),
    },
    Id {
        // A New Tax System (Australian Business Number) Act 1999; Australian Business Register, Format of the ABN.
        kind: "au-abn",
        what: "Australian business number, which people who work for themselves have: check digits (mod 89)",
        layouts: &["99999999999", "99_999_999_999"],
        check: |v| {
            // The algorithm subtracts one from the first digit, whose weight is ten.
            v[0] > 0
                && (weighted(v, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10).is_multiple_of(89)
                && has_different_digits(v)
        },
        one_in: 89,
        requires: Requires::FormatOrLabel(&["abn", "business number"]),
    },
    Id {
        // Australian Securities and Investments Commission, Australian Company Number digit check.
        kind: "au-acn",
        what: "Australian company number: check digit, requires a label",
        layouts: &["999?999?999"],
        check: |v| {
            let sum = weighted(v, &[8, 7, 6, 5, 4, 3, 2, 1]);
            (10 - sum % 10) % 10 == u32::from(v[8]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::FormatOrLabel(&["acn", "company number"]),
    },
    Id {
        // Department of Home Affairs; Identification Act 68 of 1997.
        kind: "za-id",
        what: "South African identity number: date of birth, citizenship, check digit (Luhn)",
        layouts: &["9999999999999", "999999_9999_999", "999999_9999_99_9"],
        check: |v| is_day(&v[2..4], &v[4..6]) && matches!(v[10], 0..=2) && luhn(v),
        one_in: 900,
        requires: Requires::Nothing,
    },
    Id {
        // National Identity Management Commission Act 23 of 2007, section 5.
        kind: "ng-nin",
        what: "Nigerian identity number: check digit (Verhoeff), requires a label",
        layouts: &["99999999999", "9999_999_9999"],
        check: |v| verhoeff(v) && has_different_digits(v),
        one_in: 10,
        requires: Requires::FormatOrLabel(&["nin", "nimc", "national identi"]),
    },
];
