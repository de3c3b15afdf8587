//! Recognises house numbers.

use super::roles::Roles;
use super::tokens::{Kind, Tokens};

/// The maximum number of digits of a house number.
const MAX_DIGITS: usize = 6;

/// Returns the index after the house number at `at` that stands before a street, with its letter, range, fraction or unit: `12`,
/// `221B`, `12-14`, `3/12`, `123 1/2`, `12 bis`.
pub(super) fn house_number(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if is_number_word(tokens, at) {
        return Some(at + 1);
    }
    if !is_number(tokens, at) || !starts_number(tokens, at) {
        return None;
    }
    let mut end = extended(tokens, at + 1)?;
    if tokens.digits(end) == 1 && tokens.is_glued_sign(end + 1, '/') && tokens.digits(end + 2) == 1 {
        end += 3;
    }
    let index = matches!(tokens.word(end), "bis" | "ter" | "quater")
        || tokens.is_letter(end) && tokens.has(end + 1, Roles::BEFORE | Roles::BEFORE_WEAK);
    if index {
        end += 1;
    }
    is_complete(tokens, end).then_some(end)
}

/// Returns whether a number in words, with a capital letter, is at `at`: `One Microsoft Way`.
pub(super) fn is_number_word(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_capital(at)
        && matches!(
            tokens.word(at),
            "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
        )
}

/// Returns whether a range at `at` decreases, as a score does: `3-1`.
pub(super) fn decreases(tokens: &Tokens<'_>, at: usize) -> bool {
    let value = |at: usize| tokens.text_at(at).parse::<u32>().ok();
    tokens.is_glued_sign(at + 1, '-')
        && value(at).zip(value(at + 2)).is_some_and(|(first, last)| first >= last)
}

/// Returns the index after the house number at `at` that stands after a street: `12`, `12a`, `12 a`, `12-14`, `3/4`, `123-II`, `5 bis`.
pub(super) fn house_number_last(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !is_number(tokens, at) || tokens.digits(at) > 5 {
        return None;
    }
    let mut end = extended(tokens, at + 1)?;
    if matches!(tokens.word(end), "bis" | "ter" | "hs" | "huis" | "ii" | "iii" | "iv")
        && tokens.is_spaced(end)
    {
        end += 1;
    }
    // A letter after a space belongs to the number if the line or clause ends there, or the town follows.
    let is_last = |at: usize| {
        let is_town = matches!(tokens.word(at), "in") && tokens.digits(at + 1) == 5;
        is_town || tokens.get(at).is_none_or(|next| !matches!(next.kind, Kind::Word))
    };
    let letter = tokens.is_letter(end) && !tokens.is_glued_sign(end + 1, '-') && is_last(end + 1);
    if letter && tokens.is_spaced(end) {
        end += 1;
    }
    let end = extended(tokens, end)?;
    is_complete(tokens, end).then_some(end)
}

/// Returns the index after the number of a house that follows a name which ends at `at`: `, nº 5`.
pub(super) fn numbered_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
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

/// Returns whether digits with at most one or two letters are at `at`.
fn is_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let text = tokens.text_at(at);
    match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Number) => text.len() <= MAX_DIGITS,
        Some(Kind::Mixed) => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let letters = &tokens.word(at)[digits..];
            // Other letters make it an amount, a time or an ordinal.
            let is_letter = letters.len() == 1
                && (text.ends_with(|c: char| c.is_ascii_uppercase())
                    || matches!(letters, "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h"));
            (1..=5).contains(&digits) && (is_letter || matches!(letters, "bis" | "ter" | "hs"))
        }
        _ => false,
    }
}

/// Returns whether a house number can start at `at`, judged by what is before it.
fn starts_number(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    let glued = !tokens.is_spaced(at);
    match before.kind {
        Kind::Sign('#') if tokens.is_spaced(at - 1) => true,
        Kind::Sign('$' | '€' | '£' | '¥' | '₹' | '~' | '+' | '<' | '%') => false,
        Kind::Sign('.' | '-' | '–' | '/' | ':' | '#' | ',' | '@' | '=' | '&' | '_' | '\'') if glued => {
            // A label or a list may directly precede it, but a number may not.
            let outer = at.checked_sub(2).and_then(|outer| tokens.get(outer));
            let sign = before.kind;
            outer.is_none_or(|outer| match outer.kind {
                Kind::Number | Kind::Mixed => {
                    matches!(sign, Kind::Sign(','))
                        || matches!(sign, Kind::Sign('/')) && tokens.text_at(at - 2).len() <= 4
                }
                Kind::Word => {
                    !matches!(sign, Kind::Sign('.' | '#' | '\'')) || tokens.has(at - 2, Roles::UNIT)
                }
                _ => true,
            })
        }
        Kind::Word | Kind::Number | Kind::Mixed => !glued && !follows_other_number(tokens, at - 1, at),
        _ => true,
    }
}

/// Returns whether the word at `before` shows that the number at `at` is not a house number: `bus 12`, `May 5`, `in 1990`.
fn follows_other_number(tokens: &Tokens<'_>, before: usize, at: usize) -> bool {
    let is_year = tokens.digits(at) == 4 && matches!(&tokens.text_at(at)[..2], "19" | "20");
    tokens.has(before, Roles::NO_HOUSE | Roles::MONTH) || is_year && tokens.has(before, Roles::BEFORE_YEAR)
}

/// Returns the index after a range, fraction or addition at `at`, such as `-14`, `/A` or `-II`; `at` if there is none; `None` if the number
/// is not a house number but, for example, a decimal, a date or a time.
fn extended(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_part = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| !token.spaced && token.range.len() <= 5 && token.kind != Kind::Line)
            && (tokens.is(at, Kind::Number)
                || tokens.is(at, Kind::Mixed)
                || tokens.is_letter(at)
                || matches!(tokens.word(at), "ii" | "iii" | "iv" | "hs"))
    };
    let Some(Kind::Sign(sign)) = tokens.get(at).map(|token| token.kind) else { return Some(at) };
    match sign {
        '-' | '–' | '/' if !tokens.is_spaced(at) && is_part(at + 1) => {
            let end = at + 2;
            // A second separator makes it a date.
            let is_date =
                matches!(tokens.get(end).map(|token| token.kind), Some(Kind::Sign('-' | '/' | '.')))
                    && is_part(end + 1)
                    && tokens.digits(end + 1) > 0;
            (!is_date).then_some(end)
        }
        '-' | '–'
            if tokens.is_spaced(at)
                && tokens.is_spaced(at + 1)
                && tokens.digits(at + 1) > 0
                && tokens.digits(at + 1) < 4 =>
        {
            Some(at + 2)
        }
        '.' | ':' | ','
            if !tokens.is_spaced(at)
                && tokens.digits(at + 1) > 0
                && !tokens.is_spaced(at + 1)
                && tokens.digits(at + 1) < 4 =>
        {
            // `5,2. OG`: a unit after the number.
            (sign == ',' && tokens.is_glued_sign(at + 2, '.') && tokens.is_spaced(at + 3)).then_some(at)
        }
        _ => Some(at),
    }
}

/// Returns whether nothing at `at` continues the number or makes it an amount.
fn is_complete(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(next) = tokens.get(at) else { return true };
    match next.kind {
        Kind::Sign('%' | '€' | '$' | '£' | '°' | '+') => false,
        Kind::Word | Kind::Number | Kind::Mixed => next.spaced || tokens.is_sign(at - 1, '.'),
        _ => true,
    }
}
