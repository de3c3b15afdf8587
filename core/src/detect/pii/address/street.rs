//! Matches the line of an address that names the street, in the order of words of every country.

use super::data::{DUTCH_SUFFIXES, GERMAN_SUFFIXES};
use super::number::{house_number, house_number_last};
use super::tokens::{Kind, Tokens};
use super::words::Roles;

/// The maximum number of words in the name of a street.
const MAX_NAME: usize = 6;

/// A line that may name a street, as tokens of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    pub start: usize,
    pub end: usize,
    /// How much of the evidence for an address it is: from 0 for any name with a number, to [`super::evidence::ENOUGH`].
    pub weight: i32,
    /// Whether its name is written with capital letters.
    pub capital: bool,
    /// Whether it has a house number.
    pub numbered: bool,
    /// Whether it has a type of street.
    pub typed: bool,
    /// Whether its number is before its name and its type is one of the commonest.
    pub common: bool,
    /// Whether its number is before its name.
    pub first: bool,
}

/// How certain it is that a word is a type of street.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certainty {
    Strong,
    Weak,
}

impl Street {
    fn new(start: usize, end: usize, certainty: Certainty, capital: bool) -> Self {
        let weight = match (certainty, capital) {
            (Certainty::Strong, true) => 3,
            (Certainty::Weak, true) => 2,
            (Certainty::Strong, false) => 1,
            (Certainty::Weak, false) => 0,
        };
        Self { start, end, weight, capital, numbered: true, typed: true, common: false, first: false }
    }
}

/// Returns the streets that start at token `at`, the most certain first. None starts before token `from`.
pub(super) fn streets_at(tokens: &Tokens<'_>, at: usize, from: usize) -> impl Iterator<Item = Street> {
    let number = house_number(tokens, at);
    let first = number.map(|end| {
        [
            french(tokens, at, end),
            highway(tokens, at, end),
            english(tokens, at, end),
            unnamed_type(tokens, at, end),
            None,
            None,
        ]
    });
    let other = number.is_none().then(|| {
        [
            post_box(tokens, at),
            military(tokens, at),
            romance(tokens, at),
            german(tokens, at, from),
            prefixed_german(tokens, at),
            unnamed_type_last(tokens, at, from),
        ]
    });
    [first, other].into_iter().flatten().flatten().flatten()
}

/// Returns a street with the type after the name: `12 Main Street`, `5 W 42nd St`.
fn english(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let comma = tokens.is_sign(number_end, ',');
    let name = if comma { number_end + 1 } else { number_end };
    // `Flat 3, Mill Lane`: the number is the flat's.
    if comma && start > 0 && tokens.has(start - 1, Roles::UNIT) {
        return None;
    }
    let end = name_end(tokens, name);
    let is_type = |at: usize| tokens.has(at, Roles::AFTER | Roles::AFTER_WEAK);
    let types = (name + 1..end).filter(|at| is_type(*at) && tokens.is(*at, Kind::Word));
    let strong = |at: &usize| tokens.has(*at, Roles::AFTER);
    let mut types: Vec<usize> = types.collect();
    let capital_name = |to: usize| (name..to).all(|at| is_capital_part(tokens, at));
    let mut at = *types.iter().find(|at| strong(at)).or(types.last())?;
    // Of two types in a row, the second is the type and the first is part of the name, and `St` before another type is a saint.
    types.retain(|other| *other > at);
    for other in types {
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
    if !capital && (name..at).any(|at| is_no_lower_name(tokens, at)) || !capital && at > name + 8 {
        return None;
    }
    let mut street = Street::new(start, english_end(tokens, at), certainty, capital);
    street.first = true;
    street.common = capital && !comma && street.weight >= 2 && tokens.has(at, Roles::AFTER | Roles::COMMON);
    street.weight -= i32::from(capital && !tokens.is_capital(at)) + i32::from(comma);
    Some(street)
}

/// Returns whether the token at `at` can be part of a name in capital letters.
fn is_capital_part(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_capital(at)
        || !tokens.is(at, Kind::Word)
        || tokens.has(at, Roles::CONNECTOR)
        || tokens.has(at, Roles::DIRECTION)
}

/// Returns whether the word at `at` cannot be part of the name of a street in lower case.
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

/// Returns the end of the longest name that starts at `at`: words, initials and ordinals that only spaces separate.
fn name_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at;
    let mut words = 0;
    while words < MAX_NAME {
        let is_part = tokens.is(end, Kind::Word) && !(tokens.has(end, Roles::STOP) && !tokens.is_letter(end))
            || tokens.is(end, Kind::Mixed) && is_ordinal(tokens.word(end))
            || (1..=3).contains(&tokens.digits(end)) && tokens.has(end + 1, Roles::AFTER);
        // A unit ends the name, unless it is the first word of it (`12 Flat Rock Road`).
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

/// Returns whether the value of a unit is at `at`: a number, a letter, or either after `#`.
fn has_value(tokens: &Tokens<'_>, at: usize) -> bool {
    let at = tokens.after_stop(at);
    let at = if tokens.is_sign(at, '#') { at + 1 } else { at };
    tokens.is(at, Kind::Number) || tokens.is(at, Kind::Mixed) || tokens.is_letter(at)
}

/// Returns whether `word` is an English ordinal such as `42nd`.
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !digits.is_empty()
        && matches!(
            &word[digits.len()..],
            "st" | "nd" | "rd" | "th" | "e" | "er" | "ere" | "eme" | "ste" | "de"
        )
}

/// Returns a street that is a numbered road: `1234 State Highway 61`.
fn highway(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let road = (number_end..number_end + 3).find(|at| tokens.has(*at, Roles::ROAD))?;
    let is_name =
        |at: usize| tokens.is(at, Kind::Word) && tokens.is_spaced(at) && !tokens.has(at, Roles::STOP);
    let number = tokens.after_stop(road + 1);
    let is_number = tokens.digits(number) > 0 && tokens.digits(number) < 5 && tokens.is_spaced(number);
    let named = (number_end..=road).all(is_name);
    let capital = tokens.is_capital(road);
    (named && is_number).then(|| Street::new(start, number + 1, Certainty::Weak, capital))
}

/// Returns a street without a type, with the number first: `123 Broadway`, `5 The Green`.
fn unnamed_type(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let end = capital_name_end(tokens, number_end, 4);
    (end > number_end && tokens.is_spaced(number_end)).then(|| Street {
        weight: 0,
        typed: false,
        ..Street::new(start, end, Certainty::Weak, true)
    })
}

/// Returns a street without a type, with the number last: `Spui 12`.
fn unnamed_type_last(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<Street> {
    if !tokens.is_capital(at)
        || !tokens.is_spaced(at + 1)
        || tokens.has(at, Roles::UNIT | Roles::STOP | Roles::CLOSING)
    {
        return None;
    }
    let end = house_number_last(tokens, at + 1)?;
    let start = name_start(tokens, at, from, true, true);
    Some(Street { weight: 0, typed: false, ..Street::new(start, end, Certainty::Weak, true) })
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

/// Returns a street with the type before the name and the number first: `12 bis, rue de la Paix`.
fn french(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let at = if tokens.is_sign(number_end, ',') { number_end + 1 } else { number_end };
    if tokens.is_letter(at) || at > number_end && start > 0 && tokens.has(start - 1, Roles::UNIT) {
        return None;
    }
    let (certainty, name) = type_before(tokens, at)?;
    let (end, capital) = romance_name(tokens, name)?;
    let mut street = Street::new(start, end, certainty, capital);
    // `av` is a preposition in Scandinavia, where years stand before it.
    if tokens.text_at(at) == "av" && tokens.digits(start) == 4 {
        return None;
    }
    // A number directly before a type in lower case is a house number more often than a count.
    if !capital && certainty == Certainty::Strong {
        street.weight += 1;
    }
    Some(street)
}

/// Returns a street with the type before the name and the number last, or none: `Calle Mayor, 5`, `via Roma 10`.
fn romance(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    let (mut certainty, name) = type_before(tokens, start)?;
    let (end, capital) = romance_name(tokens, name)?;
    if tokens.word(start) == "via" && tokens.is_capital(start) {
        certainty = Certainty::Strong;
    }
    let mut street = Street::new(start, end, certainty, capital);
    if tokens.word(start) == "via" && !tokens.is_capital(start) {
        let is_placed = start > 0
            && matches!(tokens.word(start - 1), "in" | "a" | "di" | "la" | "nella" | "alla" | "della");
        street.weight += if is_placed { 1 } else { -1 };
    }
    match numbered_end(tokens, end) {
        Some(end) => Some(Street { end, ..street }),
        None => Some(Street { weight: street.weight.min(2) - 1, numbered: false, ..street }),
    }
}

/// Returns the index after the number of a house that follows a name which ends at `at`: `, nº 5`.
fn numbered_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let at = if tokens.is_sign(at, ',') { at + 1 } else { at };
    let at = if tokens.has(at, Roles::NUMBER) { tokens.after_stop(at + 1) } else { at };
    // `n.º 5`
    let at = if tokens.text_at(at) == "º" { at + 1 } else { at };
    // `s/n`, `s.n.`, `snc`: without a number.
    if tokens.word(at) == "snc" {
        return Some(at + 1);
    }
    if tokens.word(at) == "s"
        && (tokens.is_glued_sign(at + 1, '/') || tokens.is_glued_sign(at + 1, '.'))
        && tokens.word(at + 2) == "n"
    {
        return Some(tokens.after_stop(at + 3));
    }
    house_number_last(tokens, at)
}

/// Returns the type of street at `at`, which stands before its name, and where the name starts.
fn type_before(tokens: &Tokens<'_>, at: usize) -> Option<(Certainty, usize)> {
    if tokens.word(at) == "c" && tokens.is_glued_sign(at + 1, '/') {
        return Some((Certainty::Strong, at + 2));
    }
    // Italian abbreviations with a stop inside: `V.le`, `P.zza`, `C.so`.
    if tokens.is_letter(at) && tokens.is_glued_sign(at + 1, '.') && !tokens.is_spaced(at + 2) {
        let certainty = match (tokens.word(at), tokens.word(at + 2)) {
            ("v", "le") | ("p", "le") => Some(Certainty::Strong),
            ("p", "zza") | ("c", "so") | ("l", "go") => Some(Certainty::Weak),
            _ => None,
        };
        if let Some(certainty) = certainty {
            return Some((certainty, at + 3));
        }
    }
    let strong = tokens.has(at, Roles::BEFORE);
    if !strong && !tokens.has(at, Roles::BEFORE_WEAK) {
        return None;
    }
    // A single letter is a type only as an abbreviation, and other abbreviations in lower case need a house number or a full stop.
    let abbreviated = tokens.is_glued_sign(at + 1, '.') && (tokens.is_capital(at) || !tokens.is_letter(at));
    let numbered = at > 0
        && (matches!(
            tokens.get(at - 1).map(|token| token.kind),
            Some(Kind::Number | Kind::Mixed | Kind::Sign(','))
        ) || matches!(tokens.word(at - 1), "bis" | "ter" | "quater"));
    let short = matches!(
        tokens.word(at),
        "av" | "che" | "ch" | "imp" | "bd" | "bld" | "fg" | "all" | "loc" | "str" | "res" | "lot" | "pal"
    );
    if (tokens.is_letter(at) || short && !tokens.is_capital(at) && !numbered) && !abbreviated {
        return None;
    }
    Some((if strong { Certainty::Strong } else { Certainty::Weak }, tokens.after_stop(at + 1)))
}

/// Returns the end of the name of a street that follows its type at `at`, and whether it has capital letters.
fn romance_name(tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    let connected = |is_part: &dyn Fn(usize) -> bool| {
        (at..at + 3).find(|next| !tokens.has(*next, Roles::CONNECTOR) || !is_part(*next)).unwrap_or(at + 3)
    };
    let mut next = connected(&|_| true);
    if !tokens.is(next, Kind::Number) && !tokens.is(next, Kind::Mixed) {
        next = connected(&|at| !tokens.is_capital(at));
    }
    // A date or an ordinal: `rue du 8 Mai 1945`, `Via 25 Aprile`, `Calle 12 de Octubre`.
    if (1..=2).contains(&tokens.digits(next)) || tokens.is(next, Kind::Mixed) && is_ordinal(tokens.word(next))
    {
        let month = if tokens.word(next + 1) == "de" { next + 2 } else { next + 1 };
        if tokens.has(month, Roles::MONTH) {
            let year = month + 1;
            let is_year =
                tokens.digits(year) == 4 && matches!(&tokens.text_at(year)[..2], "17" | "18" | "19" | "20");
            let end = if is_year { year + 1 } else { year };
            let directed = tokens.has(end, Roles::DIRECTION) && !is_number_sign(tokens, end);
            return Some((if directed { end + 1 } else { end }, true));
        }
        return None;
    }
    if tokens.is_capital(next) && tokens.is_spaced(next)
        || tokens.is_capital(next) && next > 0 && !tokens.is(next - 1, Kind::Word)
    {
        let end = capital_name_end(tokens, next, MAX_NAME);
        return (end > next).then_some((end, true));
    }
    // In lower case, the name ends where something else ends it.
    let mut end = next;
    while end < next + 5
        && tokens.is(end, Kind::Word)
        && tokens.is_spaced(end)
        && !is_stop(tokens, end)
        && !is_number_sign(tokens, end)
    {
        end = if tokens.is_letter(end) { tokens.after_stop(end + 1) } else { end + 1 };
    }
    let is_ended = tokens.get(end).is_none_or(|token| token.kind != Kind::Word);
    let is_name =
        end > next && (!tokens.has(end - 1, Roles::CONNECTOR) || tokens.has(end - 1, Roles::DIRECTION));
    (is_name && (is_ended || is_number_sign(tokens, end))).then_some((end, false))
}

/// Returns whether a sign for a number or postal code is at `at`: `n.º 5`, `S/N`, `F-75002`.
fn is_number_sign(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.after_stop(at + 1);
    let numbered = tokens.has(at, Roles::NUMBER)
        && (tokens.digits(next) > 0 || tokens.text_at(next) == "º" || tokens.is(next, Kind::Mixed));
    let none = tokens.word(at) == "snc" || tokens.word(at) == "s" && tokens.is_glued_sign(at + 1, '/');
    let prefix = tokens.is_glued_sign(at + 1, '-') && tokens.digits(at + 2) >= 4;
    numbered || none || prefix
}

fn is_stop(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, Roles::STOP | Roles::CLOSING | Roles::NO_HOUSE) && !tokens.has(at, Roles::CONNECTOR)
}

/// Returns a street whose type is the end of a word or a word after the name, with the number last: `Hauptstraße 12`, `Korte Laan 5`.
fn german(tokens: &Tokens<'_>, at: usize, from: usize) -> Option<Street> {
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
        let is_name = tokens.is_capital(next)
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

/// Returns a German street that begins with a preposition or its type: `Am Alten Markt 5`, `Straße des 17. Juni 135`.
fn prefixed_german(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
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

/// Returns a post-office box: `PO Box 123`, `Postfach 12 34`, `BP 90432`, `Apartado de correos 12`.
fn post_box(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    let (end, weight) = match tokens.word(start) {
        "po" | "gpo" | "pobox" => (box_word(tokens, start + 1)?, 3),
        "p" => {
            let office = tokens.after_stop(start + 1);
            (tokens.word(office) == "o")
                .then(|| box_word(tokens, tokens.after_stop(office + 1)))?
                .map(|end| (end, 3))?
        }
        "post" => {
            (tokens.word(start + 1) == "office").then(|| box_word(tokens, start + 2))?.map(|end| (end, 3))?
        }
        "locked" | "private" => (tokens.word(start + 1) == "bag").then_some((start + 2, 2))?,
        "rr" | "hc" if tokens.digits(start + 1) > 0 => (box_word(tokens, start + 2)?, 3),
        "casella" | "case" => (tokens.word(start + 1).starts_with("postal")).then_some((start + 2, 2))?,
        "apartado" if tokens.word(start + 1) == "de" => (start + 3, 2),
        "postfach" | "postbus" => (start + 1, 2),
        "apartado" | "bp" | "cs" => (start + 1, 1),
        _ => return None,
    };
    let mut number = end;
    while (1..=6).contains(&tokens.digits(number))
        && number < end + 3
        && (number == end || tokens.digits(number) <= 3)
    {
        number += 1;
    }
    (number > end).then(|| Street { weight, ..Street::new(start, number, Certainty::Weak, true) })
}

/// Returns the index after the word `box` at `at`.
fn box_word(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    (tokens.word(at) == "box").then_some(at + 1)
}

/// Returns an address of the armed forces: `PSC 1241, Box 5868`, `USNS Comfort`, before the line of the post office.
fn military(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    if !tokens.has(start, Roles::MILITARY) {
        return None;
    }
    let end = if tokens.word(start).starts_with("us") {
        capital_name_end(tokens, start + 1, 3)
    } else {
        let number = start + 1;
        let after = if tokens.is_sign(number + 1, ',') { number + 2 } else { number + 1 };
        let boxed = box_word(tokens, after).filter(|at| tokens.digits(*at) > 0).map(|at| at + 1);
        (tokens.digits(number) > 0).then_some(boxed.unwrap_or(number + 1))?
    };
    let (_, office) = super::tail::separator(tokens, end);
    let is_office = matches!(tokens.word(office), "apo" | "fpo" | "dpo")
        && matches!(tokens.word(office + 1), "aa" | "ae" | "ap");
    is_office.then(|| Street { weight: 1, ..Street::new(start, end, Certainty::Weak, true) })
}
