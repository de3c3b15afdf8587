//! Numbers that states give to people.
//!
//! Where a number has nothing to tell it from any other of its length but a check digit that one in ten has by chance, it counts
//! only when the text says what it is, when it is written as only such numbers are, or when there is nothing else in the text: an
//! answer to a question.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::Regex;

use super::{checks, stands_apart};

/// A kind of number.
pub(super) struct Id {
    pub kind: &'static str,
    /// How many digits there are in it at least.
    pub digits: usize,
    /// What it looks like; a group named `s` took part if it is written as only such numbers are.
    shape: &'static str,
    /// Whether letters and digits (as values, letters upper case) can be such a number.
    check: fn(&[u8]) -> bool,
    /// What makes it one for sure.
    sure: Sure,
}

/// What makes a number of the right shape and with the right check digit one for sure.
#[derive(Clone, Copy, Debug)]
enum Sure {
    /// Nothing more.
    Always,
    /// Being written as only such numbers are, being all there is, or one of these words before it.
    Written(&'static [&'static str]),
    /// One of these words before it.
    Named(&'static [&'static str]),
}

impl Id {
    /// The numbers of this kind in `text`.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let is_one = |found: &regex::bytes::Captures<'_>| {
            let range = found.get(0)?.range();
            let characters =
                text.as_bytes()[range.clone()].iter().filter(|byte| byte.is_ascii_alphanumeric());
            let values: Vec<u8> = characters.map(|byte| value(*byte)).collect();
            let sure = || match self.sure {
                Sure::Always => true,
                Sure::Written(words) => {
                    found.name("s").is_some() || is_alone(text, &range) || is_named(text, &range, words)
                }
                Sure::Named(words) => is_named(text, &range, words),
            };
            (stands_apart(text, &range) && (self.check)(&values) && sure()).then_some(range)
        };
        self.regex().captures_iter(text.as_bytes()).filter_map(|found| is_one(&found)).collect()
    }

    /// The shape, compiled when it is first needed: most rules ask for few kinds.
    fn regex(&self) -> &Regex {
        static COMPILED: [OnceLock<Regex>; IDS.len()] = [const { OnceLock::new() }; IDS.len()];
        let at = IDS.iter().position(|id| id.kind == self.kind).unwrap_or_default();
        COMPILED[at].get_or_init(|| {
            // ASCII classes: a tenth of the time and the memory that Unicode takes.
            Regex::new(&format!("(?i-u){}", self.shape)).expect("the shapes are regular expressions (tested)")
        })
    }
}

/// Whether there is nothing else in `text` than `range`: an answer to a question.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].contains(char::is_alphanumeric) && !text[range.end..].contains(char::is_alphanumeric)
}

/// Whether one of `words` stands close before `range` of `text`.
fn is_named(text: &str, range: &Range<usize>, words: &[&str]) -> bool {
    /// How far before a number the word for it stands at most.
    const NEAR: usize = 48;
    let from = text.floor_char_boundary(range.start.saturating_sub(NEAR));
    let before = text[from..range.start].to_lowercase();
    before.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// Digits as numbers, letters as themselves.
fn value(byte: u8) -> u8 {
    if byte.is_ascii_digit() { byte - b'0' } else { byte.to_ascii_uppercase() }
}

/// Every kind, those of the same country together.
pub(super) const IDS: &[Id] = &[
    Id {
        kind: "mac",
        digits: 0,
        shape: r"[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}",
        check: checks::vary,
        sure: Sure::Always,
    },
    Id {
        kind: "us-ssn",
        digits: 9,
        shape: r"[0-9]{3}(?:(?P<s>-[0-9]{2}-|\.[0-9]{2}\.| [0-9]{2} )|[- .]?[0-9]{2}[- .]?)[0-9]{4}",
        check: |v| {
            !matches!(checks::number(&v[..3]), 0 | 666 | 900..) && v[3..5] != [0; 2] && v[5..] != [0; 4]
        },
        sure: Sure::Written(&["ssn", "ssns", "social", "security"]),
    },
    Id {
        kind: "us-itin",
        digits: 9,
        shape: r"9[0-9]{2}(?:(?P<s>-[0-9]{2}-| [0-9]{2} )|[- ]?[0-9]{2}[- ]?)[0-9]{4}",
        check: |v| matches!(checks::number(&v[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99),
        sure: Sure::Written(&["itin", "tax", "taxpayer", "tin"]),
    },
    Id {
        kind: "uk-nino",
        digits: 6,
        shape: r"[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]",
        check: |v| !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].iter().any(|no| v.starts_with(no.as_bytes())),
        sure: Sure::Always,
    },
    Id {
        kind: "uk-nhs",
        digits: 10,
        shape: r"[0-9]{3}(?:(?P<s> [0-9]{3} )|-?[0-9]{3}-?)[0-9]{4}",
        check: |v| {
            let check = 11 - checks::weighted(v, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            check % 11 == u32::from(v[9]) && checks::vary(v)
        },
        sure: Sure::Written(&["nhs", "patient", "health"]),
    },
    Id {
        kind: "de-tax-id",
        digits: 11,
        shape: r"[1-9][0-9](?:(?P<s> [0-9]{3} [0-9]{3} )|[0-9]{6})[0-9]{3}",
        check: |v| {
            // Of the first ten, one digit or two stand more than once, and none more than three times.
            let times = |digit: u8| v[..10].iter().filter(|v| **v == digit).fold(0, |times, _| times + 1);
            let repeated = (0..10).filter(|digit| times(*digit) > 1).count();
            (1..=2).contains(&repeated) && (0..10).all(|digit| times(digit) <= 3) && checks::mod_11_10(v)
        },
        sure: Sure::Written(&[
            "steuer",
            "steuernummer",
            "steuerid",
            "idnr",
            "identifikationsnummer",
            "tin",
            "tax",
        ]),
    },
    Id {
        kind: "fr-nir",
        digits: 14,
        shape: r"[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[ab]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
        check: |v| {
            // The two departments of Corsica are counted as 19 and 18.
            let digits: Vec<u8> = match v[6] {
                b'A' => [&v[..5], &[1, 9], &v[7..]].concat(),
                b'B' => [&v[..5], &[1, 8], &v[7..]].concat(),
                _ => v.to_vec(),
            };
            97 - checks::number(&digits[..13]) % 97 == checks::number(&digits[13..])
        },
        sure: Sure::Always,
    },
    Id {
        kind: "es-nif",
        digits: 7,
        shape: r"[0-9xyz]?[0-9]{7}[- ]?[a-hj-np-tv-z]",
        check: |v| {
            let Some((letter, number)) = v.split_last() else { return false };
            let digit = |v: &u8| if v.is_ascii_alphabetic() { *v - b'X' } else { *v };
            let number: Vec<u8> = number.iter().map(digit).collect();
            b"TRWAGMYFPDXBNJZSQVHLCKE"[(checks::number(&number) % 23) as usize] == *letter
        },
        sure: Sure::Always,
    },
    Id {
        kind: "it-cf",
        digits: 5,
        shape: r"[a-z]{6} ?[0-9l-nqp-v]{2}[a-ehlmpr-t][0-9l-nqp-v]{2} ?[a-z][0-9l-nqp-v]{3}[a-z]",
        check: |v| {
            const ODD: [u8; 26] = [
                1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
            ];
            let rank = |v: u8| if v < 10 { v } else { v - b'A' };
            let weight = |(place, v): (usize, &u8)| {
                u32::from(if place % 2 == 0 { ODD[usize::from(rank(*v))] } else { rank(*v) })
            };
            v[..15].iter().enumerate().map(weight).sum::<u32>() % 26 == u32::from(rank(v[15]))
        },
        sure: Sure::Always,
    },
    Id {
        kind: "nl-bsn",
        digits: 9,
        shape: r"[0-9]{9}|[0-9]{4}\.[0-9]{2}\.[0-9]{3}",
        check: |v| {
            let sum = checks::weighted(v, &[9, 8, 7, 6, 5, 4, 3, 2]);
            sum > 0 && sum % 11 == u32::from(v[8])
        },
        sure: Sure::Written(&["bsn", "burgerservicenummer", "sofi", "sofinummer"]),
    },
    Id {
        kind: "pl-pesel",
        digits: 11,
        shape: r"[0-9]{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}",
        check: |v| {
            let sum = checks::weighted(v, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
            (10 - sum % 10) % 10 == u32::from(v[10])
        },
        sure: Sure::Always,
    },
    Id {
        kind: "in-aadhaar",
        digits: 12,
        shape: r"[2-9][0-9]{3}(?:(?P<s> [0-9]{4} |-[0-9]{4}-)|[0-9]{4})[0-9]{4}",
        check: |v| checks::verhoeff(v) && !v.iter().eq(v.iter().rev()),
        sure: Sure::Written(&["aadhaar", "aadhar", "adhaar", "uid", "uidai"]),
    },
    Id {
        kind: "in-pan",
        digits: 4,
        shape: r"[a-z]{3}[abcfghjlpt][a-z][0-9]{4}[a-z]",
        check: |_| true,
        sure: Sure::Always,
    },
    Id {
        kind: "br-cpf",
        digits: 11,
        shape: r"[0-9]{3}(?:(?P<s>\.[0-9]{3}\.[0-9]{3}-)|[0-9]{6})[0-9]{2}",
        check: |v| {
            let check = |weights: &[u8]| match checks::weighted(v, weights) % 11 {
                0 | 1 => 0,
                rest => 11 - rest,
            };
            check(&[10, 9, 8, 7, 6, 5, 4, 3, 2]) == u32::from(v[9])
                && check(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == u32::from(v[10])
                && checks::vary(v)
        },
        sure: Sure::Written(&["cpf"]),
    },
    Id {
        kind: "br-cnpj",
        digits: 14,
        shape: r"[0-9]{2}(?:(?P<s>\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-)|[0-9]{10})[0-9]{2}",
        check: |v| {
            let check = |weights: &[u8]| match checks::weighted(v, weights) % 11 {
                0 | 1 => 0,
                rest => 11 - rest,
            };
            check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == u32::from(v[12])
                && check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == u32::from(v[13])
                && checks::vary(v)
        },
        sure: Sure::Written(&["cnpj"]),
    },
    Id {
        kind: "au-tfn",
        digits: 9,
        shape: r"[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{3}",
        check: |v| checks::weighted(v, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && checks::vary(v),
        sure: Sure::Written(&["tfn", "tax"]),
    },
    Id {
        kind: "ca-sin",
        digits: 9,
        shape: r"[1-79][0-9]{2}(?:(?P<s>-[0-9]{3}-| [0-9]{3} )|[0-9]{3})[0-9]{3}",
        check: |v| checks::luhn(v) && checks::vary(v),
        sure: Sure::Written(&["sin", "social", "insurance"]),
    },
    Id {
        kind: "passport",
        digits: 6,
        shape: r"[a-z]{0,2}[0-9]{6,9}[a-z]?",
        check: |_| true,
        sure: Sure::Named(&[
            "passport",
            "reisepass",
            "passeport",
            "pasaporte",
            "passaporto",
            "paspoort",
            "passaporte",
        ]),
    },
    Id {
        kind: "birth-date",
        digits: 4,
        shape: r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)?[0-9]{2}|(?:[0-9]{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)[0-9]{2}",
        check: |_| true,
        sure: Sure::Named(&[
            "born",
            "dob",
            "birth",
            "birthday",
            "birthdate",
            "geboren",
            "geburtsdatum",
            "naissance",
            "nacimiento",
        ]),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons() {
        for (kind, text, found) in [
            ("mac", "00:1A:2b:3C:4D:5E AA-BB-CC-DD-EE-FF aabb.ccdd.eeff", 3),
            ("mac", "FF:FF:FF:FF:FF:FF ZZ:1A:2b:3C:4D:5E 00:1A:2b:3C:4D 10:2F:33-AC-29-C3", 0),
            ("us-ssn", "078-05-1123 and 078.05.1123", 2),
            ("us-ssn", "000-05-1123, 078-00-1123, 078-05-0000, 07805-1123 is a place", 0),
            ("us-itin", "911-70-1234 but not 911-67-1234", 1),
            ("uk-nino", "tw987654a, PR 123612C", 2),
            ("uk-nino", "BG 12 34 56 A, AA 12 34 56 H", 0),
            ("uk-nhs", "943 476 5919, NHS number 9434765919", 2),
            ("uk-nhs", "943 476 5918, call 9434765919 or 943-476-5919", 0),
            ("de-tax-id", "Steuer-ID: 86095742719 und 86 095 742 719", 2),
            ("de-tax-id", "Rechnung 86095742719", 0),
            ("fr-nir", "2 55 08 14 168 025 38", 1),
            ("fr-nir", "2 55 08 14 168 025 39", 0),
            ("es-nif", "12345678Z, X1234567L, 1111111-G, 12345678A", 3),
            ("it-cf", "RSSMRA85T10A562S, not RSSMRA85T10A562T", 1),
            ("nl-bsn", "bsn 111222333", 1),
            ("nl-bsn", "pakket 111222333", 0),
            ("pl-pesel", "44051401359, 44051401358", 1),
            ("in-aadhaar", "2341 2341 2346", 1),
            ("in-pan", "ABCPE1234F", 1),
            ("br-cpf", "529.982.247-25, cpf 52998224725, 52998224724", 2),
            ("br-cnpj", "11.222.333/0001-81, 11.222.333/0001-82", 1),
            ("au-tfn", "my TFN: 123 456 782", 1),
            ("au-tfn", "call 123 456 782", 0),
            ("passport", "Passport no. C01X00T47 or passport 123456789", 1),
            ("passport", "order 123456789", 0),
            ("birth-date", "born on 12 May 1990, DOB: 1990-05-12", 2),
            ("birth-date", "we meet on 2026-11-20", 0),
            ("ca-sin", "046 454 286? 130-692-544! 046454286", 1),
        ] {
            let id = IDS.iter().find(|id| id.kind == kind).unwrap();
            assert_eq!(id.find(text).len(), found, "{kind} {text:?}");
        }
    }

    #[test]
    fn a_number_that_is_all_there_is_answers_a_question() {
        let ssn = IDS.iter().find(|id| id.kind == "us-ssn").unwrap();
        assert_eq!(ssn.find(" 078051123.").first(), Some(&(1..10)));
    }

    #[test]
    fn every_kind_has_a_name_in_the_settings() {
        assert!(IDS.iter().all(|id| super::super::KINDS.contains(&id.kind)));
    }
}
