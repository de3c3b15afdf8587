//! Recognises the names of streets and towns.

use super::roles::Roles;
use super::tokens::{Kind, Tokens};

/// The maximum number of words in the name of a street.
pub(super) const MAX_NAME: usize = 6;

/// Returns the end of the longest name that starts at `at`: words, initials and ordinals that only spaces separate.
pub(super) fn name_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at;
    let mut words = 0;
    while words < MAX_NAME {
        let is_word = tokens.is(end, Kind::Word) && (tokens.is_letter(end) || !tokens.has(end, Roles::STOP));
        let is_part = is_word
            || tokens.is(end, Kind::Mixed) && is_ordinal(tokens.word(end))
            || (1..=3).contains(&tokens.digits(end)) && tokens.has(end + 1, Roles::AFTER);
        // A unit ends the name, unless it is the name's first word (`12 Flat Rock Road`).
        let is_unit = end > at && tokens.has(end, Roles::UNIT) && has_value(tokens, end + 1);
        let is_joined = tokens.is_spaced(end) || end > at && tokens.is_sign(end - 1, '.');
        if !is_part || is_unit || !is_joined {
            break;
        }
        (end, words) = (end + 1, words + 1);
        if tokens.is_glued_sign(end, '.') && tokens.word(end - 1).len() <= 4 {
            end += 1;
        }
    }
    end
}

/// Returns the end of a name of at most `max` words with capital letters, and connectors between them.
pub(super) fn capital_name_end(tokens: &Tokens<'_>, at: usize, max: usize) -> usize {
    let (mut end, mut next, mut words) = (at, at, 0);
    while words < max {
        let is_joined = next == at || tokens.is_spaced(next) || tokens.is_sign(next - 1, '.');
        let is_stop = tokens.has(next, Roles::STOP | Roles::CLOSING)
            && !(tokens.is_letter(next) && next > at)
            || next > at
                && (tokens.has(next, Roles::UNIT) && has_value(tokens, next + 1)
                    || is_weekday(tokens, next)
                    || is_number_sign(tokens, next));
        if is_joined && tokens.is_capital(next) && !is_stop {
            end = next + 1;
            if tokens.is_glued_sign(end, '.') && tokens.word(next).len() <= 3 {
                end += 1;
            }
            (next, words) = (end, words + 1);
        } else if tokens.has(next, Roles::CONNECTOR) && is_joined && next < end + 3 && words > 0 {
            next = tokens.after_stop(next + 1);
        } else {
            break;
        }
    }
    end
}

/// Returns whether a day of the week is at `at`: `Hauptstraße 5 Montag` says when something happens at an address.
pub(super) fn is_weekday(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is(at, Kind::Word) && WEEKDAYS.contains(&tokens.word(at))
}

/// The days of the week in the languages of the addresses, without accents.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];

/// Returns whether a sign for a number or postal code is at `at`: `n.º 5`, `S/N`, `F-75002`.
pub(super) fn is_number_sign(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.after_stop(at + 1);
    let numbered = tokens.has(at, Roles::NUMBER)
        && (tokens.digits(next) > 0 || tokens.text_at(next) == "º" || tokens.is(next, Kind::Mixed));
    let none = tokens.word(at) == "snc" || tokens.word(at) == "s" && tokens.is_glued_sign(at + 1, '/');
    let prefix = tokens.is_glued_sign(at + 1, '-') && tokens.digits(at + 2) >= 4;
    numbered || none || prefix
}

pub(super) fn is_stop(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, Roles::STOP | Roles::CLOSING | Roles::NO_HOUSE) && !tokens.has(at, Roles::CONNECTOR)
}

/// Returns whether `word` is an English ordinal such as `42nd`.
pub(super) fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty()
        && matches!(
            &word[digits.len()..],
            "st" | "nd" | "rd" | "th" | "e" | "er" | "ere" | "eme" | "ste" | "de"
        )
}

/// Returns whether the value of a unit is at `at`: a number, a letter, or either after `#`.
fn has_value(tokens: &Tokens<'_>, at: usize) -> bool {
    let at = tokens.after_stop(at);
    let at = if tokens.is_sign(at, '#') { at + 1 } else { at };
    tokens.is(at, Kind::Number) || tokens.is(at, Kind::Mixed) || tokens.is_letter(at)
}
