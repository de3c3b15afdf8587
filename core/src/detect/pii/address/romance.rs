//! Matches streets with the type before the name: with the number first, as in France, and with the number last, as in Spain and Italy.

use super::name::{MAX_NAME, capital_name_end, is_number_sign, is_ordinal, is_stop};
use super::number::numbered_end;
use super::roles::Roles;
use super::street::{Certainty, Number, Street};
use super::tokens::{Kind, Tokens};
use super::unit::is_in_unit;

/// Returns a street with the type before the name and the number first: `12 bis, rue de la Paix`.
pub(super) fn french(tokens: &Tokens<'_>, start: usize, number_end: usize) -> Option<Street> {
    let at = if tokens.is_sign(number_end, ',') { number_end + 1 } else { number_end };
    if tokens.is_letter(at) || at > number_end && is_in_unit(tokens, start) {
        return None;
    }
    let (certainty, name) = type_before(tokens, at)?;
    let (end, capital) = romance_name(tokens, name)?;
    let mut street = Street { number: Number::First, ..Street::new(start, end, certainty, capital) };
    // `av` is also a Scandinavian preposition, which may follow a year.
    if tokens.text_at(at) == "av" && tokens.digits(start) == 4 {
        return None;
    }
    // A number directly before a lower-case type is more often a house number than a count.
    if !capital && certainty == Certainty::Strong {
        street.weight += 1;
    }
    Some(street)
}

/// Returns a street with the type before the name, and the number last or missing: `Calle Mayor, 5`, `via Roma 10`.
pub(super) fn romance(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
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
        None => Some(Street { weight: street.weight.min(2) - 1, number: Number::Missing, ..street }),
    }
}

/// Returns a street whose name is its type with an article or with *great*, and the number last: `La Rambla 12`, `Gran Vía 28`.
pub(super) fn named_by_type(tokens: &Tokens<'_>, start: usize) -> Option<Street> {
    let is_great = matches!(tokens.word(start), "gran" | "grand" | "grande");
    let is_article = matches!(tokens.word(start), "el" | "il" | "la" | "las" | "le" | "les" | "los");
    if !is_great && !is_article || !tokens.is_capital(start) || !tokens.is_capital(start + 1) {
        return None;
    }
    let (_, name) = type_before(tokens, start + 1).filter(|_| tokens.text_at(start + 1).len() > 2)?;
    let named = romance_name(tokens, name).filter(|(_, capital)| is_great && *capital);
    let end = numbered_end(tokens, named.map_or(name, |(end, _)| end))?;
    Some(Street::new(start, end, Certainty::Weak, true))
}

/// Returns the type of street at `at`, which stands before its name, and where the name starts.
fn type_before(tokens: &Tokens<'_>, at: usize) -> Option<(Certainty, usize)> {
    if tokens.word(at) == "c" && tokens.is_glued_sign(at + 1, '/') {
        return Some((Certainty::Strong, at + 2));
    }
    // Italian abbreviations with a stop inside: `V.le`, `P.zza`, `C.so`.
    if tokens.is_letter(at) && tokens.is_glued_sign(at + 1, '.') && !tokens.is_spaced(at + 2) {
        let certainty = match (tokens.word(at), tokens.word(at + 2)) {
            ("v" | "p", "le") => Some(Certainty::Strong),
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
    // In lower case, the name ends only where another part of the address starts.
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
