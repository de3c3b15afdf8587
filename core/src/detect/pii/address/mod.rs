//! Finds street addresses of the United States, the United Kingdom, Germany, France, Spain, Italy, the Netherlands, Australia and Canada.
//!
//! All countries share one matcher over tokens, and differ in data: which words are types of streets and whether they stand before or
//! after the name, where the house number stands, which words name parts of buildings, and how postal codes look. [`data`] has a table for
//! each language, with its source; [`postcode`] has the grammars of postal codes.
//!
//! | country | street | then |
//! |---|---|---|
//! | US, UK, AU, CA | number, name, type | unit; town, state, postal code |
//! | France, CA (French) | number, type, name | unit; postal code, town |
//! | Germany, NL | name, type, number; the type is often the end of the name | unit; postal code, town |
//! | Spain, Italy | type, name, number | unit; postal code, town, province |
//!
//! [`english`], [`romance`] and [`german`] match the street by the order of its words, [`post_box`] matches what replaces a street,
//! [`unit`](mod@unit) matches parts of buildings before and after the street, and [`tail`] the rest, which may be on the same line, with or
//! without commas, or on the following lines. Any street may have any rest, because people write foreign addresses as they write those of
//! their own country.
//!
//! A street alone may be an everyday phrase (`3 Court`, `5 Google Drive`, `via Windows 10`), so [`evidence`] adds weights, and an address
//! needs at least [`evidence::ENOUGH`]:
//!
//! | weight | evidence |
//! |---|---|
//! | 3 | a number and a name in capital letters with a type that is seldom anything else (`12 Oak Street`, `Hauptstraße 5`) |
//! | 2 | the same with a type that is also an everyday word (`12 Oak Drive`) |
//! | 0 to 2 | the same in lower case |
//! | 0 | a number and capitalised words without a type |
//! | 3 | a postal code with letters, a state and a postal code, a postal code with the code of its country |
//! | 2 | five digits and a town; a unit; an introduction (`I live at`) |
//! | 1 | five digits alone; a town or country; a number that is no count (`4821`, `12b`) |
//!
//! The setting `region` does not matter: unlike a phone number, an address shows its country.

mod data;
mod english;
mod evidence;
mod german;
#[cfg(test)]
mod made;
mod name;
mod number;
mod post_box;
mod postcode;
mod roles;
mod romance;
mod separator;
mod street;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;
mod unit;
mod words;

use std::ops::Range;

use self::roles::Roles;
use self::street::{Number, Street, StreetType};
use self::tail::Tail;
use self::tokens::{Kind, Tokens};
use crate::detect::{Budget, Exhausted};
use crate::order;

/// The cost of a token, in units of [`Budget`], measured and rounded up.
const TOKEN_COST: u64 = 200;

/// The cost of matching what follows a street.
const TAIL_COST: u64 = 1_000;

/// How many tokens after a street its postal code may be.
const NEAR_CODE: usize = 24;

/// How many tokens before a street its postal code may be.
const NEAR_TOWN: usize = 9;

/// Finds the street addresses in `text`.
pub(super) fn find(text: &str, budget: &mut Budget) -> Result<Vec<Range<usize>>, Exhausted> {
    if !may_have_address(text) {
        return Ok(Vec::new());
    }
    let (mut found, mut nearly): (Vec<Range<usize>>, Vec<_>) = (Vec::new(), Vec::new());
    each(text, budget, |tokens, candidate| {
        let is_address = candidate.weight >= evidence::ENOUGH;
        if is_address {
            found.push(candidate.range(tokens));
        } else if candidate.weight + 1 == evidence::ENOUGH && candidate.street.capital {
            nearly.push(candidate.range(tokens));
        }
        is_address
    })?;
    // Next to an address, a street with less evidence counts too: `12 Oak Drive and 14 Elm Street`.
    nearly.retain(|street| found.iter().any(|address| is_listed(text, street, address)));
    found.extend(nearly);
    order::by(&mut found, |range| (range.start, 0));
    Ok(found)
}

/// Words that join two addresses.
const CONJUNCTIONS: [&str; 13] =
    ["&", "and", "e", "en", "et", "o", "oder", "of", "or", "ou", "und", "y", "/"];

/// Returns whether two ranges of `text` are separated by a conjunction and nothing else.
fn is_listed(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    text.get(first.end..second.start)
        .is_some_and(|gap| gap.len() <= 8 && CONJUNCTIONS.contains(&gap.trim_start_matches(',').trim()))
}

/// Returns the streets in `text` that are not addresses, each with the reason.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut near = Vec::new();
    let mut budget = Budget::RULE;
    // Near misses that were found before the budget ran out suffice.
    let _exhausted = each(text, &mut budget, |tokens, candidate| {
        let is_near =
            candidate.street.is_typed() && candidate.street.capital && candidate.street.is_numbered();
        if is_near && candidate.weight < evidence::ENOUGH {
            let why = "it is a street without a postal code, a unit or a town next to it, and may be an everyday phrase";
            near.push((candidate.range(tokens), why.to_owned()));
        }
        is_near || candidate.weight >= evidence::ENOUGH
    });
    near
}

/// Returns whether `text` contains a number that may be a house number or a postal code: at most six digits that are not part of a decimal,
/// a time or a longer word.
fn may_have_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|digit| at + digit) {
        let end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = end;
        let separates = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'.' | b':'));
        let in_number =
            start > 1 && separates(start - 1) && is_digit(start - 2) || separates(end) && is_digit(end + 1);
        // `SW1A2AA` has letters on both sides.
        let in_word = start > 0 && is_letter(start - 1) && !is_letter(end);
        if end - start <= 6 && !in_number && !in_word {
            return true;
        }
    }
    false
}

/// A possible address.
struct Candidate {
    start: usize,
    street: Street,
    tail: Tail,
    weight: i32,
}

impl Candidate {
    fn range(&self, tokens: &Tokens<'_>) -> Range<usize> {
        let last = self.tail.end.max(self.start + 1) - 1;
        let start = tokens.get(self.start).map_or(0, |token| token.range.start);
        // A full stop at the end may belong to the sentence.
        let last = if tokens.is_glued_sign(last, '.') && last > self.start && !tokens.is_letter(last - 1) {
            last - 1
        } else {
            last
        };
        start..tokens.get(last).map_or(tokens.text.len(), |token| token.range.end)
    }
}

/// Calls `is_taken` for each possible address of `text`, in order. Skips those that overlap one for which it returned `true`.
fn each(
    text: &str,
    budget: &mut Budget,
    mut is_taken: impl FnMut(&Tokens<'_>, &Candidate) -> bool,
) -> Result<(), Exhausted> {
    let tokens = Tokens::of(text);
    budget.spend(TOKEN_COST * tokens.len() as u64)?;
    let (mut at, mut from) = (0, 0);
    while at < tokens.len() {
        let mut next = at + 1;
        for street in streets_at(&tokens, at, from).into_iter().flatten() {
            if !is_free(&tokens, &street, from) || !street.is_typed() && !is_code_near(&tokens, street.end) {
                continue;
            }
            budget.spend(TAIL_COST)?;
            let mut tail = tail::tail(&tokens, &street);
            if tail.end > street.end {
                budget.spend(TAIL_COST)?;
                tail.end = end_before_next(&tokens, &street, tail.end);
            }
            let mut start = unit::before(&tokens, &street, from).unwrap_or(street.start);
            if let Some((town, weight)) =
                town_before(&tokens, &street, start, from).filter(|_| tail.postcode == 0)
            {
                (start, tail.postcode) = (town, weight);
            }
            let weight = evidence::weight(&tokens, &street, start, &tail);
            let candidate = Candidate { start, street, tail, weight };
            if is_taken(&tokens, &candidate) {
                (next, from) = (candidate.tail.end.max(next), candidate.tail.end);
                break;
            }
        }
        at = next;
    }
    Ok(())
}

/// Returns `end`, the end of the text after `street`, or the start of the next address if that is earlier: `10115 Berlin und Goethestraße
/// 5`.
fn end_before_next(tokens: &Tokens<'_>, street: &Street, end: usize) -> usize {
    let is_next = |next: &Street| {
        next.is_typed()
            && next.is_numbered()
            && next.weight >= 2
            && (street.end + 1..end).contains(&next.start)
            && next.end > end
    };
    let streets = (street.end..end).flat_map(|at| streets_at(tokens, at, street.end)).flatten();
    let Some(mut next) = streets.filter(is_next).map(|next| next.start).min() else { return end };
    // Where the type comes last, the name before it may include the end of the previous town: `Frankfurt am Main of Korte Laan 5`.
    let joint = (next..end).rfind(|at| CONJUNCTIONS.contains(&tokens.word(*at)));
    if !tokens.has(next, Roles::BEFORE | Roles::BEFORE_WEAK) {
        next = joint.unwrap_or(next);
    }
    let mut end = next;
    while end > street.end + 1 && tokens.has(end - 1, Roles::CONNECTOR | Roles::PREPOSITION | Roles::STOP) {
        end -= 1;
    }
    end
}

/// Returns the streets that may start at token `at`, the most certain first. None starts before token `from`.
fn streets_at(tokens: &Tokens<'_>, at: usize, from: usize) -> [Option<Street>; 4] {
    if let Some(end) = number::house_number(tokens, at) {
        return [
            romance::french(tokens, at, end),
            english::highway(tokens, at, end),
            english::english(tokens, at, end),
            english::unnamed_type(tokens, at, end),
        ];
    }
    if !tokens.is(at, Kind::Word) && !tokens.is(at, Kind::Mixed) {
        return [None; 4];
    }
    [
        post_box::post_box(tokens, at).or_else(|| post_box::military(tokens, at)),
        romance::romance(tokens, at)
            .or_else(|| romance::named_by_type(tokens, at))
            .or_else(|| unnumbered(tokens, at, from)),
        german::german(tokens, at, from).or_else(|| german::prefixed_german(tokens, at)),
        german::unnamed_type_last(tokens, at, from),
    ]
}

/// Returns the start and the weight of a postal code with its town that end before `start`: `10115 Berlin, Hauptstraße 12`.
fn town_before(tokens: &Tokens<'_>, street: &Street, start: usize, from: usize) -> Option<(usize, i32)> {
    let earliest = from.max(start.saturating_sub(NEAR_TOWN));
    (earliest..start).find_map(|at| {
        let is_free = at == 0 || tokens.is_spaced(at) || !tokens.is_sign(at - 1, '-');
        let is_prefix = tokens.is_glued_sign(at + 1, '-') && tokens.digits(at + 2) >= 4;
        let is_start = is_free && (tokens.digits(at) >= 4 || is_prefix);
        let (end, weight) = tail::code_and_town(tokens, at, street).filter(|_| is_start)?;
        (end < start && separator::separator(tokens, end).1 == start).then_some((at, weight))
    })
}

/// Returns whether digits or letters that may be a postal code follow within a few tokens of `at`. Without them, a name is not examined
/// further.
fn is_code_near(tokens: &Tokens<'_>, at: usize) -> bool {
    (at..at + NEAR_CODE).any(|at| tokens.digits(at) >= 4 || tokens.is(at, Kind::Mixed))
}

/// Returns whether `street` comes after the last address and is not part of a longer word.
fn is_free(tokens: &Tokens<'_>, street: &Street, from: usize) -> bool {
    let glued = !tokens.is_spaced(street.start) && street.start > 0;
    let is_word = |at: usize| {
        tokens.get(at).is_some_and(|token| match token.kind {
            Kind::Word | Kind::Mixed | Kind::Number => true,
            // An address on the web, or the handle of a user.
            Kind::Sign('@' | '#' | '.') => !tokens.is(street.start, Kind::Number),
            _ => false,
        })
    };
    street.start >= from && !(glued && is_word(street.start - 1))
}

/// Returns an English street without a number, which counts only because a part of a building precedes it: `Flat 3, Mill Lane`.
fn unnumbered(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<Street> {
    let is_type = tokens.has(at, Roles::AFTER | Roles::AFTER_WEAK) && tokens.is_capital(at);
    if !is_type || at == 0 {
        return None;
    }
    let mut start = at;
    while start > from && at < start + 4 && tokens.is_capital(start - 1) && tokens.is_spaced(start) {
        start -= 1;
    }
    let street = Street {
        start,
        end: at + 1,
        weight: 0,
        capital: true,
        number: Number::Missing,
        kind: StreetType::Usual,
    };
    (start < at && unit::before(tokens, &street, from).is_some()).then_some(street)
}
