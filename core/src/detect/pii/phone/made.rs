//! Generates numbers of numbering plans, for tests.

use super::pattern::{Digits, Pattern, What};
use crate::detect::pii::random::Random;

/// Generates digits that `pattern` matches.
pub(super) fn digits(pattern: &Pattern, random: &mut Random) -> String {
    let mut digits = String::new();
    add(&mut digits, pattern, random);
    digits
}

/// Generates digits that `pattern` matches, or that differ from such digits in one digit or in length.
pub(super) fn nearly(pattern: &Pattern, random: &mut Random) -> String {
    let mut digits = digits(pattern, random);
    let at = random.below(digits.len() + 1);
    match random.below(6) {
        0 if at < digits.len() => digits.replace_range(at..=at, &random.digits(1)),
        1 => digits.push(random.digit()),
        2 => digits.truncate(at),
        3 => digits.insert(at, random.digit()),
        _ => {}
    }
    digits
}

fn add(digits: &mut String, pattern: &Pattern, random: &mut Random) {
    let alternative = &pattern.alternatives[random.below(pattern.alternatives.len())];
    for piece in &alternative.pieces {
        for _ in 0..piece.min + random.below(piece.max - piece.min + 1) {
            match &piece.what {
                What::Digit(set) => digits.push(one_of(*set, random)),
                What::Group(inner, _) => add(digits, inner, random),
                What::End => {}
            }
        }
    }
}

fn one_of(set: Digits, random: &mut Random) -> char {
    let all: Vec<u8> = (b'0'..=b'9').filter(|digit| set.contain(*digit)).collect();
    random.one_of(&all).into()
}
