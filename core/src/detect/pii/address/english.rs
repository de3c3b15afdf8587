//! Matches streets with the number first and the type after the name, as in the United States, the United Kingdom, Australia and Canada.

use super::name::{capital_name_end, name_end};
use super::number::{decreases, is_number_word};
use super::roles::Roles;
use super::street::{Certainty, Number, Street, StreetType};
use super::tokens::{Kind, Tokens};
use super::unit::is_in_unit;

/// Returns a street with the type after the name: `12 Main Street`, `5 W 42nd St`.
pub(super) fn english(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let comma = tokens.is_sign(number_end, ',');
    let name = if comma { number_end + 1 } else { number_end };
    // `Flat 3, Mill Lane`: the number is the flat's.
    if comma && is_in_unit(tokens, start) {
        return None;
    }
    let end = name_end(tokens, name);
    let is_type = |at: usize| tokens.has(at, Roles::AFTER | Roles::AFTER_WEAK);
    let types = || (name + 1..end).filter(|at| is_type(*at) && tokens.is(*at, Kind::Word));
    let strong = |at: &usize| tokens.has(*at, Roles::AFTER);
    let capital_name = |to: usize| (name..to).all(|at| is_capital_part(tokens, at));
    let mut at = types().find(strong).or_else(|| types().next_back())?;
    // Of two types in a row, the second is the type and the first is part of the name, and `St` before another type is a saint.
    let first = at;
    for other in types().skip_while(|other| *other <= first) {
        let no_name = (name..at).all(|at| tokens.has(at, Roles::DIRECTION) || tokens.is_sign(at, '.'));
        let saint = tokens.word(at) == "st" && (strong(&other) || no_name);
        if other == at + 1 && tokens.is_spaced(other) || saint {
            at = other;
        }
    }
    let certainty = if strong(&at) { Certainty::Strong } else { Certainty::Weak };
    if comma && certainty == Certainty::Weak {
        return None;
    }
    let capital = capital_name(at)
        && (!tokens.has(name, Roles::CONNECTOR) || tokens.is_capital(name) || tokens.word(name) == "the");
    if !capital && (at > name + 8 || (name..at).any(|at| is_no_lower_name(tokens, at))) {
        return None;
    }
    let mut street = Street::new(start, english_end(tokens, at), certainty, capital);
    street.number = Number::First;
    if capital && !comma && street.weight >= 2 && tokens.has(at, Roles::AFTER | Roles::COMMON) {
        street.kind = StreetType::Common;
    }
    street.weight -= i32::from(capital && !tokens.is_capital(at)) + i32::from(comma);
    street.weight -= i32::from(is_number_word(tokens, start)) + i32::from(decreases(tokens, start));
    if is_count(tokens, start) && (name..at).all(|at| KINDS_OF_ROAD.contains(&tokens.word(at))) {
        street.weight = street.weight.min(1);
    }
    Some(street)
}

/// Kinds of roads: after a small number, they are things that are counted, not part of a name.
const KINDS_OF_ROAD: &[&str] = &[
    "bike", "bumpy", "bus", "busy", "car", "carpool", "closed", "cycle", "dirt", "empty", "express", "fast",
    "gravel", "hov", "icy", "lane", "muddy", "narrow", "passing", "paved", "private", "quiet", "rocky",
    "shopping", "slow", "toll", "traffic", "turning", "wide", "winding",
];

/// Returns whether the number at `at` is small enough to be a count.
fn is_count(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.digits(at) == 0 && !tokens.is(at, Kind::Mixed)
        || tokens.text_at(at).parse().is_ok_and(|number: u32| number <= 12)
}

/// Returns whether the token at `at` can be part of a name in capital letters.
fn is_capital_part(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_capital(at)
        || !tokens.is(at, Kind::Word)
        || tokens.has(at, Roles::CONNECTOR)
        || tokens.has(at, Roles::DIRECTION)
}

/// Returns whether the word at `at` cannot be part of a street name in lower case.
fn is_no_lower_name(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, Roles::STOP) && !tokens.is_letter(at)
        || tokens.has(at, Roles::CONNECTOR)
            && !tokens.has(at, Roles::DIRECTION)
            && !matches!(tokens.word(at), "st" | "the" | "of")
        || tokens.has(at, Roles::NO_HOUSE | Roles::CLOSING | Roles::MEASURE)
}

/// Returns the index after the type at `at`, its full stop, and a point of the compass.
fn english_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at + 1;
    if tokens.is_glued_sign(end, '.') && tokens.word(at).len() <= 5 {
        end += 1;
    }
    let is_whole = |at: usize| {
        tokens.get(at + 1).is_none_or(|next| !matches!(next.kind, Kind::Word) || next.roles.any(Roles::UNIT))
    };
    let short = tokens.text_at(end).len() <= 2 && tokens.is_capital(end);
    if tokens.has(end, Roles::DIRECTION)
        && tokens.is_spaced(end)
        && (short || is_whole(end))
        && !tokens.has(end, Roles::STOP)
    {
        return if tokens.is_glued_sign(end + 1, '.') && short { end + 2 } else { end + 1 };
    }
    end
}

/// Returns a street that is a numbered road: `1234 State Highway 61`.
pub(super) fn highway(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let road = (number_end..number_end + 3).find(|at| tokens.has(*at, Roles::ROAD))?;
    let is_name =
        |at: usize| tokens.is(at, Kind::Word) && tokens.is_spaced(at) && !tokens.has(at, Roles::STOP);
    let number = tokens.after_stop(road + 1);
    let is_number = tokens.digits(number) > 0 && tokens.digits(number) < 5 && tokens.is_spaced(number);
    let named = (number_end..=road).all(is_name);
    let capital = tokens.is_capital(road);
    let street = Street::new(start, number + 1, Certainty::Weak, capital);
    (named && is_number).then_some(Street { number: Number::First, ..street })
}

/// Returns a street without a type, with the number first: `123 Broadway`, `5 The Green`.
pub(super) fn unnamed_type(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let mut end = capital_name_end(tokens, number_end, 5);
    // The state of an address without separators belongs to the town.
    while end > number_end
        && tokens.has(end - 1, Roles::REGION)
        && tokens.text_at(end - 1).bytes().all(|byte| byte.is_ascii_uppercase())
    {
        end -= 1;
    }
    (end > number_end && tokens.is_spaced(number_end)).then(|| Street {
        weight: 0,
        kind: StreetType::Missing,
        number: Number::First,
        ..Street::new(start, end, Certainty::Weak, true)
    })
}
