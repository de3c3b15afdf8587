//! Severe phrases in the disguises of words: `k1ll yourself`, `kill-yourself`, `k i l l yourself`.
//!
//! The verifier takes phrases as they are written. What wishes somebody dead is worth a second look.

use std::ops::Range;

use super::around::{split, trimmed};
use super::engine::Type;
use super::innocent::is_innocent;
use super::reading::{is_leet_sign, readings};
use super::stream::{Origin, Symbol};
use super::verify::Verifier;

/// The most words that a phrase has.
const WORDS: usize = 4;

impl Verifier<'_> {
    /// Returns `run`, apart from signs at its ends, if it is a severe phrase in a disguise.
    pub(super) fn disguised_phrase(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let run = trimmed(self.symbols, run.clone(), |symbol| !symbol.is_word());
        let is_word =
            |at: Option<usize>| at.and_then(|at| self.symbols.get(at)).is_some_and(|symbol| symbol.is_word());
        if is_word(run.start.checked_sub(1)) || is_word(Some(run.end)) {
            return None;
        }
        let separates = |symbol: Symbol| !symbol.is_word() && !is_leet_sign(symbol.c);
        let pieces = split(self.symbols, run.clone(), separates);
        let is_letter = |piece: &Range<usize>| piece.len() == 1;
        // Adjacent single letters are one word.
        let words = pieces.chunk_by(|one, next| is_letter(one) && is_letter(next));
        let mut phrases = vec![String::new()];
        for (at, word) in words.enumerate() {
            let symbols: Vec<Symbol> =
                word.iter().flat_map(|piece| &self.symbols[piece.clone()]).copied().collect();
            let letters = symbols.iter().filter(|symbol| symbol.is_letter()).count();
            let signs = symbols.iter().any(|symbol| symbol.origin == Origin::Sign);
            if at == WORDS || signs || symbols.len() < 2 || letters * 2 < symbols.len() {
                return None;
            }
            let space = if at == 0 { "" } else { " " };
            phrases = phrases
                .iter()
                .flat_map(|phrase| {
                    readings(&symbols).into_iter().map(move |word| format!("{phrase}{space}{word}"))
                })
                .collect();
        }
        let is_severe = |phrase: &String| {
            let none_alone =
                !phrase.contains(' ') || !phrase.split(' ').any(|word| self.matcher.is_profane(word));
            phrase.len() >= 8
                && none_alone
                && !is_innocent(phrase)
                && self.matcher.is_one(phrase, Type::SEVERE)
        };
        phrases.iter().any(is_severe).then_some(run)
    }
}
