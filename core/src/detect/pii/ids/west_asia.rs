//! Identification numbers of Pakistan, Israel, Ukraine and Kazakhstan.

use super::super::checks::{has_different_digits, is_day, luhn, number, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // National Database and Registration Authority Ordinance, 2000.
        kind: "pk-cnic",
        what: "Pakistani identity card: province, format; without hyphens only with a label",
        layouts: &["!99999-9999999-9", "9999999999999"],
        check: |v| (1..=7).contains(&v[0]) && v[12] > 0 && has_different_digits(v),
        one_in: 1,
        requires: Requires::LayoutOrLabel(&["cnic", "nicop", "nadra", "شناختی"]),
    },
    Id {
        // Population Registry Law, 5725-1965; Ministry of Interior: check digit.
        kind: "il-id",
        what: "Israeli identity number: check digit (Luhn), requires a label",
        layouts: &["999999999", "99999999-9", "9-9999999-9", "99999999"],
        check: |v| luhn(v) && has_different_digits(v),
        one_in: 10,
        requires: Requires::Label(&[
            "תעודת זהות",
            "ת.ז",
            "ת״ז",
            "ת\"ז",
            "תז",
            "מספר זהות",
            "teudat zehut",
            "israeli id",
            "israel id",
        ]),
    },
    Id {
        // Ministry of Finance of Ukraine, order 822 of 29 September 2017 on the State Register of Individuals.
        kind: "ua-rnokpp",
        what: "Ukrainian tax number of a person: check digit (mod 11), requires a label",
        layouts: &["9999999999"],
        check: |v| {
            let sum = 11 * 9 + weighted(&v[1..], &[5, 7, 9, 4, 6, 10, 5, 7]) - u32::from(v[0]);
            sum % 11 % 10 == u32::from(v[9]) && has_different_digits(v)
        },
        one_in: 10,
        requires: Requires::LayoutOrLabel(&[
            "рнокпп",
            "іпн",
            "рнкопп",
            "ідентифікаційн",
            "облікової картки",
            "rnokpp",
            "инн",
        ]),
    },
    Id {
        // Law 223 of 12 January 2007 on national registers of identification numbers.
        kind: "kz-iin",
        what: "Kazakh individual number: date of birth, century and sex, check digit (mod 11)",
        layouts: &["999999999999"],
        check: |v| {
            let first = weighted(v, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
            let check =
                if first < 10 { first } else { weighted(v, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 };
            is_day(&v[2..4], &v[4..6]) && v[6] <= 6 && check == u32::from(v[11]) && number(v) > 0
        },
        one_in: 380,
        requires: Requires::FormatOrLabel(&["иин", "жсн", "iin", "идентификационный номер"]),
    },
];
