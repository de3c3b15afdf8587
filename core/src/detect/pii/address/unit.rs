//! Recognises parts of buildings: apartments, floors, staircases.

use super::roles::Roles;
use super::separator::separator;
use super::street::Street;
use super::tokens::{Kind, Tokens};

/// Returns the index after the unit at `at`: `Apt 4B`, `#5`, `2. OG`, `3º B`, `// Wohnung 12`, `penthouse`.
pub(super) fn unit(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.is_sign(at, '/') && tokens.is_glued_sign(at + 1, '/') {
        // DIN 5008: two slashes, then the unit in any form.
        let short = tokens.is_letter(at + 2) && tokens.digits(at + 3) > 0;
        return if short { Some(at + 4) } else { unit(tokens, at + 2).or_else(|| value(tokens, at + 2)) };
    }
    if tokens.is_sign(at, '#') {
        return value(tokens, at + 1);
    }
    if tokens.has(at, Roles::UNIT) && tokens.is(at, Kind::Word) {
        let mut next = tokens.after_stop(at + 1);
        if tokens.is_sign(next, '#') {
            next += 1;
        } else if tokens.has(next, Roles::NUMBER) && !tokens.is_letter(next) {
            next = tokens.after_stop(next + 1);
        }
        if let Some(end) = value(tokens, next) {
            return Some(end);
        }
    }
    if tokens.has(at, Roles::UNIT_ALONE) {
        let end = tokens.after_stop(at + 1);
        let is_whole = tokens
            .get(end)
            .is_none_or(|next| next.kind != Kind::Word || next.roles.any(Roles::UNIT | Roles::UNIT_ALONE))
            || tokens.is_letter(end);
        // `bajo A`
        return is_whole.then(|| if tokens.is_letter(end) { end + 1 } else { end });
    }
    ordinal_unit(tokens, at)
}

/// Returns the index after a floor or door that its ordinal number begins: `2nd floor`, `1er étage`, `2. OG`, `3º izq.`, `4ª`.
fn ordinal_unit(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_number =
        (1..=2).contains(&tokens.digits(at)) || tokens.is(at, Kind::Mixed) && tokens.text_at(at).len() <= 6;
    if !is_number {
        return None;
    }
    let next = tokens.after_stop(at + 1);
    let is_sign = tokens.is_glued_sign(next, '°');
    let next = if is_sign { next + 1 } else { next };
    let next = if tokens.has(next, Roles::UNIT_AFTER) {
        next
    } else if tokens.has(next + 1, Roles::UNIT_AFTER) && tokens.is_sign(next, '.') {
        next + 1
    } else {
        next
    };
    if tokens.has(next, Roles::UNIT_AFTER) {
        let end = tokens.after_stop(next + 1);
        let beside = tokens.has(end, Roles::UNIT_ALONE) && tokens.is(end, Kind::Word) && end > next;
        return Some(if beside && !tokens.has(end, Roles::DIRECTION) {
            tokens.after_stop(end + 1)
        } else {
            end
        });
    }
    let ordinal = tokens.text_at(at);
    let is_stopped = tokens.is_sign(at + 1, '.') && matches!(tokens.text_at(at + 2), "º" | "ª");
    if !(is_sign || is_stopped || ordinal.contains(['º', 'ª'])) {
        return None;
    }
    let next = if matches!(tokens.text_at(next), "º" | "ª") { next + 1 } else { next };
    // The door: a letter, a number with its own sign, or a side.
    if tokens.is_letter(next) || tokens.text_at(next).ends_with('ª') {
        return Some(next + 1);
    }
    Some(next)
}

/// Returns the index after the number or letter of a unit at `at`, such as `4B`, `12-3`, `C`.
fn value(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_value = |at: usize| {
        tokens.is(at, Kind::Number) && tokens.digits(at) <= 4
            || tokens.is(at, Kind::Mixed) && tokens.text_at(at).len() <= 7
            || tokens.is_letter(at) && tokens.is_capital(at)
            || matches!(tokens.text_at(at), "II" | "III" | "IV" | "VI")
    };
    if !is_value(at) {
        let is_letter = tokens.is_letter(at) && tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Word);
        return is_letter.then_some(at + 1);
    }
    let is_range = tokens.is_glued_sign(at + 1, '-') && !tokens.is_spaced(at + 2) && is_value(at + 2);
    let end = if is_range { at + 3 } else { at + 1 };
    // `Apt 4 B`
    let is_letter = tokens.digits(at) > 0
        && tokens.is_letter(end)
        && tokens.is_capital(end)
        && tokens.get(end + 1).is_none_or(|next| next.kind != Kind::Word)
        && !tokens.has(end, Roles::DIRECTION);
    Some(if is_letter { end + 1 } else { end })
}

/// Returns whether the number at `at` is that of a unit before it: `Apt. 12`.
pub(super) fn is_in_unit(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = if at > 1 && tokens.is_glued_sign(at - 1, '.') { at - 2 } else { at.saturating_sub(1) };
    word < at && tokens.has(word, Roles::UNIT)
}

/// Returns where the units and the name of the building before `street` start: `Flat 3, Rose Court, 12 High Street`.
pub(super) fn before(tokens: &Tokens<'_>, street: &Street, from: usize) -> Option<usize> {
    let mut start = street.start;
    // `Unit 3/12 Smith Street`
    if start > from && tokens.has(start - 1, Roles::UNIT) && tokens.is_glued_sign(start + 1, '/') {
        start -= 1;
    }
    for _ in 0..4 {
        let Some(earlier) = one_before(tokens, start, from) else { break };
        start = earlier;
    }
    (start < street.start).then_some(start)
}

/// Returns the start of the unit or building that ends before `at`, with a separator or only a space between.
fn one_before(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<usize> {
    let is_at = |end: usize| separator(tokens, end).1 == at;
    let earliest = from.max(at.saturating_sub(9));
    // The earliest start of a unit, because `3rd` in `Apt 4 3rd floor` belongs to a unit that starts earlier.
    let unit_start = (earliest..at).rev().find(|start| {
        let is_start = !tokens.is_sign(start.saturating_sub(1), '/') || *start == 0;
        is_start
            && unit(tokens, *start)
                .is_some_and(|end| is_at(end) || tokens.is_glued_sign(end, '/') && end + 1 == at)
    });
    if let Some(start) = unit_start {
        // `Level 3`, not only its `3`.
        return Some(start);
    }
    building_before(tokens, at, earliest)
}

/// Returns the start of the segment before `at` if it is the name of a building: `Rose Cottage,`, `Résidence Les Pins`.
fn building_before(tokens: &Tokens<'_>, at: usize, earliest: usize) -> Option<usize> {
    let is_sign =
        |at: usize| matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Sign(',') | Kind::Line));
    let mut end = at;
    while end > earliest && is_sign(end - 1) {
        end -= 1;
    }
    if end == at {
        return None;
    }
    let mut start = end;
    while start > earliest
        && end < start + 5
        && tokens.is(start - 1, Kind::Word)
        && !tokens.has(start - 1, Roles::STOP)
    {
        start -= 1;
        let residence = tokens.has(start, Roles::RESIDENCE) && tokens.is_capital(start) && end > start + 1;
        if residence {
            return Some(start);
        }
    }
    let is_house = end > start && tokens.has(end - 1, Roles::HOUSE);
    let name = (start..end).find(|at| {
        (*at..end).all(|at| tokens.is_capital(at) || tokens.has(at, Roles::CONNECTOR))
            && tokens.is_capital(*at)
    })?;
    (is_house && name + 1 < end && end <= name + 4).then_some(name)
}
