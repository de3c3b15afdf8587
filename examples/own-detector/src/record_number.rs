//! `record-number`: the numbers of patient records.
//!
//! A clinic's record number is its prefix and eight digits, of which the last is the check digit of ISO/IEC 7812-1 (Luhn):
//! `MRN 1234 5674`.

use chimeflow::detect::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use chimeflow::shape::{Key, Shape, Table, Text};
use chimeflow::text::View;
use serde::Deserialize;

/// How many digits a record number has.
const DIGITS: usize = 8;

/// Settings of `record-number`.
#[derive(Debug, Deserialize)]
pub struct RecordNumber {
    /// The letters before the digits.
    prefix: String,
}

/// A prefix, for the loader and for editors.
const PREFIX: Text = Text {
    what: "letters from A to Z such as \"MRN\"",
    check: |prefix| {
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Err(Problem::new("`prefix` takes letters from A to Z, such as \"MRN\""));
        }
        Ok(())
    },
    pattern: "^[A-Za-z]+$",
    never: &[],
};

impl Settings for RecordNumber {
    const NAME: &'static str = "record-number";
    const SUMMARY: &'static str = "the number of a patient's record, by its prefix and its check digit";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r#"{ prefix = "MRN" }"#, text: "see MRN 1234 5674, please", finds: &["MRN 1234 5674"] },
        Example { settings: r#"{ prefix = "MRN" }"#, text: "mrn:12345674", finds: &["mrn:12345674"] },
        Example { settings: r#"{ prefix = "MRN" }"#, text: "MRN 1234 5675 has another check digit", finds: &[] },
        Example { settings: r#"{ prefix = "MRN" }"#, text: "12345674 alone, or xMRN12345674", finds: &[] },
        Example { settings: r#"{ prefix = "MRN" }"#, text: "MRN 123456740 is too long", finds: &[] },
    ];

    const SHAPE: Shape = Shape::Table(&Table::of(
        "`record-number`",
        "{ prefix = \"MRN\" }",
        &[Key::new("prefix", Shape::Text(&PREFIX), "The letters before the digits.").required()],
    ));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for RecordNumber {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        // The text as a plain keyboard would have typed it: fullwidth digits and letters with marks are read, too.
        let typed = text.typed();
        let text = typed.text();
        let mut rest = 0;
        while let Some(start) = find_ignoring_case(&text[rest..], &self.prefix).map(|at| rest + at) {
            rest = start + self.prefix.len();
            let glued = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            if let Some(end) = number_end(text, rest)
                && !glued
            {
                found.push(typed.origin(start..end), "record-number");
                rest = end;
            }
        }
        Ok(())
    }
}

/// Where `word`, which is ASCII, begins in `text`.
fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Where the eight digits end that begin at `start`, if they are a record number. Spaces, hyphens and a colon may stand among them.
fn number_end(text: &str, start: usize) -> Option<usize> {
    let mut digits = Vec::with_capacity(DIGITS);
    for (at, c) in text[start..].char_indices() {
        match c.to_digit(10) {
            Some(digit) if digits.len() < DIGITS => digits.push((digit, start + at + 1)),
            Some(_) => return None,
            None if matches!(c, ' ' | '-' | ':') && digits.len() < DIGITS => {}
            None => break,
        }
    }
    let (_, end) = digits.get(DIGITS - 1)?;
    is_checked(digits.iter().map(|(digit, _)| *digit)).then_some(*end)
}

/// Whether the last of `digits` is their check digit: from the right, every second one is doubled, and the sum of all of their digits
/// is a multiple of ten.
fn is_checked(digits: impl DoubleEndedIterator<Item = u32>) -> bool {
    let weighed = digits.rev().enumerate().map(|(place, digit)| match place % 2 {
        0 => digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    });
    weighed.sum::<u32>().is_multiple_of(10)
}
