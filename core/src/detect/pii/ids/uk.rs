//! Identification numbers of the United Kingdom.

use super::super::checks::{has_different_digits, is_day, weighted};
use super::{Id, Requires};

pub(super) const IDS: &[Id] = &[
    Id {
        // HM Revenue and Customs, National Insurance Manual, NIM39110.
        kind: "uk-nino",
        what: "UK national insurance number: letters that are never issued do not count",
        layouts: &["AA?99?99?99?A", "AA_999999_A", "AA_999999A", "AA999999_A"],
        check: |v| {
            const UNUSED_PREFIXES: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
            !b"DFIQUV".iter().any(|unused| v[..2].contains(unused))
                && v[1] != b'O'
                && matches!(v[8], b'A'..=b'D')
                && !UNUSED_PREFIXES.iter().any(|prefix| v.starts_with(prefix))
        },
        one_in: 12,
        requires: Requires::Nothing,
    },
    Id {
        // NHS Data Model and Dictionary, NHS number.
        kind: "uk-nhs",
        what: "number of a patient in England and Wales: check digit (mod 11)",
        layouts: &["!999 999 9999", "999?999?9999"],
        check: |v| {
            let check = 11 - weighted(v, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            check % 11 == u32::from(v[9]) && has_different_digits(v)
        },
        one_in: 11,
        requires: Requires::FormatOrLabel(&["nhs", "patient", "health service"]),
    },
    Id {
        // DVLA, INS57P, Information on driving licences: the driver number.
        kind: "uk-driving-licence",
        what: "UK driving licence: format, the date of birth in it",
        layouts: &["*****999999***AA", "*****_999999_***AA", "*****_999999_**_*AA"],
        check: |v| {
            let (name, rest) = v.split_at(5);
            let letters = name.iter().take_while(|v| v.is_ascii_alphabetic()).count();
            // Short names are padded with 9, the months of women add 50, and a 9 stands for a missing second initial.
            let month = if rest[1] >= 5 { [rest[1] - 5, rest[2]] } else { [rest[1], rest[2]] };
            letters > 0
                && name[letters..].iter().all(|v| *v == 9)
                && is_day(&month, &rest[3..5])
                && rest[6].is_ascii_alphabetic()
                && (rest[7] == 9 || rest[7].is_ascii_alphabetic())
        },
        one_in: 50,
        requires: Requires::Nothing,
    },
    Id {
        // Royal Mail, PAF Programmers' Guide, edition 7: structure of postcodes.
        kind: "uk-postcode",
        what: "UK postcode: areas that exist, letters that are valid at their positions; without a space it requires a label",
        layouts: &[
            "!A9 9AA",
            "!A99 9AA",
            "!AA9 9AA",
            "!AA99 9AA",
            "!A9A 9AA",
            "!AA9A 9AA",
            "!AAA 9AA",
            "A99AA",
            "A999AA",
            "AA99AA",
            "AA999AA",
            "A9A9AA",
            "AA9A9AA",
            "AAA9AA",
        ],
        check: |v| is_postcode(v) && !may_count(v),
        one_in: 3,
        requires: Requires::FormatOrLabel(POSTCODE),
    },
    Id {
        kind: "uk-postcode",
        what: "",
        layouts: &["A9 9AA", "A99 9AA", "A9A 9AA", "A99AA", "A999AA", "A9A9AA"],
        check: |v| is_postcode(v) && may_count(v),
        one_in: 3,
        requires: Requires::Label(POSTCODE),
    },
];

const POSTCODE: &[&str] = &["postcode", "post code", "postal code", "zip"];

/// The postcode areas, by their letters: those of the United Kingdom's sorting towns and of the Crown dependencies.
const AREAS: &str = " AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU \
    GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG \
    RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ";

fn is_postcode(v: &[u8]) -> bool {
    let (outward, inward) = v.split_at(v.len() - 3);
    let last = outward[outward.len() - 1];
    let is_valid_outward = match outward {
        b"GIR" => return inward == [0, b'A', b'A'],
        [_, 0..=9, b'A'..=b'Z'] => b"ABCDEFGHJKPSTUW".contains(&last),
        [_, b'A'..=b'Z', 0..=9, b'A'..=b'Z'] => b"ABEHMNPRVWXY".contains(&last),
        [_, b'A'..=b'Z', b'A'..=b'Z'] => false,
        _ => true,
    };
    let area: String =
        outward.iter().take_while(|v| v.is_ascii_uppercase()).map(|v| char::from(*v)).collect();
    is_valid_outward && AREAS.contains(&format!(" {area} ")) && !inward.iter().any(|v| b"CIKMOV".contains(v))
}

/// Returns whether the second half may be a count after something that may be the name of a thing or a place: `room B1 2nd floor`, `Galaxy
/// S9 4GB`. Areas of two letters are seldom such names.
fn may_count(v: &[u8]) -> bool {
    let (outward, inward) = v.split_at(v.len() - 3);
    !outward[1].is_ascii_uppercase()
        && matches!(
            &inward[1..],
            b"ST" | b"ND" | b"RD" | b"TH" | b"GB" | b"TB" | b"HP" | b"HR" | b"LT" | b"LB" | b"PT" | b"PS"
        )
}
