//! Identification numbers of the United States.

use super::super::checks::{has_different_digits, luhn, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Social Security Administration: SSN Randomization of 25 June 2011; Social Security Cards Issued by Woolworth.
        kind: "us-ssn",
        what: "US social security number: parts that are never issued, and published sample numbers, do not count",
        layouts: &["!999_99_9999", "999999999", "999-999999", "99999-9999", "9_9_9_9_9_9_9_9_9"],
        check: |v| {
            !matches!(number(&v[..3]), 0 | 666 | 900..)
                && v[3..5] != [0; 2]
                && v[5..] != [0; 4]
                && has_different_digits(v)
                && !PUBLISHED.contains(&number(v))
        },
        one_in: 1,
        requires: Requires::FormatOrLabel(&["ssn", "ssns", "social security", "soc sec", "seguro social"]),
    },
    Id {
        // Internal Revenue Service, Publication 1915 and Internal Revenue Manual 3.21.263.
        kind: "us-itin",
        what: "US individual taxpayer number: first digit and middle group",
        layouts: &["!999_99_9999", "999999999", "999-999999", "99999-9999"],
        check: |v| v[0] == 9 && matches!(number(&v[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99),
        one_in: 30,
        requires: Requires::FormatOrLabel(&["itin", "taxpayer", "tax id", "tin"]),
    },
    Id {
        // Centers for Medicare & Medicaid Services, Understanding the Medicare Beneficiary Identifier (MBI) Format.
        kind: "us-mbi",
        what: "US Medicare beneficiary number: format",
        layouts: &["9A*9A*9AA99", "9A*9_A*9_AA99"],
        check: |v| v[0] > 0 && !v.iter().any(|v| b"SLOIBZ".contains(v)),
        one_in: 20,
        requires: Requires::Nothing,
    },
    Id {
        // 45 CFR 162.406; CMS, Requirements for NPI and NPI Check Digit, 2004.
        kind: "us-npi",
        what: "US national provider number: check digit (Luhn), requires a label",
        layouts: &["9999999999", "9999_999_999"],
        check: |v| matches!(v[0], 1 | 2) && luhn(&[&[8, 0, 8, 4, 0], v].concat()),
        one_in: 50,
        requires: Requires::FormatOrLabel(&["npi", "provider"]),
    },
    Id {
        // Drug Enforcement Administration, DEA Registration Record Layout: kinds of registrants.
        kind: "us-dea",
        what: "US number of those who may prescribe drugs: kind of registrant, check digit",
        layouts: &["A*9999999"],
        check: |v| {
            let sum = weighted(&v[2..8], &[1, 2, 1, 2, 1, 2]);
            b"ABCDEFGHJKLMPRSTUX".contains(&v[0])
                && (v[1] == 9 || v[1].is_ascii_alphabetic())
                && sum % 10 == u32::from(v[8])
                && has_different_digits(&v[2..])
        },
        one_in: 14,
        requires: Requires::FormatOrLabel(&["dea", "medical license", "prescriber", "registrant"]),
    },
    Id {
        // American Bankers Association, which issues them; ANSI X9.100-160-1, annex B, for the check digit.
        kind: "us-aba",
        what: "US routing number of a bank: district, check digit (3-7-1), requires a label",
        layouts: &["999999999", "!9999-9999-9", "9999 9999 9"],
        check: |v| {
            matches!(number(&v[..2]), 1..=12 | 21..=32 | 61..=72 | 80)
                && weighted(v, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
        },
        one_in: 27,
        requires: Requires::FormatOrLabel(&["aba", "rtn", "routing", "wire transfer"]),
    },
    Id {
        // ANSI X9.100-160-1: the on-us field of a cheque, whose content its bank determines. Here 8 to 17 digits count.
        kind: "us-bank",
        what: "account at a US bank: length, requires a label",
        layouts: &["99999999nnnnnnnnn"],
        check: has_different_digits,
        one_in: 1,
        requires: Requires::Label(&[
            "bank account",
            "checking account",
            "savings account",
            "bank acct",
            "checking acct",
            "account number",
            "account no",
            "account #",
            "acct number",
            "acct no",
            "acct #",
        ]),
    },
];

/// Social security numbers that were published as samples.
pub(super) const PUBLISHED: [u64; 3] = [78_051_120, 123_456_789, 219_099_999];
