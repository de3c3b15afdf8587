//! Identification numbers of Belgium, Luxembourg, Ireland and Portugal, of companies in France and the Netherlands, and German tax
//! numbers.

use super::super::checks::{base_36, has_different_digits, is_day, luhn, number, verhoeff, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Arrêté royal of 3 April 1984 on the identification number of the national register; BIS numbers: of 8 February 1991.
        kind: "be-nn",
        what: "Belgian national register number or BIS number: date of birth, check digits (mod 97)",
        layouts: &[
            "!99.99.99-999.99",
            "!99.99.99 999.99",
            "!999999-999-99",
            "!999999-999.99",
            "999999 999 99",
            "99999999999",
        ],
        check: |v| {
            let (body, check) = (number(&v[..9]), number(&v[9..]));
            // Numbers of people born since 2000 are checked with a preceding 2.
            let is_valid = |body: u64| 97 - body % 97 == check;
            matches!(number(&v[2..4]), 0..=12 | 20..=32 | 40..=52)
                && number(&v[4..6]) <= 31
                && number(&v[6..9]) > 0
                && (is_valid(body) || is_valid(2_000_000_000 + body))
        },
        one_in: 300,
        requires: Requires::Nothing,
    },
    Id {
        // Règlement grand-ducal of 28 November 2013 on the law of 19 June 2013 on the identification of natural persons, article 1.
        kind: "lu-nin",
        what: "Luxembourg national identification number: date of birth, two check digits (Luhn, Verhoeff)",
        layouts: &["9999999999999", "9999 99 99 999 99", "9999 99 99 99999", "99999999 99999"],
        check: |v| {
            matches!(number(&v[..2]), 18..=20)
                && is_day(&v[4..6], &v[6..8])
                && luhn(&v[..12])
                && verhoeff(&[&v[..11], &v[12..]].concat())
        },
        one_in: 10_000,
        requires: Requires::Nothing,
    },
    Id {
        // Department of Social Protection, Personal Public Service Number; new numbers have a second letter since 2013.
        kind: "ie-pps",
        what: "Irish personal public service number: check letter (mod 23)",
        layouts: &["9999999AA", "9999999A", "9999999 AA", "9999999 A"],
        check: |v| {
            // Before 2013 a second letter was W, T or X, and did not count.
            let second = match v.get(8) {
                None | Some(b'T' | b'W' | b'X') => 0,
                Some(letter) => u32::from(letter - b'A' + 1),
            };
            let sum = weighted(v, &[8, 7, 6, 5, 4, 3, 2]) + second * 9;
            second <= 9 && b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize] == v[7] && has_different_digits(v)
        },
        one_in: 26,
        requires: Requires::FormatOrLabel(&["pps", "ppsn", "personal public service"]),
    },
    Id {
        // Decreto-Lei 14/2013, on the tax identification number.
        kind: "pt-nif",
        what: "Portuguese tax number: check digit (mod 11), requires a label",
        layouts: &["999999999", "999 999 999", "PT999999999"],
        check: |v| {
            let v = v.strip_prefix(b"PT").unwrap_or(v);
            let check = 11 - weighted(v, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            v[0] > 0 && if check > 9 { v[8] == 0 } else { u32::from(v[8]) == check }
        },
        one_in: 10,
        requires: Requires::Label(&["nif", "nipc", "contribuinte", "identificacao fiscal"]),
    },
    Id {
        // AMA, Validação de Número de Documento do Cartão de Cidadão, version 1.0 of 26 January 2009.
        kind: "pt-cc",
        what: "Portuguese citizen card: two check digits (mod 11, Luhn)",
        layouts: &["!99999999 9 **9", "99999999 9**9", "999999999**9"],
        check: |v| {
            let double = |value: u32| if value * 2 > 9 { value * 2 - 9 } else { value * 2 };
            let value =
                |(place, v): (usize, &u8)| if place % 2 == 0 { double(base_36(*v)) } else { base_36(*v) };
            v[9..11].iter().any(u8::is_ascii_alphabetic)
                && v.iter().enumerate().map(value).sum::<u32>() % 10 == 0
        },
        one_in: 11,
        requires: Requires::FormatOrLabel(&["cartao de cidadao", "cidadao", "bilhete de identidade"]),
    },
    Id {
        // Code de commerce, R. 123-221; INSEE, Sirene.
        kind: "fr-siren",
        what: "French number of a company (SIREN): check digit (Luhn), requires a label",
        layouts: &["999999999", "999 999 999"],
        check: |v| luhn(v) && has_different_digits(v),
        one_in: 10,
        requires: Requires::Label(&["siren", "rcs"]),
    },
    Id {
        // Code de commerce, R. 123-221; INSEE, Sirene. The branches of La Poste have numbers with a different check digit.
        kind: "fr-siret",
        what: "French number of a company's site (SIRET): check digits (Luhn)",
        layouts: &["!999 999 999 99999", "!999999999 99999", "99999999999999"],
        check: |v| {
            let is_post_office = number(&v[..9]) == 356_000_000
                && v.iter().map(|digit| u32::from(*digit)).sum::<u32>().is_multiple_of(5);
            luhn(&v[..9]) && (luhn(v) || is_post_office) && has_different_digits(v)
        },
        one_in: 100,
        requires: Requires::FormatOrLabel(&["siret", "etablissement"]),
    },
    Id {
        // Belastingdienst, Rechtspersonen en Samenwerkingsverbanden Informatienummer.
        kind: "nl-rsin",
        what: "Dutch number of a legal entity: check digit (mod 11), requires a label",
        layouts: &["999999999", "9999.99.999", "999 999 999"],
        check: |v| {
            let sum = weighted(v, &[9, 8, 7, 6, 5, 4, 3, 2]);
            sum > 0 && sum % 11 == u32::from(v[8])
        },
        one_in: 11,
        requires: Requires::Label(&["rsin", "fiscaal nummer", "fiscaalnummer"]),
    },
    Id {
        // Bayerisches Landesamt für Steuern (ELSTER), Prüfung der Steuer- und Steueridentifikationsnummer. Check digits differ by state.
        kind: "de-tax-number",
        what: "German tax number of a tax office: format; without its slashes only with a label",
        layouts: &[
            "9999999999999",
            "999999999999",
            "99999999999",
            "9999999999",
            "99/999/99999",
            "999/999/99999",
            "999/9999/9999",
            "99 999 99999",
            "999 999 99999",
            "99999/99999",
            "9/999/99999",
        ],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(GERMAN_TAX),
    },
    Id {
        kind: "de-tax-number",
        what: "",
        layouts: &["!99/999/99999", "!999/999/99999", "!999/9999/9999", "!99/999/9999"],
        check: |v| v[0] > 0 && has_different_digits(v),
        one_in: 1,
        requires: Requires::LayoutOrLabel(GERMAN_TAX),
    },
];

const GERMAN_TAX: &[&str] =
    &["steuernummer", "steuernr", "steuer-nr", "st.-nr", "st-nr", "stnr", "st nr", "elster"];
