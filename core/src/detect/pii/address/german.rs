//! Matches streets with the number last and the type at the end of the name, as in Germany and the Netherlands.

use super::data::{DUTCH_SUFFIXES, GERMAN_SUFFIXES};
use super::name::{capital_name_end, is_ordinal, is_stop};
use super::number::{house_number_last, numbered_end};
use super::roles::Roles;
use super::street::{Certainty, Street, StreetType};
use super::tokens::{Kind, Tokens};

/// Returns a street whose type is the end of a word or a word after the name, with the number last: `Hauptstraße 12`, `Korte Laan 5`.
pub(super) fn german(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<Street> {
    if !tokens.is(at, Kind::Word) {
        return None;
    }
    let number = tokens.after_stop(at + 1);
    let number = if tokens.is_sign(number, ',') { number + 1 } else { number };
    if !tokens.get(number).is_some_and(|token| {
        matches!(token.kind, Kind::Number | Kind::Mixed) || token.roles.any(Roles::NUMBER)
    }) {
        return None;
    }
    let (certainty, alone, dutch) = type_at_end(tokens, at)?;
    let end = numbered_end(tokens, number)?;
    let start = name_start(tokens, at, from, alone, dutch);
    if alone && start == at {
        return None;
    }
    Some(Street::new(start, end, certainty, tokens.is_capital(start) || tokens.is_capital(at) && !alone))
}

/// Returns a German street that begins with a preposition or its type: `Am Alten Markt 5`, `Straße des 17. Juni 135`.
pub(super) fn prefixed_german(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    let is_type = tokens.has(start, Roles::LAST | Roles::LAST_WEAK);
    if !(is_type || tokens.has(start, Roles::PREPOSITION) && tokens.is_capital(start)) {
        return None;
    }
    let mut name = start + 1;
    while tokens.has(name, Roles::CONNECTOR) && name < start + 3 {
        name += 1;
    }
    if is_type && name == start + 1 {
        return None;
    }
    if is_type
        && tokens.digits(name) > 0
        && tokens.is_glued_sign(name + 1, '.')
        && tokens.has(name + 2, Roles::MONTH)
    {
        let end = house_number_last(tokens, name + 3)?;
        return Some(Street::new(start, end, Certainty::Strong, tokens.is_capital(start)));
    }
    let mut end = capital_name_end(tokens, name, 3);
    let capital = end > name;
    while !capital && end < name + 3 && tokens.is(end, Kind::Word) && !is_stop(tokens, end) {
        end += 1;
    }
    let end = (end > name).then(|| numbered_end(tokens, end))??;
    let certainty = if tokens.has(start, Roles::LAST) { Certainty::Strong } else { Certainty::Weak };
    let street = Street::new(start, end, certainty, capital);
    Some(Street { weight: if is_type { street.weight } else { 1 }, ..street })
}

/// Returns a street without a type, with the number last: `Spui 12`.
pub(super) fn unnamed_type_last(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<Street> {
    if !tokens.is_capital(at)
        || !tokens.is_spaced(at + 1)
        || tokens.has(at, Roles::UNIT | Roles::STOP | Roles::CLOSING)
    {
        return None;
    }
    let end = house_number_last(tokens, at + 1)?;
    let start = name_start(tokens, at, from, true, true);
    Some(Street { weight: 0, kind: StreetType::Missing, ..Street::new(start, end, Certainty::Weak, true) })
}

/// Returns the certainty of the type at the end of the word at `at`, whether it is the whole word, and whether it is Dutch.
fn type_at_end(tokens: &Tokens<'_>, at: usize) -> Option<(Certainty, bool, bool)> {
    let word = tokens.word(at);
    if tokens.has(at, Roles::LAST | Roles::LAST_WEAK) {
        let certainty = if tokens.has(at, Roles::LAST) { Certainty::Strong } else { Certainty::Weak };
        return Some((
            certainty,
            true,
            matches!(word, "straat" | "laan" | "gracht" | "plein" | "kade" | "dijk"),
        ));
    }
    let ends = |(suffix, _): &&(&str, bool)| word.len() >= suffix.len() + 2 && word.ends_with(suffix);
    let german = GERMAN_SUFFIXES.iter().find(ends).map(|row| (row, false));
    let dutch = || DUTCH_SUFFIXES.iter().find(ends).map(|row| (row, true));
    let ((suffix, is_weak), is_dutch) = german.filter(|((_, weak), _)| !weak).or_else(dutch).or(german)?;
    // `str` is a type only as an abbreviation.
    if matches!(word, "milaan" | "orkaan")
        || *suffix == "str" && !tokens.is_glued_sign(at + 1, '.') && word.len() < 7
    {
        return None;
    }
    Some((if *is_weak { Certainty::Weak } else { Certainty::Strong }, false, is_dutch))
}

/// Returns the start of the name that ends at the type at `at`.
fn name_start(tokens: &Tokens<'_>, at: usize, from: usize, alone: bool, dutch: bool) -> usize {
    let mut start = at;
    let mut next = at;
    let hyphenated = tokens.word(at).contains('-');
    let max = if alone || dutch { 3 } else { 1 };
    while next > from && start + max > at && tokens.is_spaced(next) {
        next -= 1;
        let is_ordinal = tokens.is(next, Kind::Mixed) && is_ordinal(tokens.word(next));
        let is_article = matches!(
            tokens.word(next),
            "der" | "die" | "das" | "den" | "dem" | "ein" | "eine" | "mein" | "meine"
        );
        let is_name = tokens.is_capital(next)
            && !is_article
            && !tokens.has(next, Roles::STOP | Roles::INTRODUCTION | Roles::PREPOSITION)
            && (alone
                || dutch
                || tokens.has(next, Roles::ADJECTIVE)
                || hyphenated && tokens.word(next).contains('-'));
        // In lower case, one word before a separate type may be the name.
        let is_lower = alone
            && next + 1 == at
            && tokens.is(next, Kind::Word)
            && !tokens.has(next, Roles::STOP | Roles::INTRODUCTION | Roles::CONNECTOR | Roles::PREPOSITION);
        if is_name
            || is_lower
            || is_ordinal
            || tokens.has(next, Roles::ADJECTIVE) && !tokens.is(next, Kind::Number) && tokens.is_capital(next)
        {
            start = next;
        } else if !((alone || dutch)
            && tokens.has(next, Roles::CONNECTOR)
            && !tokens.has(next, Roles::PREPOSITION))
        {
            break;
        }
    }
    // `H.-Dieter-Faust-Straße`
    if start >= from + 3
        && tokens.is_glued_sign(start - 1, '-')
        && !tokens.is_spaced(start)
        && tokens.is_glued_sign(start - 2, '.')
    {
        start -= 3;
    }
    start
}
