//! What stands beside a number: what makes it a piece of something longer, and what only separates it from the text around it.
//!
//! It is decided here for every kind, from what a number can go on to. Letters and digits go on, unless their script puts no spaces
//! between words. A sign goes on only with digits behind it, and only where the two together are written so:
//!
//! * the sign stands in the number itself: another of its groups (`078-05-1123-9`);
//! * a stop at digits in one piece: a decimal, a version (`3.14159265`);
//! * a hyphen at a number in one piece: an order, a part of a UUID (`302-4155552671`);
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
    if candidates.iter().any(|candidate| !candidate.stands_apart()) {
        candidates.sort_by_key(|candidate| candidate.range.start);
        for at in 0..candidates.len() {
            if candidates[at].begins && !candidates[at].ends {
                let row = row(text, &candidates, at);
                for member in row {
                    (candidates[member].begins, candidates[member].ends) = (true, true);
                }
            }
        }
        candidates.retain(Candidate::stands_apart);
    }
    candidates
}

/// The candidates from the one at `first` on that stand side by side; none of them if the last is a piece of something longer.
fn row<T>(text: &str, candidates: &[Candidate<T>], first: usize) -> Vec<usize> {
    let mut row = vec![first];
    let mut last = &candidates[first];
    while !last.ends {
        let Some(start) = next_start(text, &last.range) else { return Vec::new() };
        let at = candidates.partition_point(|candidate| candidate.range.start < start);
        match candidates.get(at) {
            Some(next) if next.range.start == start => last = next,
            _ => return Vec::new(),
        }
        row.push(at);
    }
    row
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
    let (before, number) = (&text[..range.start], &text[range.clone()]);
    let Some(sign) = before.chars().next_back() else { return true };
    if is_word(sign) {
        return is_escape(before);
    }
    let rest = &before[..before.len() - sign.len_utf8()];
    let far = digits(rest.bytes().rev());
    let near = digits(number.bytes());
    // A list of numbers may have a nought in it.
    let decimal = sign == ','
        && far == 1
        && rest.ends_with('0')
        && !rest[..rest.len() - 1].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | ';'))
        && near == number.len()
        && !text[range.end..].starts_with(',');
    let time = sign == ':' && far <= 2 && near <= 2 && is_time(number[near..].chars().next());
    !(decimal || time || joins(number, near, sign, far) || is_in_uuid(text, range, sign))
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
    let time = sign == ':' && far == 2 && near <= 2 && is_time(rest.chars().next_back());
    !(time || joins(number, near, sign, far) || is_in_uuid(text, range, sign))
}

/// Whether `sign` joins `far` digits to `number`, which has `near` digits next to it.
fn joins(number: &str, near: usize, sign: char, far: usize) -> bool {
    far > 0
        && match sign {
            '-' | '.' | '/' | '_' | ':' | '*' | '~' if number.contains(sign) => true,
            '.' => near == number.len(),
            '-' => number.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            _ => false,
        }
}

/// Whether digits beside a colon are of a time, by what stands on their other side.
fn is_time(other: Option<char>) -> bool {
    other.is_none_or(|c| matches!(c, ' ' | 'T'))
}

/// Whether a word or a number goes on with `c`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_glued(c)
}

/// Whether `before` ends in the escape of a line's end or a tab, as data in quotes writes them.
fn is_escape(before: &str) -> bool {
    before.strip_suffix(['n', 'r', 't']).is_some_and(|before| before.ends_with('\\'))
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
            "‖4111 1111 1111 1111‖-12/27",
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
            "‖4111111111111111‖-1",
            "1.‖128.1.0‖",
            "123e4567-e89b-12d3-a456-‖426614174000‖",
            "‖41111111‖-e89b-12d3-a456-426614174000",
            "20261120 ‖10‖:30",
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
