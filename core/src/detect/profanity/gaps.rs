//! Core words that contain white space: a row of single letters, `f u c k`, or a word split into pieces, `fu ck`.

use std::ops::Range;

use super::chance::is_torn_by_chance;
use super::cores::{OddWord, core_words, core_words_from, is_core, strong_in};
use super::dressed::{dressed, end_of};
use super::reading::read;
use super::spelling::LONG;
use super::stream::Symbol;

/// Returns the core words in rows of single letters among `tokens`.
pub(super) fn rows(symbols: &[Symbol], tokens: &[Range<usize>], spent: &mut u64) -> Vec<OddWord> {
    let mut words = Vec::new();
    for row in tokens.chunk_by(|before, after| {
        is_single(&symbols[before.clone()])
            && is_single(&symbols[after.clone()])
            && after.start - before.end <= WIDEST
    }) {
        let letters = row
            .iter()
            .filter(|token| symbols[(*token).clone()].iter().any(|symbol| symbol.is_word()))
            .count();
        if row.len() >= 4 && letters >= 2 {
            words.extend(in_row(symbols, row, spent));
        }
    }
    words
}

/// The widest gap between two letters of a word, in symbols.
const WIDEST: usize = 4;

fn in_row(symbols: &[Symbol], row: &[Range<usize>], spent: &mut u64) -> Option<OddWord> {
    let span = |row: &[Range<usize>]| Some(row.first()?.start..row.last()?.end);
    let whole = span(row)?;
    let article = matches!(read(&symbols[row[0].clone()]).as_str(), "a" | "i");
    let tails: &[&[Range<usize>]] = if article { &[row, &row[1..]] } else { &[row] };
    for row in tails {
        let found = dressed(symbols, &span(row)?, spent);
        if found.is_some() {
            return found;
        }
    }
    let text = read(&symbols[whole.clone()]);
    let backwards: String = text.chars().rev().collect();
    if let Some(core) = core_words().find(|core| *core == backwards && core.len() >= 4) {
        return Some((whole, core));
    }
    // The row spells several words.
    let core = strong_in(&text).filter(|_| text.len() <= LONG)?;
    row.iter().enumerate().find_map(|(at, token)| {
        let end = end_of(core, &symbols[token.start..whole.end.min(token.start + LONG)], spent)?;
        let last = row[at..].iter().take_while(|next| next.start < token.start + end).last()?;
        Some((token.start..last.end, core))
    })
}

/// Returns whether `token` is one letter, possibly repeated, among signs; or signs alone.
fn is_single(token: &[Symbol]) -> bool {
    let mut letters =
        token.iter().filter(|symbol| symbol.is_word()).map(|symbol| symbol.c.to_ascii_lowercase());
    let first = letters.next();
    token.len() <= 6 && letters.all(|c| Some(c) == first)
}

/// Returns the core words that are split into two or more of `tokens`, at least one of which is not a word.
pub(super) fn torn(symbols: &[Symbol], tokens: &[Range<usize>]) -> Vec<OddWord> {
    (0..tokens.len()).filter_map(|at| torn_at(symbols, tokens, at)).collect()
}

/// Returns the core word whose first piece is the token at `at`.
fn torn_at(symbols: &[Symbol], tokens: &[Range<usize>], at: usize) -> Option<OddWord> {
    let piece = |token: usize| piece(symbols, &tokens[token]);
    let (first, letters) = piece(at)?;
    let initial = letters.clone().next()?;
    let mut begun = core_words_from(initial).iter().filter(|core| core.len() > first.len());
    if !begun.any(|core| letters.clone().eq(core.chars().take(first.len()))) {
        return None;
    }
    let mut joined = String::new();
    for last in at..tokens.len() {
        if last > at && tokens[last].start - tokens[last - 1].end > WIDEST {
            return None;
        }
        let (range, letters) = piece(last)?;
        joined.extend(letters);
        let whole = |core: &&str| *core == joined && core.len() >= 4;
        if last > at
            && let Some(core) = core_words().find(whole)
        {
            let single = |token: Option<usize>| {
                token
                    .filter(|token| *token < tokens.len())
                    .is_some_and(|token| is_single(&symbols[tokens[token].clone()]))
            };
            // `rows` handles rows of letters, and what begins or ends with single letters may continue.
            let row = (at..=last).all(|token| single(Some(token)));
            let article = at > 0 && matches!(&*read(&symbols[tokens[at - 1].clone()]), "a" | "i" | "" | "-");
            let goes_on = (single(Some(at)) && single(at.checked_sub(1)) && !article)
                || (single(Some(last)) && single(Some(last + 1)));
            let chance = is_torn_by_chance(symbols, &(tokens[at].start..range.end));
            return (!row && !goes_on && !chance).then(|| (tokens[at].start..range.end, core));
        }
        if is_core(&joined) || !core_words().any(|core| core.starts_with(&joined)) {
            return None;
        }
    }
    None
}

/// Returns the lower-case letters of `token`, if it consists only of letters and final punctuation.
fn piece<'a>(
    symbols: &'a [Symbol],
    token: &Range<usize>,
) -> Option<(Range<usize>, impl Iterator<Item = char> + Clone + 'a)> {
    let ends = symbols[token.clone()]
        .iter()
        .rev()
        .take_while(|symbol| matches!(symbol.c, '.' | ',' | '!' | '?' | '-'))
        .count();
    let range = token.start..token.end - ends;
    let symbols = &symbols[range.clone()];
    let plain = (1..=8).contains(&symbols.len()) && symbols.iter().all(|symbol| symbol.is_letter());
    plain.then(|| (range, symbols.iter().map(|symbol| symbol.c.to_ascii_lowercase())))
}
