//! Matches what follows the street of an address: units, localities, the town with its postal code, the country.

use super::data::LONG_COUNTRIES;
use super::name::{capital_name_end, is_weekday};
use super::postcode::{Format, postcode};
use super::roles::Roles;
use super::separator::{Separator, separator};
use super::street::{Number, Street};
use super::tokens::{Kind, Tokens};
use super::unit::unit;

/// The maximum number of parts after the street.
const MAX_PARTS: usize = 8;

/// The maximum number of words in the name of a town.
const MAX_TOWN: usize = 6;

/// What follows a street, as evidence for an address.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    pub end: usize,
    /// The evidence of a postal code and the parts next to it, from 0 to [`super::evidence::ENOUGH`].
    pub postcode: i32,
    pub unit: bool,
    pub town: bool,
    pub country: bool,
}

/// Returns what follows `street`.
pub(super) fn tail(tokens: &Tokens<'_>, street: &Street) -> Tail {
    let mut tail = Tail { end: street.end, ..Tail::default() };
    let mut at = street.end;
    // Localities found before a postal code. They belong to the address only if a postal code follows, or nothing does.
    let mut towns: Vec<(usize, Separator)> = Vec::new();
    for _ in 0..MAX_PARTS {
        let (separator, next) = separator(tokens, at);
        if let Some(end) = unit(tokens, next).filter(|_| tail.postcode == 0) {
            (tail.end, tail.unit, at) = (end, true, end);
            continue;
        }
        let country = country_end(tokens, next)
            .filter(|_| separator != Separator::Space || tail.postcode > 0)
            .filter(|end| tail.postcode > 0 && !tokens.is_capital(*end) || is_end(tokens, *end));
        if let Some(end) = country {
            (tail.end, tail.country) = (end, true);
            tail.town |= !towns.is_empty();
            return tail;
        }
        if tail.postcode > 0 {
            return tail;
        }
        if let Some((end, weight, town)) = postal(tokens, next, separator, street) {
            tail.town |= town || !towns.is_empty();
            (tail.end, tail.postcode, at) = (end, weight, end);
            continue;
        }
        // A post-office box after the street.
        if tokens.has(next, Roles::BOX) && separator != Separator::Space && tokens.digits(next + 1) > 0 {
            at = next + 2;
            continue;
        }
        match locality(tokens, next, street) {
            Some(end) if towns.len() < 4 => {
                towns.push((end, separator));
                at = end;
            }
            _ => break,
        }
    }
    with_town(tokens, street, tail, &towns)
}

/// Returns `tail` with the first of `towns` if it ends a sentence, a line or a list.
fn with_town(tokens: &Tokens<'_>, street: &Street, tail: Tail, towns: &[(usize, Separator)]) -> Tail {
    let Some((end, separator)) = towns.first().copied() else { return tail };
    // After a line break or a space, the next words may be anything.
    let is_town = match separator {
        Separator::Comma => street.capital && is_end(tokens, end),
        Separator::Line => street.capital && street.is_typed() && is_line_end(tokens, end),
        Separator::Space => street.weight >= 3 && street.capital && is_end(tokens, end) && !tail.unit,
    };
    if !is_town {
        return tail;
    }
    let mut end = end;
    if let Some((next, Separator::Comma)) = towns.get(1).filter(|(next, _)| is_end(tokens, *next)) {
        end = *next;
    }
    Tail { end, town: true, ..tail }
}

/// Returns whether a sentence, line, clause or the text ends at `at`.
pub(super) fn is_end(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_none_or(|token| match token.kind {
        Kind::Word | Kind::Number | Kind::Mixed => {
            token.roles.any(Roles::STOP | Roles::CLOSING | Roles::CONNECTOR)
                && !token.capital
                && tokens.text[..token.range.start].ends_with([' ', '\n'])
        }
        Kind::Sign(':' | '=' | '\'' | '’' | '@') => false,
        _ => true,
    })
}

fn is_line_end(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens
        .get(at)
        .is_none_or(|token| matches!(token.kind, Kind::Line | Kind::Sign('.' | '"' | ')' | '!' | '?')))
}

/// Returns the index after the locality at `at`, which a separator, the end of the text or a new sentence must follow.
fn locality(tokens: &Tokens<'_>, at: usize, street: &Street) -> Option<usize> {
    let end = town_end(tokens, at, MAX_TOWN);
    if end > at {
        return Some(end);
    }
    // In lower case, a locality counts only between separators.
    let mut end = at;
    while !street.capital
        && end < at + 3
        && tokens.is(end, Kind::Word)
        && !tokens.has(end, Roles::STOP | Roles::CLOSING)
    {
        end += 1;
    }
    (end > at && separator(tokens, end).0 != Separator::Space).then_some(end)
}

/// Returns the index after the town with capital letters at `at`, or `at`: `Frankfurt am Main`, `Halle (Saale)`, `St. Louis`.
fn town_end(tokens: &Tokens<'_>, at: usize, max: usize) -> usize {
    if is_weekday(tokens, at) {
        return at;
    }
    let mut end = capital_name_end(tokens, at, max);
    if end == at {
        return at;
    }
    // A full stop at the end of a sentence does not belong to an abbreviation.
    if tokens.is_sign(end - 1, '.') && end < at + max {
        let goes_on = tokens.is(end, Kind::Word) && tokens.is_capital(end);
        end -= usize::from(!goes_on);
    }
    if tokens.is_sign(end, '(') && tokens.is_capital(end + 1) {
        let name = capital_name_end(tokens, end + 1, 3);
        if tokens.is_sign(name, ')') {
            return name + 1;
        }
    }
    if tokens.is_glued_sign(end, '/') && tokens.is_capital(end + 1) && !tokens.is_spaced(end + 1) {
        return end + 2;
    }
    end
}

/// Returns the end of the town and postal code that start at `at`, in any order, their weight as evidence, and whether there is a town.
fn postal(
    tokens: &Tokens<'_>,
    at: usize,
    separator: Separator,
    street: &Street,
) -> Option<(usize, i32, bool)> {
    // `Hauptstraße 5 in 10115 Berlin`
    let in_town = matches!(tokens.word(at), "in" | "a" | "en") && tokens.digits(at + 1) >= 4;
    let at = if in_town { at + 1 } else { at };
    let code = code_first(tokens, at, separator, street);
    if !street.is_typed() && street.number == Number::Last {
        // `Toyota Camry 2020, Los Angeles`: only an unmistakable postal code makes it a street.
        return code.filter(|(_, weight, _)| *weight >= 3);
    }
    code.or_else(|| town_first(tokens, at, separator, street))
}

/// Returns the end of the postal code and town at `at`, and their weight as evidence.
pub(super) fn code_and_town(tokens: &Tokens<'_>, at: usize, street: &Street) -> Option<(usize, i32)> {
    let (end, weight, town) = code_first(tokens, at, Separator::Comma, street)?;
    town.then_some((end, weight))
}

/// Matches a postal code, and a town after it if there is one: `75002 Paris`, `1012 AB Amsterdam`, `20121 Milano MI`.
fn code_first(
    tokens: &Tokens<'_>,
    at: usize,
    before: Separator,
    street: &Street,
) -> Option<(usize, i32, bool)> {
    let (format, code_end) = lower_dutch(tokens, at, street).or_else(|| postcode(tokens, at))?;
    if format == Format::Letters {
        return Some((code_end, 3, false));
    }
    let (after, next) = separator(tokens, code_end);
    let town = match after {
        _ if format == Format::Four => town_of_four(tokens, at, next, street).unwrap_or(next),
        Separator::Space => any_town_end(tokens, next, street),
        Separator::Comma | Separator::Line => town_end(tokens, next, MAX_TOWN),
    };
    // `Down`, `Best` and `Il Rosi` are towns after a postal code, if nothing else follows.
    let odd = capital_name_end(tokens, next + 1, MAX_TOWN).max(next + 1);
    let is_odd = town == next
        && tokens.is_capital(next)
        && !tokens.has(next, Roles::CLOSING)
        && !tokens.is_letter(next);
    let town = if is_odd && format != Format::Four && after == Separator::Space && is_end(tokens, odd) {
        odd
    } else {
        town
    };
    let has_town =
        town > next && (after != Separator::Line || is_line_end(tokens, town) || format == Format::Dutch);
    if !has_town {
        return match format {
            Format::Dutch => Some((code_end, 3, false)),
            Format::Prefixed => Some((code_end, 2, false)),
            Format::Five if before != Separator::Space || street.weight > 0 && street.is_typed() => {
                Some((code_end, 1, false))
            }
            _ => None,
        };
    }
    let weight = match format {
        Format::Dutch | Format::Prefixed => 3,
        Format::Four => 1,
        _ => 2,
    };
    let (end, weight) = after_town(tokens, town, weight);
    Some((end, weight, true))
}

/// Returns the index after the town at `at` that follows the four digits at `code`, as in Austria and Switzerland.
fn town_of_four(tokens: &Tokens<'_>, code: usize, at: usize, street: &Street) -> Option<usize> {
    let is_year = matches!(tokens.text_at(code).get(..2), Some("19" | "20"));
    let is_street = street.is_typed() && street.capital && street.number == Number::Last;
    (is_street && !is_year && at == code + 1).then(|| town_end(tokens, at, MAX_TOWN))
}

/// Matches a Dutch postal code in lower case, which counts only after a street.
fn lower_dutch(tokens: &Tokens<'_>, at: usize, street: &Street) -> Option<(Format, usize)> {
    let letters = tokens.text_at(at + 1);
    let is_code = tokens.digits(at) == 4
        && letters.len() == 2
        && tokens.is(at + 1, Kind::Word)
        && !tokens.has(at + 1, Roles::STOP | Roles::CONNECTOR);
    (is_code && street.is_typed() && !street.capital).then_some((Format::Dutch, at + 2))
}

/// Returns the index after the town at `at`, with capital letters, or one word of a name in lower case.
fn any_town_end(tokens: &Tokens<'_>, at: usize, street: &Street) -> usize {
    let end = town_end(tokens, at, MAX_TOWN);
    if end > at
        || !tokens.is(at, Kind::Word)
        || tokens.has(at, Roles::STOP | Roles::CLOSING)
        || !street.is_typed()
    {
        return end;
    }
    let is_first = tokens.has(at, Roles::TOWN_FIRST | Roles::CONNECTOR)
        && tokens.is(at + 1, Kind::Word)
        && !tokens.has(at + 1, Roles::STOP | Roles::CLOSING);
    let end = if is_first { at + 2 } else { at + 1 };
    if street.capital && !is_end(tokens, end) { at } else { end }
}

/// Returns the index after the province or `CEDEX` at `at`, and the weight with it.
fn after_town(tokens: &Tokens<'_>, at: usize, weight: i32) -> (usize, i32) {
    // The town before it may include `CEDEX` as its last word.
    let cedex = if tokens.word(at) == "cedex" { at } else { at - 1 };
    if tokens.word(cedex) == "cedex" {
        return (if (1..=2).contains(&tokens.digits(cedex + 1)) { cedex + 2 } else { cedex + 1 }, 3);
    }
    let is_code = |at: usize| {
        let text = tokens.text_at(at);
        tokens.is(at, Kind::Word) && text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let (_, next) = separator(tokens, at);
    if tokens.is_sign(at, '(') && is_code(at + 1) && tokens.is_sign(at + 2, ')') {
        return (at + 3, 3);
    }
    if is_code(next) && separator(tokens, at).0 != Separator::Line && is_end(tokens, next + 1) {
        return (next + 1, weight);
    }
    // The town before it may include the province as its last word: `00184 Roma RM`.
    (at, weight)
}

/// Matches a town, and a state or postal code after it: `Springfield, IL 62704`, `London SW1A 2AA`, `Richmond VIC 3121`, `Madrid, 28013`.
fn town_first(
    tokens: &Tokens<'_>,
    at: usize,
    before: Separator,
    street: &Street,
) -> Option<(usize, i32, bool)> {
    let mut region_only = None;
    for words in 0..=MAX_TOWN {
        let end = at + words;
        if words > 0 && !is_town_word(tokens, end - 1, street) {
            break;
        }
        if words > 1
            && !tokens.is_spaced(end - 1)
            && !tokens.is_sign(end - 1, '.')
            && !tokens.is_sign(end - 2, '.')
        {
            break;
        }
        let end = if words > 0 { tokens.after_stop(end) } else { end };
        let end = if tokens.is_sign(end, '(') && town_end(tokens, end - 1, 1) > end && words > 0 {
            town_end(tokens, end - 1, 1)
        } else {
            end
        };
        let (separator_after, next) = separator(tokens, end);
        if words == 0 && end != next {
            break;
        }
        let region = region(tokens, next);
        let code = region.unwrap_or(next);
        let (_, code) = separator(tokens, code);
        let capital = words == 0 || tokens.is_capital(at);
        if let Some((format, code_end)) = postcode(tokens, code) {
            let is_code = match format {
                Format::Letters => true,
                Format::Five => {
                    region.is_some()
                        && (street.is_typed() || tokens.is_capital(next) || tokens.is_sign(next, '('))
                        || words > 0 && (separator_after != Separator::Line || capital)
                }
                Format::Four => {
                    let is_year = matches!(tokens.text_at(code).get(..2), Some("19" | "20"));
                    let is_town = words > 0 && separator_after == Separator::Space && capital;
                    let is_state = region.is_some() && tokens.has(next, Roles::STATE_OF_FOUR);
                    is_state && (street.is_typed() || tokens.is_capital(next))
                        || is_town && street.is_typed() && street.number == Number::First && !is_year
                }
                _ => false,
            };
            if is_code {
                let weight = match (format, region) {
                    (Format::Letters, _) | (_, Some(_)) => 3,
                    (Format::Five, None) => 2,
                    _ => 1,
                };
                return Some((code_end, weight, words > 0));
            }
        }
        // A state without a postal code.
        let is_code = tokens.text_at(next).bytes().all(|byte| byte.is_ascii_uppercase());
        let is_region = words > 0 && capital && is_code && before != Separator::Space;
        let region = region.filter(|end| is_region && !tokens.is_capital(*end));
        region_only = region_only.or(region);
    }
    region_only.map(|end| (end, 1, true))
}

/// Returns whether the word at `at` may be part of a town.
fn is_town_word(tokens: &Tokens<'_>, at: usize, street: &Street) -> bool {
    if !tokens.is(at, Kind::Word) {
        return tokens.is_glued_sign(at, '.');
    }
    let is_stop = tokens.has(at, Roles::STOP | Roles::CLOSING);
    tokens.has(at, Roles::CONNECTOR)
        || tokens.is_capital(at) && (tokens.is_letter(at) || !is_stop)
        || street.is_typed() && !is_stop
}

/// Returns the index after the state or province at `at`: `IL`, `(QC)`, `D.C.`, `Ont.`.
fn region(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.is_sign(at, '(') {
        return region(tokens, at + 1).filter(|end| tokens.is_sign(*end, ')')).map(|end| end + 1);
    }
    if tokens.is_letter(at)
        && tokens.is_glued_sign(at + 1, '.')
        && tokens.is_letter(at + 2)
        && tokens.is_glued_sign(at + 3, '.')
    {
        return Some(at + 4);
    }
    tokens.has(at, Roles::REGION).then(|| tokens.after_stop(at + 1))
}

/// Returns the index after the country whose name starts at `at`.
fn country_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.has(at, Roles::COUNTRY) || !tokens.is_capital(at) {
        return None;
    }
    let is_at = |name: &&&[&str]| name.iter().enumerate().all(|(i, word)| tokens.word(at + i) == *word);
    let first = tokens.word(at);
    match LONG_COUNTRIES.iter().find(is_at) {
        Some(name) => Some(at + name.len()),
        None => (!LONG_COUNTRIES.iter().any(|name| name[0] == first)).then_some(at + 1),
    }
}
