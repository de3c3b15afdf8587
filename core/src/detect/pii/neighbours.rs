//! Decides whether a number is delimited, that is, complete and not part of a longer word or number.
//!
//! The same rules apply to every kind. A letter or digit next to a number continues it, unless its script puts no spaces between
//! words. A punctuation character continues a number only if digits follow it, and only in these cases:
//!
//! * The character also separates groups within the number, so that another group follows (`078-05-1123-9`).
//! * A full stop next to digits in one piece, or in groups separated by spaces: a decimal fraction or a version (`3.14159265`).
//! * A hyphen next to a number in one piece, or with spaces, because a hyphen binds closer than a space: an order number or part of
//!   a UUID (`302-4155552671`).
//! * A colon between one or two digits on either side: a time.
//! * A comma after a single zero: a decimal fraction with a decimal comma (`0,14159265`).
//!
//! Everything else delimits: quotation marks, brackets, commas, slashes, underscores, equals signs, line breaks. Numbers of the same
//! kind may be adjacent, with one character or nothing between them: each continues the other, and both are complete.

use std::ops::Range;

use crate::order;
use crate::text::is_glued;

/// A possible number of some kind, valid by its own characters, and whether it is delimited on each side.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    pub range: Range<usize>,
    pub data: T,
    delimited_before: bool,
    delimited_after: bool,
}

impl<T> Candidate<T> {
    /// Creates a candidate for `range` of `text`.
    pub(super) fn of(text: &str, range: Range<usize>, data: T) -> Self {
        let (delimited_before, delimited_after) =
            (is_delimited_before(text, &range), is_delimited_after(text, &range));
        Self { range, data, delimited_before, delimited_after }
    }

    /// Returns whether it is delimited on both sides.
    pub(super) fn is_delimited(&self) -> bool {
        self.delimited_before && self.delimited_after
    }

    /// Returns whether the text after it continues it, so that another number of the same kind may follow directly or after one
    /// character.
    pub(super) fn is_continued(&self) -> bool {
        !self.delimited_after
    }
}

/// Returns those of `candidates` that are delimited, or part of a sequence of adjacent candidates that is, in the order of the text.
pub(super) fn delimited<T>(text: &str, mut candidates: Vec<Candidate<T>>) -> Vec<Candidate<T>> {
    if candidates.iter().all(Candidate::is_delimited) {
        return candidates;
    }
    order::by(&mut candidates, |candidate| (candidate.range.start, 0));
    let next = |at: usize| {
        let start = next_start(text, &candidates[at].range)?;
        let next = candidates.partition_point(|candidate| candidate.range.start < start);
        candidates.get(next).is_some_and(|candidate| candidate.range.start == start).then_some(next)
    };
    let pairs: Vec<_> = (0..candidates.len()).filter_map(|at| Some((at, next(at)?))).collect();
    // A sequence of adjacent numbers is delimited if its first is delimited before and its last is delimited after.
    for (at, next) in &pairs {
        candidates[*next].delimited_before |= candidates[*at].delimited_before;
    }
    for (at, next) in pairs.iter().rev() {
        candidates[*at].delimited_after |= candidates[*next].delimited_after;
    }
    candidates.retain(Candidate::is_delimited);
    candidates
}

/// Returns where a number that is adjacent to the one at `range` would start.
fn next_start(text: &str, range: &Range<usize>) -> Option<usize> {
    let next = text[range.end..].chars().next()?;
    if !next.is_alphanumeric() {
        return Some(range.end + next.len_utf8());
    }
    // Without separators, digits do not show where one number ends and the next starts.
    text[range.clone()].contains(|c: char| !c.is_ascii_alphanumeric()).then_some(range.end)
}

/// Returns whether the number at `range` of `text` is delimited: it is not part of a longer word or number.
pub(super) fn is_delimited(text: &str, range: &Range<usize>) -> bool {
    is_delimited_before(text, range) && is_delimited_after(text, range)
}

/// Returns whether the text before `range` does not belong to the number there.
pub(super) fn is_delimited_before(text: &str, range: &Range<usize>) -> bool {
    let (before, number, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let Some(separator) = before.chars().next_back() else { return true };
    if !is_word_start(before) {
        return false;
    }
    let rest = &before[..before.len() - separator.len_utf8()];
    let outer_digits = digits(rest.bytes().rev());
    let inner_digits = digits(number.bytes());
    let decimal = separator == ','
        && inner_digits == number.len()
        && ends_in_single_zero(rest)
        && !is_field_before(after);
    let time = separator == ':'
        && matches!(outer_digits, 1 | 2)
        && matches!(inner_digits, 1 | 2)
        && is_rest_of_time(&number[inner_digits..]);
    !(decimal || time || continues(number, separator, outer_digits) || is_in_uuid(text, range, separator))
}

/// Returns whether a word or number can start after `before`, because `before` does not end in a letter or digit of one.
pub(super) fn is_word_start(before: &str) -> bool {
    !before.ends_with(is_word_char) || is_escape(before.as_bytes())
}

/// Returns whether the text after `range` does not belong to the number there.
pub(super) fn is_delimited_after(text: &str, range: &Range<usize>) -> bool {
    let (number, after) = (&text[range.clone()], &text[range.end..]);
    let Some(separator) = after.chars().next() else { return true };
    if is_word_char(separator) {
        return false;
    }
    let outer_digits = digits(after[separator.len_utf8()..].bytes());
    let time = separator == ':' && outer_digits == 2 && ends_in_hour(number);
    !(time || continues(number, separator, outer_digits) || is_in_uuid(text, range, separator))
}

/// Returns whether `before` ends in a zero that is neither the last of several digits nor a field of a comma-separated list.
fn ends_in_single_zero(before: &str) -> bool {
    before.strip_suffix('0').is_some_and(|before| {
        !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | ';'))
    })
}

/// Returns whether `after` starts with a comma without a space after it, as between the fields of a comma-separated list.
fn is_field_before(after: &str) -> bool {
    after.strip_prefix(',').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

/// Returns whether `number` is an hour, or ends in one after a date (`2026-11-20 10`, `20261120T10`).
fn ends_in_hour(number: &str) -> bool {
    let inner_digits = digits(number.bytes().rev());
    let (date, hour) = number.split_at(number.len() - inner_digits);
    let date = date.strip_suffix([' ', 'T']).map_or(date, str::trim_end);
    // Within a number, digits before the last group are separated by spaces too, or belong to a country code.
    let is_date = date.is_empty()
        || date.len() < number.len() - inner_digits
            && date.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/' | b'_'));
    is_date && matches!(inner_digits, 1 | 2) && hour.parse::<u8>().is_ok_and(|hour| hour <= 24)
}

/// Returns whether `rest` may follow the minutes or seconds of a time: nothing, a space, or a fraction.
fn is_rest_of_time(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ') || rest.starts_with('.') && rest.matches('.').count() == 1
}

/// Returns whether `separator` with `outer_digits` digits beyond it continues `number`.
fn continues(number: &str, separator: char, outer_digits: usize) -> bool {
    outer_digits > 0
        && match separator {
            '-' | '.' | '/' | '_' | ':' | '*' | '~' if number.contains(separator) => true,
            '.' => number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '),
            '-' => number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' '),
            _ => false,
        }
}

/// Returns whether `c` continues a word or number.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !is_glued(c)
}

/// Returns whether `before` ends in the escape sequence of a line break or tab, as in quoted data.
pub(super) fn is_escape(before: &[u8]) -> bool {
    before.ends_with(b"\\n") || before.ends_with(b"\\r") || before.ends_with(b"\\t")
}

/// Returns the number of digits that `bytes` starts with, at most 32.
fn digits(bytes: impl Iterator<Item = u8>) -> usize {
    bytes.take(32).take_while(u8::is_ascii_digit).count()
}

/// Returns whether `range` of `text`, which is next to `separator`, is part of a UUID.
fn is_in_uuid(text: &str, range: &Range<usize>, separator: char) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    const LENGTH: usize = 36;
    if separator != '-' {
        return false;
    }
    let is_uuid_byte = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b'-';
    let bytes = text.as_bytes();
    let before = bytes[..range.start].iter().rev().take(LENGTH).take_while(|byte| is_uuid_byte(byte)).count();
    let after = bytes[range.end..].iter().take(LENGTH).take_while(|byte| is_uuid_byte(byte)).count();
    let sizes: Vec<_> = text[range.start - before..range.end + after].split('-').map(str::len).collect();
    before + after + range.len() >= LENGTH && sizes.windows(GROUPS.len()).any(|sizes| sizes == GROUPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text without its bars, and the range of the number between them.
    fn parse_marked(marked: &str) -> (String, Range<usize>) {
        let (start, end) = (marked.find('‖').unwrap(), marked.rfind('‖').unwrap());
        (marked.replace('‖', ""), start..end - '‖'.len_utf8())
    }

    #[test]
    fn numbers_that_are_delimited() {
        for marked in [
            "‖4111111111111111‖,12/27,123",
            "Ann,42,‖078-05-1123‖,x",
            "1,‖4111111111111111‖,2",
            "0,‖4111111111111111‖,2",
            "card_‖4111111111111111‖",
            "_‖078-05-1123‖_",
            "‖4111111111111111‖/12/27",
            "‖4111111111111111‖:12:27",
            "12:‖4111111111111111‖",
            "‖GB82 WEST 1234 5698 7654 12‖:12",
            "‖+33 1 70 18 99 12‖:12",
            "‖01 70 18 99 12‖:12",
            "‖078 05 32‖:12",
            "‖(415) 555-2671‖/2672",
            "‖078-05-1123‖.5",
            "ssn=‖078-05-1123‖&x=1",
            "{\"ssn\":‖078051123‖}",
            "\"a\\n‖078-05-1123‖\\n\"",
            "番号‖078-05-1123‖です",
            "번호‖078-05-1123‖입니다",
            "—‖078-05-1123‖—",
            "it is ‖078-05-1123‖...",
            "x-‖078-05-1123‖-x",
            "‖078-05-1123‖\n9",
            "‖+14155552671‖,+14155552672",
            "1.‖ABCPE1234F‖.",
        ] {
            let (text, range) = parse_marked(marked);
            assert!(is_delimited(&text, &range), "{marked:?}");
        }
    }

    #[test]
    fn numbers_that_are_not_delimited() {
        for marked in [
            "‖078-05-1123‖-9",
            "9-‖078-05-1123‖",
            "‖078_05_1123‖_9",
            "‖078-05-1123‖4",
            "x‖078051123‖",
            "é‖078051123‖",
            "3.‖4111111111111111‖",
            "‖4111111111111111‖.5",
            "0,‖4111111111111111‖",
            "302-‖4111111111111111‖",
            "‖045 33 1234‖-5678",
            "‖045 33 1234‖.5",
            "‖4111111111111111‖-1",
            "1.‖128.1.0‖",
            "123e4567-e89b-12d3-a456-‖426614174000‖",
            "‖41111111‖-e89b-12d3-a456-426614174000",
            "20261120 ‖10‖:30",
            "‖20261120 10‖:30",
            "‖2026-11-20 9‖:30",
            "‖20261120T10‖:30",
            "12:59:‖02.561233‖",
            "it was 0,‖4155552671‖, and",
        ] {
            let (text, range) = parse_marked(marked);
            assert!(!is_delimited(&text, &range), "{marked:?}");
        }
    }

    #[test]
    fn adjacent_numbers_are_complete_if_their_sequence_is_delimited() {
        for (text, pieces, found) in [
            ("078-05-1123078-05-1124", &["078-05-1123", "078-05-1124"][..], 2),
            ("078-05-1123-078-05-1124", &["078-05-1123", "078-05-1124"], 2),
            ("4111111111111111.4012888888881881", &["4111111111111111", "4012888888881881"], 2),
            ("078-05-1123-078-05-1124-9", &["078-05-1123", "078-05-1124"], 0),
            ("x078-05-1123-078-05-1124", &["078-05-1123", "078-05-1124"], 0),
            ("41111111111111114012888888881881", &["4111111111111111", "4012888888881881"], 0),
        ] {
            let candidate = |piece: &&str| {
                let start = text.find(*piece).unwrap();
                Candidate::of(text, start..start + piece.len(), ())
            };
            assert_eq!(delimited(text, pieces.iter().map(candidate).collect()).len(), found, "{text:?}");
        }
    }
}
