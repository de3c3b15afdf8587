//! Identification numbers of Sweden, Finland, Norway, Denmark, Iceland, Poland and the Netherlands.

use super::super::checks::{is_day, luhn, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // Folkbokföringslag (1991:481), § 18; Skatteverket, SKV 704.
        kind: "se-pnr",
        what: "Swedish personal number: date of birth, check digit (Luhn)",
        layouts: &["!999999-9999", "!999999+9999", "!99999999-9999", "!99999999+9999", "9999999999"],
        check: is_swedish,
        one_in: 130,
        requires: Requires::FormatOrLabel(SWEDISH),
    },
    Id {
        // In one piece, a recent year more often starts a time stamp or an order number: `202611301215`.
        kind: "se-pnr",
        what: "",
        layouts: &["!999999999999"],
        check: |v| number(&v[..4]) < 2015 && is_swedish(v),
        one_in: 400,
        requires: Requires::FormatOrLabel(SWEDISH),
    },
    Id {
        kind: "se-pnr",
        what: "",
        layouts: &["999999999999"],
        check: is_swedish,
        one_in: 130,
        requires: Requires::Label(SWEDISH),
    },
    Id {
        // Decree 128/2010 on the Population Information System, § 2; the signs between of decree 690/2022.
        kind: "fi-hetu",
        what: "Finnish personal identity code: date of birth, check character (mod 31)",
        layouts: &["999999-999*", "999999+999*", "999999A999*"],
        check: |v| {
            let (serial, check) = (&v[v.len() - 4..v.len() - 1], v[v.len() - 1]);
            let century = v.len() == 10 || matches!(v[6], b'A'..=b'F' | b'U'..=b'Y');
            let rest = number(&[&v[..6], serial].concat()) % 31;
            let expected = match usize::try_from(rest) {
                Ok(rest @ 10..) => b"ABCDEFHJKLMNPRSTUVWXY"[rest - 10],
                Ok(rest) => rest.to_le_bytes()[0],
                Err(_) => return false,
            };
            century && is_day(&v[2..4], &v[..2]) && number(serial) >= 2 && check == expected
        },
        one_in: 800,
        requires: Requires::Nothing,
    },
    Id {
        // Folkeregisterforskriften of 14 July 2017 (FOR-2017-07-14-1201), § 2-2-1.
        kind: "no-fnr",
        what: "Norwegian birth number: date of birth, two check digits (mod 11)",
        layouts: &["!999999 99999", "99999999999"],
        check: |v| {
            // D-numbers, for temporary residents, add 40 to the day.
            let day = if v[0] >= 4 { [v[0] - 4, v[1]] } else { [v[0], v[1]] };
            let check = |weights: &[u8]| (11 - weighted(v, weights) % 11) % 11;
            is_day(&v[2..4], &day)
                && check(&[3, 7, 6, 1, 8, 9, 4, 5, 2]) == u32::from(v[9])
                && check(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) == u32::from(v[10])
        },
        one_in: 2_000,
        requires: Requires::Nothing,
    },
    Id {
        // CPR-kontoret, Personnummeret i CPR-systemet. Numbers issued since 1 October 2007 may have no check digit.
        kind: "dk-cpr",
        what: "Danish personal number: date of birth, check digit (mod 11); with a label also without the check digit",
        layouts: &["!999999-9999", "999999 9999", "9999999999"],
        check: |v| {
            is_day(&v[2..4], &v[..2]) && weighted(v, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        },
        one_in: 290,
        requires: Requires::LayoutOrLabel(DANISH),
    },
    Id {
        kind: "dk-cpr",
        what: "",
        layouts: &["999999-9999", "999999 9999", "9999999999"],
        check: |v| is_day(&v[2..4], &v[..2]) && number(&v[6..]) > 0,
        one_in: 27,
        requires: Requires::Label(DANISH),
    },
    Id {
        // Registers Iceland (Þjóðskrá), act 140/2019 on the registration of individuals: kennitala. Companies add 40 to the day.
        kind: "is-kt",
        what: "Icelandic identification number: date, century, check digit (mod 11)",
        layouts: &["!999999-9999", "999999 9999", "9999999999"],
        check: |v| {
            let day = if v[0] >= 4 { [v[0] - 4, v[1]] } else { [v[0], v[1]] };
            let check = (11 - weighted(v, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            is_day(&v[2..4], &day) && check == u32::from(v[8]) && matches!(v[9], 0 | 9)
        },
        one_in: 450,
        requires: Requires::FormatOrLabel(&["kennitala", "kennitolu", "kt"]),
    },
    Id {
        // Ustawa o ewidencji ludności of 24 September 2010, article 15.
        kind: "pl-pesel",
        what: "Polish PESEL: date of birth, check digit",
        layouts: &["99999999999"],
        check: |v| {
            let sum = weighted(v, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
            // The month includes the century: plus 80 for the 19th, plus 20 for the 21st.
            let month = match v[2] {
                8 | 9 => [v[2] - 8, v[3]],
                2 | 3 => [v[2] - 2, v[3]],
                _ => [v[2], v[3]],
            };
            is_day(&month, &v[4..6]) && (10 - sum % 10) % 10 == u32::from(v[10])
        },
        one_in: 90,
        requires: Requires::Nothing,
    },
    Id {
        // Wet algemene bepalingen burgerservicenummer of 21 July 2007; the elfproef of the Rijksdienst voor Identiteitsgegevens.
        kind: "nl-bsn",
        what: "Dutch citizen service number: check digit (mod 11), requires a label",
        layouts: &["999999999", "!9999.99.999", "999 999 999"],
        check: |v| {
            let sum = weighted(v, &[9, 8, 7, 6, 5, 4, 3, 2]);
            sum > 0 && sum % 11 == u32::from(v[8])
        },
        one_in: 11,
        requires: Requires::FormatOrLabel(&["bsn", "burgerservice", "sofi", "sofinummer"]),
    },
];

const SWEDISH: &[&str] =
    &["personnummer", "pnr", "personnr", "person nr", "pers.nr", "persnr", "samordningsnummer"];

/// Returns whether the digits are a Swedish personal number, with or without the century.
fn is_swedish(v: &[u8]) -> bool {
    let (century, v) = v.split_at(v.len() - 10);
    // Coordination numbers add 60 to the day.
    let day = if v[4] >= 6 { [v[4] - 6, v[5]] } else { [v[4], v[5]] };
    (century.is_empty() || matches!(number(century), 18..=20)) && is_day(&v[2..4], &day) && luhn(v)
}

const DANISH: &[&str] = &["cpr", "cprnr", "cpr-nr", "cprnummer", "cpr-nummer", "personnummer"];
