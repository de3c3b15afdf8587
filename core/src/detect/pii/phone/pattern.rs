//! [`Pattern`]: the regular expressions of numbering plans, which consist of digits, `\d`, `[2-9]`, groups, `|`, `?`, `{2,4}` and `$`.
//!
//! A general engine takes a hundred times the time and memory to compile them, which is more than a text with a single number needs.

use std::ops::Range;

/// A regular expression of digits.
#[derive(Debug)]
pub(super) struct Pattern {
    pub alternatives: Vec<Alternative>,
}

/// What a pattern matched at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub end: usize,
    /// What its groups captured.
    pub groups: Groups,
}

/// The ranges that the capturing groups of a pattern matched.
pub(super) type Groups = Vec<Range<usize>>;

/// Pieces that follow each other.
#[derive(Debug)]
pub(super) struct Alternative {
    /// The digits that it may start with; all if it may be empty.
    first: Digits,
    pub pieces: Vec<Piece>,
}

/// A piece of a pattern, and how often it occurs.
#[derive(Debug)]
pub(super) struct Piece {
    pub what: What,
    pub min: usize,
    pub max: usize,
}

/// The kinds of pieces.
#[derive(Debug)]
pub(super) enum What {
    Digit(Digits),
    /// A group, and whether it captures.
    Group(Pattern, bool),
    /// The end of the text.
    End,
}

/// A set of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits(u16);

impl Digits {
    const ALL: Self = Self(0b11_1111_1111);

    fn range(from: u8, to: u8) -> Self {
        Self((from..=to).fold(0, |all, digit| all | 1 << (digit - b'0')))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn contain(self, digit: u8) -> bool {
        self.0 >> (digit - b'0') & 1 == 1
    }
}

/// The rest of a match, called with the position reached so far; returns whether it matches.
type Next<'n> = &'n mut dyn FnMut(usize, &Groups) -> bool;

impl Pattern {
    /// Parses a pattern of a plan.
    pub(super) fn of(text: &str) -> Self {
        Self::parse(&mut text.as_bytes())
    }

    /// Returns whether it matches all of `digits`.
    pub(super) fn matches(&self, digits: &str) -> bool {
        let is_end = &mut |at: usize, _: &Groups| at == digits.len();
        self.match_at(digits.as_bytes(), 0, &Groups::new(), is_end)
    }

    /// Returns the match at the start of `digits`: of the first alternative that matches, and as long as possible.
    pub(super) fn match_start(&self, digits: &str) -> Option<Match> {
        let mut found = None;
        let keep = &mut |end: usize, groups: &Groups| {
            found = Some(Match { end, groups: groups.clone() });
            true
        };
        self.match_at(digits.as_bytes(), 0, &Groups::new(), keep);
        found
    }

    fn match_at(&self, text: &[u8], at: usize, groups: &Groups, next: Next<'_>) -> bool {
        let may_match =
            |first: Digits| text.get(at).map_or(first == Digits::ALL, |digit| first.contain(*digit));
        self.alternatives
            .iter()
            .any(|one| may_match(one.first) && match_pieces(&one.pieces, text, at, groups, next))
    }

    /// Parses alternatives up to the end of `text` or of the group.
    fn parse(text: &mut &[u8]) -> Self {
        let mut alternatives = vec![Vec::new()];
        while let [byte, rest @ ..] = text {
            match byte {
                b')' => break,
                b'|' => {
                    *text = rest;
                    alternatives.push(Vec::new());
                }
                _ => alternatives.last_mut().expect("there is one from the start").push(Piece::parse(text)),
            }
        }
        Self { alternatives: alternatives.into_iter().map(Alternative::of).collect() }
    }

    /// Returns the digits that it may start with.
    fn first(&self) -> Digits {
        self.alternatives.iter().fold(Digits(0), |all, one| all.and(one.first))
    }
}

impl Alternative {
    fn of(pieces: Vec<Piece>) -> Self {
        let mut first = Digits(0);
        for piece in &pieces {
            first = match &piece.what {
                What::Digit(digits) => first.and(*digits),
                What::Group(pattern, _) => first.and(pattern.first()),
                What::End => Digits::ALL,
            };
            if piece.min > 0 {
                return Self { first, pieces };
            }
        }
        Self { first: Digits::ALL, pieces }
    }
}

impl Piece {
    /// Parses the piece that `text` begins with.
    fn parse(text: &mut &[u8]) -> Self {
        let (what, rest) = match *text {
            [b'$', rest @ ..] => (What::End, rest),
            [b'\\', _, rest @ ..] => (What::Digit(Digits::ALL), rest),
            [b'[', rest @ ..] => parse_class(rest),
            [b'(', b'?', b':', rest @ ..] => parse_group(rest, false),
            [b'(', rest @ ..] => parse_group(rest, true),
            [digit, rest @ ..] => (What::Digit(Digits::range(*digit, *digit)), rest),
            [] => (What::End, &[][..]),
        };
        let (min, max, rest) = parse_times(rest);
        *text = rest;
        Self { what, min, max }
    }
}

/// Parses the rest of a group, and returns it with what follows it.
fn parse_group(mut text: &[u8], captures: bool) -> (What, &[u8]) {
    let inner = Pattern::parse(&mut text);
    (What::Group(inner, captures), text.get(1..).unwrap_or_default())
}

/// Parses the rest of a class such as `[02-9]`, and returns it with what follows it.
fn parse_class(mut text: &[u8]) -> (What, &[u8]) {
    let mut digits = Digits(0);
    loop {
        match text {
            [b']', rest @ ..] => return (What::Digit(digits), rest),
            [from, b'-', to, rest @ ..] => {
                digits = digits.and(Digits::range(*from, *to));
                text = rest;
            }
            [one, rest @ ..] => {
                digits = digits.and(Digits::range(*one, *one));
                text = rest;
            }
            [] => return (What::Digit(digits), text),
        }
    }
}

/// Returns the minimum and maximum number of repetitions of the piece before `text`, and the rest of `text`.
fn parse_times(text: &[u8]) -> (usize, usize, &[u8]) {
    match text {
        [b'?', rest @ ..] => (0, 1, rest),
        [b'{', rest @ ..] => {
            let number =
                |bytes: &[u8]| bytes.iter().fold(0, |value, digit| value * 10 + usize::from(digit - b'0'));
            let end = rest.iter().position(|byte| *byte == b'}').unwrap_or(rest.len());
            let mut bounds = rest[..end].split(|byte| *byte == b',').map(number);
            let min = bounds.next().unwrap_or_default();
            (min, bounds.next().unwrap_or(min), rest.get(end + 1..).unwrap_or_default())
        }
        rest => (1, 1, rest),
    }
}

/// Matches `pieces` one after the other.
fn match_pieces(pieces: &[Piece], text: &[u8], at: usize, groups: &Groups, next: Next<'_>) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return next(at, groups) };
    match &piece.what {
        What::End => at == text.len() && match_pieces(rest, text, at, groups, next),
        What::Digit(digits) => {
            let others = text[at..].iter().take(piece.max);
            let longest = others.take_while(|digit| digits.contain(**digit)).count();
            (piece.min..=longest).rev().any(|count| match_pieces(rest, text, at + count, groups, next))
        }
        What::Group(inner, captures) => {
            let group = Repeated { inner, captures: *captures, rest, min: piece.min, max: piece.max };
            group.match_at(text, at, groups, next)
        }
    }
}

/// A group, how many more times it may occur, and the pieces after it.
#[derive(Clone, Copy)]
struct Repeated<'p> {
    inner: &'p Pattern,
    captures: bool,
    rest: &'p [Piece],
    min: usize,
    max: usize,
}

impl Repeated<'_> {
    fn match_at(self, text: &[u8], at: usize, groups: &Groups, next: Next<'_>) -> bool {
        let again = Self { min: self.min.saturating_sub(1), max: self.max.saturating_sub(1), ..self };
        let once = &mut |end: usize, inner: &Groups| {
            if self.captures {
                let mut captured = inner.clone();
                captured.push(at..end);
                again.match_at(text, end, &captured, next)
            } else {
                again.match_at(text, end, inner, next)
            }
        };
        self.max > 0 && self.inner.match_at(text, at, groups, once)
            || self.min == 0 && match_pieces(self.rest, text, at, groups, next)
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::super::made;
    use super::super::plans::PLANS;
    use super::*;
    use crate::detect::pii::random::Random;

    /// Returns the patterns of all plans.
    fn patterns() -> impl Iterator<Item = &'static str> {
        let kinds = ["any", "trunk", "abroad", "starts"];
        let rows = move |plan: &super::super::plans::Plan| kinds.map(|key| plan.row(key));
        PLANS.iter().flat_map(move |plan| {
            plan.kinds()
                .map(|(_, _, pattern)| pattern)
                .chain(plan.bare().map(|(_, starts)| starts))
                .chain(rows(plan))
        })
    }

    #[test]
    fn agrees_with_regex_on_every_pattern() {
        let mut random = Random::new(1);
        for text in patterns().filter(|text| !text.is_empty()) {
            let pattern = Pattern::of(text);
            let regex = |end| Regex::new(&format!("^(?:{text}){end}")).unwrap();
            let (whole, start) = (regex("$"), regex(""));
            for _ in 0..50 {
                let digits = made::nearly(&pattern, &mut random);
                assert_eq!(pattern.matches(&digits), whole.is_match(&digits), "{text} {digits}");
                let expected = start.captures(&digits).map(|found| Match {
                    end: found[0].len(),
                    groups: found.iter().skip(1).flatten().map(|group| group.range()).collect(),
                });
                assert_eq!(pattern.match_start(&digits), expected, "{text} {digits}");
            }
        }
    }
}
