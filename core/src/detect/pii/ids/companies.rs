//! Numbers of companies in registers and at tax offices outside the VAT numbers of the European Union. Those of sole traders are
//! numbers of persons.

use super::super::checks::{has_different_digits, luhn, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Handelsregisterverordnung (HRV), § 3: sections A and B, each with its own numbers. With fewer than four digits it may be
        // a hardness.
        kind: "de-register",
        what: "number in the German commercial register: its section, HRA or HRB; with few digits requires a label",
        layouts: &["!HRA 9999nn", "!HRA9999nn", "!HRA Nr. 9999nn", "!HRA-Nr. 9999nn", "!HRA: 9999nn"],
        check: |v| b"AB".contains(&v[2]) && v.iter().any(|v| (1..10).contains(v)),
        one_in: 1,
        requires: Requires::LayoutOrLabel(&["handelsregister", "registergericht", "amtsgericht"]),
    },
    Id {
        kind: "de-register",
        what: "",
        layouts: &["HRA 9nn", "HRA9nn"],
        check: |v| b"AB".contains(&v[2]) && v.iter().any(|v| (1..10).contains(v)),
        one_in: 1,
        requires: Requires::FormatOrLabel(&["handelsregister", "registergericht", "amtsgericht"]),
    },
    Id {
        // Lag (1974:174) om identitetsbeteckning för juridiska personer m.fl., § 4; Skatteverket, SKV 709: the third digit is at least 2.
        kind: "se-orgnr",
        what: "Swedish organisation number: check digit (Luhn)",
        layouts: &["999999-9999", "9999999999", "16999999-9999"],
        check: |v| {
            let v = &v[v.len() - 10..];
            v[0] > 0 && v[0] != 4 && v[2] >= 2 && luhn(v) && has_different_digits(v)
        },
        one_in: 14,
        requires: Requires::FormatOrLabel(&[
            "organisationsnummer",
            "orgnr",
            "org.nr",
            "org nr",
            "organisationsnr",
            "foretag",
        ]),
    },
    Id {
        // National Tax Service; OECD, tax identification numbers: Korea.
        kind: "kr-brn",
        what: "South Korean business registration number: check digit",
        layouts: &["999-99-99999", "9999999999"],
        check: |v| {
            let tenth = u32::from(v[8]) * 5 / 10;
            number(&v[..3]) >= 101
                && v[3..5] != [0; 2]
                && (weighted(v, &[1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) + tenth).is_multiple_of(10)
                && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::FormatOrLabel(&[
            "사업자등록번호",
            "사업자번호",
            "사업자",
            "brn",
            "business registration",
        ]),
    },
    Id {
        // Accounting and Corporate Regulatory Authority: unique entity number; OECD, tax identification numbers: Singapore.
        kind: "sg-uen",
        what: "Singaporean entity number (UEN): kind of entity, check letter (mod 11)",
        layouts: &["99999999A", "999999999A"],
        check: |v| {
            let weights: &[u8] =
                if v.len() == 9 { &[10, 4, 9, 3, 8, 2, 7, 1] } else { &[10, 8, 6, 4, 9, 7, 5, 3, 1] };
            let letters = if v.len() == 9 { b"XMKECAWLJDB" } else { b"ZKCMDNERGWH" };
            let is_year = v.len() == 9 || matches!(number(&v[..4]), 1900..=2099);
            is_year
                && v.last() == Some(&letters[(weighted(v, weights) % 11) as usize])
                && has_different_digits(v)
        },
        one_in: 26,
        requires: Requires::FormatOrLabel(&["uen", "unique entity", "acra", "company registration"]),
    },
    Id {
        kind: "sg-uen",
        what: "",
        layouts: &["A99AA9999A"],
        check: |v| {
            let value = |v: &u8| match v {
                0..=9 => Some(22 + usize::from(*v)),
                letter => LETTERS.iter().position(|other| other == letter),
            };
            let sum = v[..9]
                .iter()
                .zip([4, 3, 5, 3, 10, 2, 2, 5, 7])
                .map(|(v, weight)| Some(value(v)? * weight))
                .sum::<Option<usize>>();
            b"RST".contains(&v[0])
                && KINDS_OF_ENTITY.chunks(2).any(|kind| kind == &v[3..5])
                && sum.is_some_and(|sum| value(&v[9]) == Some((sum + 11 - 5) % 11))
        },
        one_in: 4_000,
        requires: Requires::Nothing,
    },
    Id {
        // Companies and Intellectual Property Commission; the form since 2000: notice 1762 under the Companies Act 61 of 1973.
        kind: "za-company",
        what: "South African company registration number: year, type of enterprise",
        layouts: &["!9999/999999/99", "CK9999/999999", "CK99/99999/99"],
        check: |v| {
            let digits = v.iter().position(|v| *v < 10).unwrap_or_default();
            digits > 0
                || matches!(number(&v[..4]), 1900..=2099)
                    && matches!(number(&v[10..]), 6..=12 | 21..=26 | 30 | 31)
                    && number(&v[4..10]) > 0
        },
        one_in: 200,
        requires: Requires::LayoutOrLabel(&[
            "cipc",
            "company registration",
            "close corporation",
            "registration number",
            "company reg",
            "enterprise number",
        ]),
    },
    Id {
        // South African Revenue Service, BRS PAYE Reconciliation: income tax references start with 0 to 3 or 9 (modulus 10); VAT with 4.
        kind: "za-tax",
        what: "South African tax reference or VAT number: check digit (Luhn), requires a label",
        layouts: &["9999999999", "9999?999?999", "9999/999/99/9"],
        check: |v| matches!(v[0], 0..=4 | 9) && luhn(v) && has_different_digits(v),
        one_in: 16,
        requires: Requires::Label(&[
            "tax reference",
            "income tax",
            "tax number",
            "tax ref",
            "tax no",
            "vat number",
            "vat no",
            "vat reg",
            "sars",
        ]),
    },
];

/// The letters of Singaporean entity numbers, before the digits in the order of their values.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX";

/// The kinds of entities in Singaporean entity numbers, of two letters each.
const KINDS_OF_ENTITY: &[u8] =
    b"CCCDCHCLCMCPCSCXDPFBFCFMFNGAGBGSHSLLLPMBMCMDMHMMMQNBNRPAPBPFRFRPSMSSTCTUVHXL";
