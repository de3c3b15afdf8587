//! What stands beside a number: what makes it a piece of something longer, and what only separates it from the text around it.
//!
//! It is decided here for every kind, from what a number can go on to. Letters and digits go on, unless their script puts no spaces
//! between words. A sign goes on only with digits behind it, and only where the two together are written so:
//!
//! * the sign stands in the number itself: another of its groups (`078-05-1123-9`);
//! * a stop at digits in one piece, or with spaces between them: a decimal, a version (`3.14159265`);
//! * a hyphen at a number in one piece, or with spaces in it, which it ties closer: an order, a part of a UUID (`302-4155552671`);
//! * a colon between digits by ones and twos: a time;
//! * a comma after a lone nought: a decimal, as most of the world writes it (`0,14159265`).
//!
//! Everything else separates: quotes, brackets, commas, slashes, underscores, equals signs, the end of a line. Numbers of the same
//! kind may stand side by side with one sign, or nothing, between them: each is what the other goes on to, and both are whole.

use std::ops::Range;

use crate::text::is_glued;

/// What may be a number of some kind, by all that is in it, and whether it is whole on either side.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    pub range: Range<usize>,
    pub what: T,
    begins: bool,
    ends: bool,
}

impl<T> Candidate<T> {
    /// What stands at `range` of `text`, beside what stands around it.
    pub(super) fn of(text: &str, range: Range<usize>, what: T) -> Self {
        Self { begins: begins(text, &range), ends: ends(text, &range), range, what }
    }

    /// Whether it is a number by itself.
    pub(super) fn stands_apart(&self) -> bool {
        self.begins && self.ends
    }

    /// Whether another number of the same kind may follow right behind it, with one sign between or none at all.
    pub(super) fn goes_on(&self) -> bool {
        !self.ends
    }
}

/// Those of `candidates` that are whole numbers, in the order of the text: they stand apart, or in a row that does.
pub(super) fn whole<T>(text: &str, mut candidates: Vec<Candidate<T>>) -> Vec<Candidate<T>> {
    if candidates.iter().all(Candidate::stands_apart) {
        return candidates;
    }
    candidates.sort_by_key(|candidate| candidate.range.start);
    let next = |at: usize| {
        let start = next_start(text, &candidates[at].range)?;
        let next = candidates.partition_point(|candidate| candidate.range.start < start);
        candidates.get(next).is_some_and(|candidate| candidate.range.start == start).then_some(next)
    };
    let pairs: Vec<_> = (0..candidates.len()).filter_map(|at| Some((at, next(at)?))).collect();
    // What a number goes on to is no more of it if that is a number: the row begins where its first does, and ends with its last.
    for (at, next) in &pairs {
        candidates[*next].begins |= candidates[*at].begins;
    }
    for (at, next) in pairs.iter().rev() {
        candidates[*at].ends |= candidates[*next].ends;
    }
    candidates.retain(Candidate::stands_apart);
    candidates
}

/// Where another number would begin that stands side by side with the one at `range`.
fn next_start(text: &str, range: &Range<usize>) -> Option<usize> {
    let sign = text[range.end..].chars().next()?;
    if !sign.is_alphanumeric() {
        return Some(range.end + sign.len_utf8());
    }
    // Digits in one piece do not show where one number ends and the next begins.
    text[range.clone()].contains(|c: char| !c.is_ascii_alphanumeric()).then_some(range.end)
}

/// Whether `range` of `text` is a number by itself, and not a piece of a longer word or number.
pub(super) fn stands_apart(text: &str, range: &Range<usize>) -> bool {
    begins(text, range) && ends(text, range)
}

/// Whether nothing before `range` of `text` belongs to the number there.
pub(super) fn begins(text: &str, range: &Range<usize>) -> bool {
    let (before, number, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let Some(sign) = before.chars().next_back() else { return true };
    if !is_apart(before) {
        return false;
    }
    let rest = &before[..before.len() - sign.len_utf8()];
    let far = digits(rest.bytes().rev());
    let near = digits(number.bytes());
    let decimal = sign == ',' && near == number.len() && is_lone_nought(rest) && !is_field_before(after);
    let time =
        sign == ':' && matches!(far, 1 | 2) && matches!(near, 1 | 2) && is_rest_of_time(&number[near..]);
    !(decimal || time || joins(number, sign, far) || is_in_uuid(text, range, sign))
}

/// Whether no letter or digit that `before` ends in goes on behind it.
pub(super) fn is_apart(before: &str) -> bool {
    !before.ends_with(is_word) || is_escape(before.as_bytes())
}

/// Whether nothing behind `range` of `text` belongs to the number there.
pub(super) fn ends(text: &str, range: &Range<usize>) -> bool {
    let (number, after) = (&text[range.clone()], &text[range.end..]);
    let Some(sign) = after.chars().next() else { return true };
    if is_word(sign) {
        return false;
    }
    let far = digits(after[sign.len_utf8()..].bytes());
    let near = digits(number.bytes().rev());
    let rest = &number[..number.len() - near];
    let time =
        sign == ':' && far == 2 && matches!(near, 1 | 2) && (rest.is_empty() || rest.ends_with([' ', 'T']));
    !(time || joins(number, sign, far) || is_in_uuid(text, range, sign))
}

/// Whether `before` ends in a nought that is nothing but itself: not the last of several digits, nor a field of several.
fn is_lone_nought(before: &str) -> bool {
    before.strip_suffix('0').is_some_and(|before| {
        !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | ';'))
    })
}

/// Whether `after` goes on with the comma between two fields, which has no space behind it.
fn is_field_before(after: &str) -> bool {
    after.strip_prefix(',').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

/// Whether `rest` may stand behind the minutes or seconds of a time: nothing, a word, or a fraction.
fn is_rest_of_time(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ') || rest.starts_with('.') && rest.matches('.').count() == 1
}

/// Whether `sign` joins `far` digits to `number`.
fn joins(number: &str, sign: char, far: usize) -> bool {
    far > 0
        && match sign {
            '-' | '.' | '/' | '_' | ':' | '*' | '~' if number.contains(sign) => true,
            '.' => number.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '),
            '-' => number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' '),
            _ => false,
        }
}

/// Whether a word or a number goes on with `c`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_glued(c)
}

/// Whether `before` ends in the escape of a line's end or a tab, as data in quotes writes them.
pub(super) fn is_escape(before: &[u8]) -> bool {
    before.ends_with(b"\\n") || before.ends_with(b"\\r") || before.ends_with(b"\\t")
}

/// How many digits `bytes` begin with, as far as it matters.
fn digits(bytes: impl Iterator<Item = u8>) -> usize {
    bytes.take(32).take_while(u8::is_ascii_digit).count()
}

/// Whether `range` of `text`, with `sign` beside it, is a piece of a UUID.
fn is_in_uuid(text: &str, range: &Range<usize>, sign: char) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    const LENGTH: usize = 36;
    if sign != '-' {
        return false;
    }
    let inside = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b'-';
    let bytes = text.as_bytes();
    let before = bytes[..range.start].iter().rev().take(LENGTH).take_while(|byte| inside(byte)).count();
    let after = bytes[range.end..].iter().take(LENGTH).take_while(|byte| inside(byte)).count();
    let sizes: Vec<_> = text[range.start - before..range.end + after].split('-').map(str::len).collect();
    before + after + range.len() >= LENGTH && sizes.windows(GROUPS.len()).any(|sizes| sizes == GROUPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number is between the bars.
    fn cut(marked: &str) -> (String, Range<usize>) {
        let (start, end) = (marked.find('‖').unwrap(), marked.rfind('‖').unwrap());
        (marked.replace('‖', ""), start..end - '‖'.len_utf8())
    }

    #[test]
    fn what_separates() {
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
            let (text, range) = cut(marked);
            assert!(stands_apart(&text, &range), "{marked:?}");
        }
    }

    #[test]
    fn what_goes_on() {
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
            "12:59:‖02.561233‖",
            "it was 0,‖4155552671‖, and",
        ] {
            let (text, range) = cut(marked);
            assert!(!stands_apart(&text, &range), "{marked:?}");
        }
    }

    #[test]
    fn numbers_side_by_side() {
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
            assert_eq!(whole(text, pieces.iter().map(candidate).collect()).len(), found, "{text:?}");
        }
    }
}
