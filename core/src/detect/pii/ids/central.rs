//! Identification numbers of Austria, Switzerland, Liechtenstein, Czechia, Slovakia, Hungary and Slovenia.

use super::super::checks::{ean, has_different_digits, is_day, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Dachverband (until 2019 Hauptverband) der österreichischen Sozialversicherungsträger, Sozialversicherungsnummer.
        kind: "at-svnr",
        what: "Austrian social insurance number: date of birth, check digit (mod 11)",
        layouts: &["!9999 999999", "!9999-999999", "9999999999"],
        check: |v| {
            let sum = weighted(v, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
            // Months above 12 stand for an unknown date of birth, or one whose serial numbers are used up.
            let month = number(&v[6..8]);
            v[0] > 0
                && sum % 11 == u32::from(v[3])
                && (is_day(&v[6..8], &v[4..6])
                    || matches!(month, 13..=15) && (1..=31).contains(&number(&v[4..6])))
        },
        one_in: 250,
        requires: Requires::FormatOrLabel(&[
            "svnr",
            "sv-nr",
            "vsnr",
            "sozialversicherung",
            "versicherungsnummer",
            "e-card",
        ]),
    },
    Id {
        // ZAS/CCO, AHV-Nummer of 13 digits, since July 2008.
        kind: "ch-ahv",
        what: "Swiss social insurance number (AHV, AVS): country code 756, check digit (EAN-13)",
        layouts: &["!999.9999.9999.99", "999 9999 9999 99", "999-9999-9999-99", "9999999999999"],
        check: |v| v.starts_with(&[7, 5, 6]) && ean(v),
        one_in: 10_000,
        requires: Requires::Nothing,
    },
    Id {
        // Gesetz über das Zentrale Personenregister (ZPRG) of 21 September 2011, and the one of 2022 that replaced it.
        kind: "li-peid",
        what: "Liechtenstein personal identification number: format, requires a label",
        layouts: &["999999999999", "99999999", "9999999", "999999", "99999"],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(&["peid", "personenidentifikationsnummer", "pers-nr"]),
    },
    Id {
        // Czech act 133/2000, § 13; Slovak act 301/1995. Both countries continue the numbers of Czechoslovakia.
        kind: "cz-rc",
        what: "Czech or Slovak birth number: date of birth, check digit (mod 11)",
        layouts: &["!999999/9999", "999999 9999", "9999999999"],
        check: |v| {
            // Numbers of women add 50 to the month; a further 20 mark a date whose serial numbers are used up.
            let month = number(&v[2..4]) % 50;
            let month = if month > 20 { month - 20 } else { month };
            let rest = number(&v[..9]) % 11 % 10;
            (1..=12).contains(&month) && (1..=31).contains(&number(&v[4..6])) && rest == number(&v[9..])
        },
        one_in: 30,
        requires: Requires::FormatOrLabel(CZECHOSLOVAK),
    },
    Id {
        // Numbers of people born before 1954 have no check digit.
        kind: "cz-rc",
        what: "",
        layouts: &["!999999/999", "999999999"],
        check: |v| number(&v[..2]) < 54 && is_day(&[v[2] % 5, v[3]], &v[4..6]) && number(&v[6..]) > 0,
        one_in: 27,
        requires: Requires::LayoutOrLabel(CZECHOSLOVAK),
    },
    Id {
        // Act XX of 1996, annex: TAJ.
        kind: "hu-taj",
        what: "Hungarian social security number (TAJ): check digit, requires a label",
        layouts: &["999999999", "999 999 999", "999-999-999"],
        check: |v| weighted(v, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == u32::from(v[8]) && has_different_digits(v),
        one_in: 10,
        requires: Requires::Label(&["taj", "tajszam", "taj-szam", "tarsadalombiztositasi"]),
    },
    Id {
        // Act XX of 1996, annex 1: tax identification of natural persons (adóazonosító jel).
        kind: "hu-tax-id",
        what: "Hungarian tax number of a person: date of birth, check digit (mod 11)",
        layouts: &["9999999999"],
        check: |v| v[0] == 8 && weighted(v, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == u32::from(v[9]),
        one_in: 100,
        requires: Requires::FormatOrLabel(&["adoazonosito", "adojel", "ado azonosito", "adoszam"]),
    },
    Id {
        // Slovenian Centralni register prebivalstva; the unique master citizen number (JMBG) of Yugoslavia, 1976.
        kind: "si-emso",
        what: "Slovenian EMŠO, and JMBG of other countries of former Yugoslavia: date of birth, check digit (mod 11)",
        layouts: &["9999999999999"],
        check: |v| {
            let sum = weighted(v, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            let check = (11 - sum % 11) % 11 % 10;
            is_day(&v[2..4], &v[..2])
                && matches!(number(&v[4..7]), 0..=30 | 880..=999)
                && check == u32::from(v[12])
        },
        one_in: 1_500,
        requires: Requires::Nothing,
    },
];

const CZECHOSLOVAK: &[&str] = &["rodne cislo", "rodneho cisla", "rodnym cislem", "rc", "r.c"];
