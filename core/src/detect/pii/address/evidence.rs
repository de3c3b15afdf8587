//! Weighs the evidence that a street with what is around it is an address.

use super::roles::Roles;
use super::street::{Number, Street, StreetType};
use super::tail::{Tail, is_end};
use super::tokens::{Kind, Tokens};

/// The weight from which a street is an address.
pub(super) const ENOUGH: i32 = 3;

/// How many tokens before an address may introduce it.
const NEAR: usize = 6;

/// Returns the weight of the evidence for an address of `street`, the part of a building before it, and `tail`.
pub(super) fn weight(tokens: &Tokens<'_>, street: &Street, start: usize, tail: &Tail) -> i32 {
    let unit = tail.unit || start < street.start;
    let mut weight = street.weight + tail.postcode;
    weight += 2 * i32::from(unit && (street.is_typed() || tail.postcode > 0));
    weight += i32::from(tail.town && tail.postcode < 2 && street.is_typed());
    weight += i32::from(tail.country);
    if tail.postcode < 2 && (!street.is_numbered() || is_counted(tokens, street)) {
        return 0;
    }
    // `2 Chainz Street Team`: a small number may count things that the words name.
    let is_phrase =
        street.number == Number::First && !is_no_count(tokens, street.start) && !is_end(tokens, tail.end);
    weight -= i32::from(is_phrase && street.capital && tail.end == street.end);
    // Other evidence counts only if the words themselves name a street.
    if street.is_typed() && street.is_numbered() && weight < ENOUGH {
        weight += 2 * i32::from(is_introduced(tokens, start));
        weight += i32::from(
            street.kind == StreetType::Common
                && is_no_count(tokens, street.start)
                && is_end(tokens, tail.end),
        );
    }
    weight
}

/// Returns whether the number of `street` counts what follows, or is a year: `Hauptstraße 5 Minuten`, `Lindenstraße 1985 im Ersten`.
fn is_counted(tokens: &Tokens<'_>, street: &Street) -> bool {
    let last = street.end - 1;
    let year = tokens.text_at(last);
    let is_year = street.number == Number::Last
        && tokens.digits(last) == 4
        && matches!(&year[..2], "19" | "20")
        && tokens.is(street.end, Kind::Word)
        && !tokens.is_capital(street.end);
    tokens.is_spaced(street.end) && tokens.has(street.end, Roles::NO_ADDRESS) || is_year
}

/// Returns whether a word shortly before `start` says that an address follows: `my address is`, `I live at`.
fn is_introduced(tokens: &Tokens<'_>, start: usize) -> bool {
    let near = (start.saturating_sub(NEAR)..start).rev();
    near.take_while(|at| {
        !matches!(tokens.get(*at).map(|token| token.kind), Some(Kind::Sign('.' | '!' | '?' | ',')))
    })
    .any(|at| tokens.has(at, Roles::INTRODUCTION))
}

/// Returns whether the number at `at` is unlikely to be a count: it has three or more digits and is not round.
fn is_no_count(tokens: &Tokens<'_>, at: usize) -> bool {
    let number = tokens.text_at(at);
    let is_year = number.len() == 4 && matches!(&number[..2], "19" | "20");
    tokens.digits(at) >= 3 && !number.ends_with("00") && !is_year || tokens.is(at, Kind::Mixed)
}
