//! The context of a mask: letters, tokens and pieces around it.

use std::ops::Range;

use super::stream::{FOREIGN, Symbol};

/// How far to look around a mask, in symbols. No word is longer.
pub(super) const REACH: usize = 64;

/// Returns `range` without the symbols at its ends for which `off` holds.
pub(super) fn trimmed(
    symbols: &[Symbol],
    mut range: Range<usize>,
    off: impl Fn(Symbol) -> bool,
) -> Range<usize> {
    while !range.is_empty() && off(symbols[range.start]) {
        range.start += 1;
    }
    while !range.is_empty() && off(symbols[range.end - 1]) {
        range.end -= 1;
    }
    range
}

/// Returns `range` extended by the letters around it.
pub(super) fn word_around(symbols: &[Symbol], range: &Range<usize>) -> Range<usize> {
    let inside = |symbol: &&Symbol| symbol.is_letter() || symbol.c == FOREIGN;
    let before = symbols[..range.start].iter().rev().take(REACH).take_while(inside).count();
    let after = symbols[range.end..].iter().take(REACH).take_while(inside).count();
    range.start - before..range.end + after
}

/// Returns `word` extended by what markup attaches to it, `cl**a**ss`, and by adjacent pieces that are not words of their own, `gl.ass`.
pub(super) fn spread(symbols: &[Symbol], word: &Range<usize>) -> Range<usize> {
    let markup = symbols[word.clone()].iter().any(|symbol| matches!(symbol.c, '*' | '`'));
    let before = attached(symbols[..word.start].iter().rev(), markup);
    let after = attached(symbols[word.end..].iter(), markup);
    word.start - before..word.end + after
}

/// Returns how many of `symbols`, in the direction away from a word, are separators and a piece that belongs to the word.
fn attached<'a>(symbols: impl Iterator<Item = &'a Symbol> + Clone, markup: bool) -> usize {
    let symbols = symbols.take(REACH);
    let parts = |symbol: &&Symbol| matches!(symbol.c, '*' | '_' | '`' | '.' | '-' | '~');
    let separators = symbols.clone().take_while(parts).count();
    let piece = || symbols.clone().skip(separators).take_while(|symbol| symbol.is_letter());
    let letters = piece().count();
    let vowels = piece().any(|symbol| "aeiouyAEIOUY".contains(symbol.c));
    let belongs = markup || (letters <= 3 && !vowels);
    if (1..=3).contains(&separators) && letters > 0 && belongs { separators + letters } else { 0 }
}

/// Returns the word that a hyphen at the end of a line breaks beside `word`, as in `ho-` before `tel` on the next line.
pub(super) fn broken_at_a_line_end(symbols: &[Symbol], word: &Range<usize>) -> Option<Range<usize>> {
    let is_break = |signs: &[Symbol]| matches!(signs, [hyphen, end] if hyphen.c == '-' && end.c == '\n');
    let before = word.start.checked_sub(2).filter(|at| is_break(&symbols[*at..word.start]));
    let after = Some(word.end + 2).filter(|at| symbols.get(word.end..*at).is_some_and(is_break));
    let start = before.map_or(word.start, |at| word_around(symbols, &(at..at)).start);
    let end = after.map_or(word.end, |at| word_around(symbols, &(at..at)).end);
    let is_broken = start + 2 < word.start || end > word.end + 2;
    is_broken.then_some(start..end)
}

/// Returns `word` joined with the piece before it, and with the piece after it, if one sign separates them: `pea.cock`, `cock|tail`;
/// before the word also if it is a space and the piece is not a word: `gl ass`.
pub(super) fn joined(symbols: &[Symbol], word: &Range<usize>) -> Vec<Range<usize>> {
    let before = piece(symbols[..word.start].iter().rev());
    let after = piece(symbols[word.end..].iter());
    let before = before.filter(|(letters, space, vowels)| !space || (*letters <= 2 && !vowels));
    let after = after.filter(|(_, space, _)| !space);
    let len = |piece: Option<(usize, bool, bool)>| piece.map_or(0, |(letters, ..)| letters + 1);
    let joined = [word.start - len(before)..word.end, word.start..word.end + len(after)];
    joined.into_iter().filter(|joined| joined != word).collect()
}

/// Returns the number of letters of the next piece, in the direction away from a word, whether a space separates it, and whether it has
/// vowels.
fn piece<'a>(mut symbols: impl Iterator<Item = &'a Symbol> + Clone) -> Option<(usize, bool, bool)> {
    // These signs separate items of a list and never occur within a word.
    let lists = |sign: &&Symbol| matches!(sign.c, '=' | ',' | ';' | '/');
    let sign = symbols.next().filter(|sign| !sign.is_word() && !lists(sign))?;
    let letters = symbols.clone().take(REACH).take_while(|symbol| symbol.is_letter()).count();
    let vowels = symbols.take(letters).any(|symbol| "aeiouyAEIOUY".contains(symbol.c));
    (letters > 0).then_some((letters, sign.is_space(), vowels))
}

/// Returns `range` extended by the single letters around it, each after a few symbols for which `separates` holds.
pub(super) fn spelling_around(
    symbols: &[Symbol],
    range: &Range<usize>,
    separates: impl Fn(Symbol) -> bool,
) -> Range<usize> {
    let (before, after) = symbols.split_at(range.start);
    let before = single_letters(&before.iter().rev(), &separates);
    let after = single_letters(&after[range.len()..].iter(), &separates);
    range.start - before..range.end + after
}

/// Returns how many of `symbols`, in the direction away from a letter, are alternating separators and letters.
fn single_letters<'a>(
    symbols: &(impl Iterator<Item = &'a Symbol> + Clone),
    separates: impl Fn(Symbol) -> bool,
) -> usize {
    let mut len = 0;
    while len < REACH {
        let rest = symbols.clone().skip(len);
        let separators = rest.clone().take(4).take_while(|symbol| separates(**symbol)).count();
        let letters = rest.skip(separators).take(2).take_while(|symbol| symbol.is_word()).count();
        if !(1..=3).contains(&separators) || letters != 1 {
            break;
        }
        len += separators + letters;
    }
    len
}

/// Returns the whole tokens that `range` overlaps.
pub(super) fn tokens(symbols: &[Symbol], range: &Range<usize>) -> Vec<Range<usize>> {
    let before =
        symbols[..range.start].iter().rev().take(REACH).take_while(|symbol| !symbol.is_space()).count();
    let after = symbols[range.end..].iter().take(REACH).take_while(|symbol| !symbol.is_space()).count();
    split(symbols, range.start - before..range.end + after, Symbol::is_space)
}

/// Splits `range` at the symbols for which `at` holds. Returns the pieces.
pub(super) fn split(
    symbols: &[Symbol],
    range: Range<usize>,
    at: impl Fn(Symbol) -> bool,
) -> Vec<Range<usize>> {
    let mut start = range.start;
    let mut parts = Vec::new();
    for part in symbols[range].split(|symbol| at(*symbol)) {
        if !part.is_empty() {
            parts.push(start..start + part.len());
        }
        start += part.len() + 1;
    }
    parts
}
