//! Decides whether the words directly before a number say that it does not identify a person but an order, an invoice, a book or a meeting.
//!
//! This applies to all kinds of personal data that only the digits suggest. It never applies if a label of such a kind is next to the
//! number, or a country code.

mod words;

use self::words::{
    ABBREVIATED_NUMBERS, CALLS, CJK, CONNECTORS, DEEDS, FILLERS, ITEMS, MADE, NUMBERED, NUMBERS, STEMS,
    SUFFIXES,
};
use super::context::without_case_and_accents;
use crate::text::is_glued;

/// How far before the number its name may start, in bytes.
const BEFORE: usize = 64;

/// The maximum number of words from the name to the number.
const MAX_WORDS: usize = 6;

/// Returns whether the words before the number at `at` in `text` name another kind of number, as in `invoice no. `.
pub(super) fn is_named(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE));
    let line = text[from..at].rsplit('\n').next().unwrap_or_default();
    let line = without_case_and_accents(line);
    let (mut rest, mut is_numbered, mut is_list, mut is_of_thing) = (&*line, false, false, false);
    for _ in 0..MAX_WORDS {
        let trimmed = rest.trim_end_matches(is_gap);
        let gap = &rest[trimmed.len()..];
        let start =
            trimmed.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| trimmed.ceil_char_boundary(at + 1));
        let word = &trimmed[start..];
        rest = &trimmed[..start];
        is_numbered |= gap.contains(['#', '№']);
        if word.is_empty() || gap.contains(". ") && !may_be_abbreviated(word) {
            return false;
        }
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        match () {
            // Other groups of the same number, and other numbers in the same list.
            () if is_number && (is_list || !gap.contains(' ')) => is_list = false,
            () if is_list || is_number => return false,
            () if MADE.contains(&word) || is_compound(word) || ends_in_cjk_name(word) => return true,
            () if is_of_thing => return ABBREVIATED_NUMBERS.contains(&word),
            () if ITEMS.contains(&word) => return is_numbered || !is_called_for(rest),
            () if NUMBERED.contains(&word) => {
                if is_numbered {
                    return true;
                }
                // The thing may come after the word for a number: `n° client`.
                is_of_thing = true;
            }
            () if NUMBERS.contains(&word) => is_numbered = true,
            () if CONNECTORS.contains(&word) => is_list = true,
            () if FILLERS.contains(&word) => {}
            () => return false,
        }
    }
    false
}

/// Returns whether `word` ends in a Chinese, Japanese or Korean name of a number, which no space precedes.
fn ends_in_cjk_name(word: &str) -> bool {
    word.ends_with(is_glued) && CJK.iter().any(|name| word.ends_with(name))
}

/// Returns whether brackets directly after the number that ends at `at` in `text` name it, as in ` (order no.)`.
pub(super) fn is_named_after(text: &str, at: usize) -> bool {
    let Some(inside) = text[at..].trim_start_matches(' ').strip_prefix(['(', '[']) else { return false };
    let to = inside.floor_char_boundary(inside.len().min(BEFORE));
    let Some((inside, _)) = inside[..to].split_once([')', ']']) else { return false };
    let inside = without_case_and_accents(inside);
    let words: Vec<_> =
        inside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_numbered = inside.contains(['#', '№']) || words.iter().any(|word| NUMBERS.contains(word));
    let is_name = |word: &&str| {
        MADE.contains(word)
            || ITEMS.contains(word)
            || is_compound(word)
            || ends_in_cjk_name(word)
            || is_numbered && NUMBERED.contains(word)
    };
    !words.is_empty()
        && words.iter().any(&is_name)
        && words.iter().all(|word| is_name(word) || NUMBERS.contains(word) || FILLERS.contains(word))
}

/// Returns whether `c` may be between a name and its number.
fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | ':'
            | '：'
            | '='
            | '-'
            | '–'
            | '.'
            | '/'
            | '_'
            | '#'
            | '№'
            | '°'
            | 'º'
            | '"'
            | '\''
            | '`'
            | '*'
            | '('
            | '['
            | '&'
    )
}

/// Returns whether a full stop after `word` may abbreviate it.
fn may_be_abbreviated(word: &str) -> bool {
    NUMBERS.contains(&word)
        || word.ends_with("nr")
        || word.len() <= 4 && (ITEMS.contains(&word) || NUMBERED.contains(&word))
}

/// Returns whether `word` is a compound such as `Rechnungsnummer`, `ordernr` and `orderId`.
fn is_compound(word: &str) -> bool {
    SUFFIXES
        .iter()
        .filter_map(|suffix| word.strip_suffix(suffix))
        .any(|stem| STEMS.contains(&stem) || ITEMS.contains(&stem) || NUMBERED.contains(&stem))
}

/// Returns whether `before` ends in a word that makes a verb of the item, as in `to order 415-867-5309`, or asks for a call about it: `call
/// for tickets 020 7946 0958`.
fn is_called_for(before: &str) -> bool {
    let words = || before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().next_back().is_some_and(|word| DEEDS.contains(&word)) || words().any(|word| CALLS.contains(&word))
}

#[cfg(test)]
mod tests;
