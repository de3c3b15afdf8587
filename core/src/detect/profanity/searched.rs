//! [`Searched`]: what is in a text whatever a rule looks for: zones, odd words, and the words that the engine finds.
//!
//! All rules of a file share it, because it is most of the work and does not depend on their settings.

use std::ops::Range;

use super::cores::OddWord;
use super::engine::{Engine, Type, Word};
use super::odd::odd_words;
use super::signs::Signs;
use super::stream::{FOREIGN, Symbol};
use super::zones::{Zone, zones};
use crate::order;

/// What is in a text, whatever a rule looks for.
pub(super) struct Searched {
    pub zones: Vec<Zone>,
    pub odd: Vec<OddWord>,
    /// The words in the text, with any obfuscation.
    pub words: Words,
    /// The text with its signs read as signs, if that may make a difference, and the words in its parts.
    pub signs: Option<(Vec<Symbol>, Vec<Words>)>,
    /// The cost of all this, in budget units.
    pub cost: u64,
}

impl Searched {
    /// Searches `symbols`.
    pub(super) fn of(symbols: &[Symbol]) -> Self {
        let zones = zones(symbols);
        let mut cost = 0;
        let odd = odd_words(symbols, &zones, &mut cost);
        let mut engine = Engine::new();
        let mut search = |symbols: &[Symbol], part, text| {
            let words = Words::of(symbols, part, text, &zones, &mut engine);
            cost += words.cost;
            words
        };
        let words = search(symbols, 0..symbols.len(), Text::Disguised);
        let signs = Signs::of(symbols, &zones).map(|Signs { symbols, parts }| {
            let words = parts.into_iter().map(|part| search(&symbols, part, Text::Plain)).collect();
            (symbols, words)
        });
        Self { zones, odd, words, signs, cost }
    }
}

/// How a text may be written.
#[derive(Clone, Copy, Debug)]
enum Text {
    /// With any obfuscation.
    Disguised,
    /// As is.
    Plain,
}

/// The words that the engine finds in a part of a text.
pub(super) struct Words {
    found: Vec<Word>,
    /// What the engine sees.
    chars: Vec<char>,
    /// The symbol of each of these, and the end of the part.
    places: Vec<usize>,
    cost: u64,
}

impl Words {
    fn of(symbols: &[Symbol], part: Range<usize>, text: Text, zones: &[Zone], engine: &mut Engine) -> Self {
        let end = part.end;
        let (chars, mut places) = fed(symbols, part, zones);
        places.push(end);
        let cost = match text {
            Text::Disguised => engine.search(&chars),
            Text::Plain => engine.search_plain(&chars),
        };
        Self { found: engine.found().collect(), chars, places, cost }
    }

    /// Returns the ranges of symbols that contain words of `threshold`. The result has false positives: ranges may contain parts of words,
    /// and words that are not profane.
    pub(super) fn runs(&self, threshold: Type) -> Vec<Range<usize>> {
        let mut words: Vec<_> = self.found.iter().filter(|word| word.rating.is(threshold)).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let counts = Counts::up_to_each(&self.chars);
        words.retain(|word| !counts[word.range.end].since(counts[word.range.start]).are_mostly_signs());
        order::by(&mut words, |word| (word.range.start, word.range.end));
        let mut runs: Vec<Range<usize>> = Vec::new();
        for Word { range, .. } in words {
            match runs.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => runs.push(range.clone()),
            }
        }
        runs.into_iter().map(|run| self.symbols(&run)).collect()
    }

    /// Returns the ranges of symbols of the words of `threshold` that are only a part of `run`, a range of symbols, at most
    /// [`MOST_PARTS`]: letters of its neighbours may repeat those at the ends of a phrase, and make one run of several.
    pub(super) fn parts(&self, run: &Range<usize>, threshold: Type) -> Vec<Range<usize>> {
        // Words are in the order of their ends.
        let first = self.found.partition_point(|word| self.places[word.range.end] <= run.start);
        let words = self.found[first..].iter().filter(|word| word.rating.is(threshold));
        let ranges = words.map(|word| self.symbols(&word.range)).take_while(|part| part.end <= run.end);
        let mut parts: Vec<_> =
            ranges.filter(|part| run.start <= part.start && part != run).take(MOST_PARTS).collect();
        parts.dedup();
        parts
    }

    /// Returns the range of symbols of the characters in `range`.
    fn symbols(&self, range: &Range<usize>) -> Range<usize> {
        self.places[range.start]..self.places[range.end]
    }
}

/// The maximum number of words within a run that are looked at one by one.
const MOST_PARTS: usize = 16;

/// The maximum number of repetitions of a character that the engine sees; more do not make another word.
const REPEATS: usize = 3;

/// Returns what the engine sees of `part` of a text, and the index of the symbol of each character: zones are replaced by characters that
/// are neither words nor join words, and long repetitions are shortened.
fn fed(symbols: &[Symbol], part: Range<usize>, zones: &[Zone]) -> (Vec<char>, Vec<usize>) {
    let mut chars: Vec<char> = symbols[part.clone()].iter().map(|symbol| symbol.c).collect();
    // Zones are in order.
    let first = zones.partition_point(|zone| zone.symbols.end <= part.start);
    for Zone { symbols, .. } in zones[first..].iter().take_while(|zone| zone.symbols.start < part.end) {
        let (start, end) = (symbols.start.max(part.start), symbols.end.min(part.end));
        if start < end {
            let zone = &mut chars[start - part.start..end - part.start];
            zone.fill(FOREIGN);
            zone[0] = ' ';
            zone[end - start - 1] = ' ';
        }
    }
    let repeats = |at: usize| at >= REPEATS && chars[at - REPEATS..at].iter().all(|c| *c == chars[at]);
    (0..chars.len()).filter(|at| !repeats(*at)).map(|at| (chars[at], part.start + at)).unzip()
}

/// The number of signs that any word may contain, however few its letters: `@$$h0|3`, `8=====D`.
const LONG: usize = 7;

/// The numbers of letters, and of signs and digits.
#[derive(Clone, Copy, Default)]
struct Counts {
    letters: usize,
    signs: usize,
}

impl Counts {
    /// Returns the counts before each of `chars`, and those of all.
    fn up_to_each(chars: &[char]) -> Vec<Self> {
        let mut counts = Self::default();
        let mut all = vec![counts];
        all.extend(chars.iter().map(|c| {
            counts.letters += usize::from(c.is_alphabetic());
            counts.signs += usize::from(!c.is_alphabetic() && !c.is_whitespace());
            counts
        }));
        all
    }

    const fn since(self, start: Self) -> Self {
        Self { letters: self.letters - start.letters, signs: self.signs - start.signs }
    }

    /// Returns whether there are too many signs for a word to be readable, as in a regular expression or a ruler: long obfuscated words
    /// in practice have at least one letter for every three signs.
    const fn are_mostly_signs(self) -> bool {
        self.signs > LONG && self.letters * 3 < self.signs
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    #[test]
    fn a_run_is_where_words_are() {
        for (text, expected) in
            [("what the fuck", "fuck"), ("fuck, shit", "fuck shit"), ("hello", ""), ("", "")]
        {
            let stream = Stream::new(text);
            let runs = Searched::of(&stream.symbols).words.runs(Type::INAPPROPRIATE);
            assert_eq!(
                runs.into_iter().map(|run| &text[stream.bytes(run)]).collect::<Vec<_>>().join(" "),
                expected,
                "{text:?}"
            );
        }
    }
}
