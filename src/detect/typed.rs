//! [`Typed`]: a text as a plain keyboard would have typed it, for what machines read: addresses, numbers, keys.
//!
//! Unlike the folded view it keeps case and letters, because a key in another case is another key. It takes away what nobody sees
//! and turns digits of every script, and the signs that addresses are made of, into their ASCII forms.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::{Offsets, is_invisible};

/// A text as a plain keyboard would have typed it, with the way back.
#[derive(Clone, Debug)]
pub(super) struct Typed<'t> {
    text: Cow<'t, str>,
    /// Nothing when it is the text itself.
    offsets: Option<Offsets>,
}

impl<'t> Typed<'t> {
    /// Reads `text`. Costs nothing worth counting when there is nothing to change.
    pub(super) fn of(text: &'t str) -> Self {
        if text.is_ascii() || text.chars().all(is_typed) {
            return Self { text: Cow::Borrowed(text), offsets: None };
        }
        let (mut typed, mut offsets) = (String::with_capacity(text.len()), Offsets::default());
        for c in text.chars() {
            if is_typed(c) {
                typed.push(c);
                offsets.copy(c.len_utf8());
            } else {
                let before = typed.len();
                type_into(c, &mut typed);
                offsets.swap(typed.len() - before, c.len_utf8());
            }
        }
        Self { text: Cow::Owned(typed), offsets: Some(offsets) }
    }

    /// The text as typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the text that `range` of the typed text stands for.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        match &self.offsets {
            Some(offsets) => offsets.to_origin(range),
            None => range,
        }
    }
}

/// Whether `c` stays as it is.
fn is_typed(c: char) -> bool {
    c.is_ascii() || !(is_unseen(c) || digit(c).is_some() || sign(c).is_some() || is_costume(c))
}

/// Whether `c` adds nothing to what is read: nobody sees it, or it makes a key of the digit before it.
fn is_unseen(c: char) -> bool {
    is_invisible(c) || c == '\u{20e3}'
}

fn type_into(c: char, typed: &mut String) {
    if is_unseen(c) {
    } else if let Some(ascii) = digit(c).or_else(|| sign(c)) {
        typed.push(ascii);
    } else {
        typed.extend(std::iter::once(c).nfkc());
    }
}

/// The ASCII digit for a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    if let Some(value) = circled(c) {
        return char::from_digit(value, 10);
    }
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The value of a digit in a circle, white or black, of one line or two.
fn circled(c: char) -> Option<u32> {
    const ONES: [char; 6] = ['\u{2460}', '\u{24f5}', '\u{2776}', '\u{2780}', '\u{278a}', '\u{1f102}'];
    if matches!(c, '\u{24ea}' | '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}' | '\u{1f101}') {
        return Some(0);
    }
    let value = |one: &char| u32::from(c).checked_sub(u32::from(*one)).filter(|after| *after < 9);
    ONES.iter().find_map(value).map(|after| after + 1)
}

/// The sign of an address or a number that `c` stands for. Full-width commas, brackets and question marks are not among them: they
/// end an address in running Chinese or Japanese.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2024}' | '\u{fe52}' | '\u{ff0e}' => '.',
        '\u{a789}' | '\u{fe55}' | '\u{ff1a}' | '\u{2236}' => ':',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{fe6b}' | '\u{ff20}' => '@',
        '\u{ff0b}' => '+',
        '\u{ff3f}' => '_',
        _ => return None,
    })
}

/// Whether `c` is a Latin letter in another width or weight.
fn is_costume(c: char) -> bool {
    matches!(c, '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7cd}')
}

/// Whether `c` is of a script that puts no spaces between words, or none between a word and what belongs to it: what stands beside a
/// name in letters of ASCII is the sentence around it.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// The zeros of the decimal digits of every script, in order: the other nine follow each.
const ZEROS: &[char] = &[
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
    '\u{1fbf0}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_read_is_read_through_costumes() {
        for (text, typed) in [
            ("Ab1-z", "Ab1-z"),
            ("４１１１", "4111"),
            ("٤١١١ ۴۱۱۱ ४१११", "4111 4111 4111"),
            ("𝟜𝟙 𝐀𝐊𝐈𝐀", "41 AKIA"),
            ("④①⑤ ❺⓪➒ 4\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}", "415 509 41"),
            ("a\u{200b}@\u{2060}b．ｃｏ", "a@b.co"),
            ("12\u{a0}34–56", "12 34-56"),
            ("ELPAÍS. Привет 😀", "ELPAÍS. Привет 😀"),
        ] {
            assert_eq!(Typed::of(text).text(), typed, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_leads_back() {
        let text = "é ４\u{200b}１x";
        let typed = Typed::of(text);
        let at = typed.text().find("41").unwrap();
        assert_eq!(&text[typed.origin(at..at + 2)], "４\u{200b}１");
    }
}
