//! The exact pass: proposes words, and drops those that no reader would take for them.

use std::mem;
use std::ops::Range;

use super::around::broken_at_a_line_end;
use super::commonest::is_english;
use super::context::{LOOK_COST, MAX_LOOKS, is_harmless, looks_like_a_name};
use super::engine::Type;
use super::grading::{Rated, Word, merged};
use super::kind::Kind;
use super::matcher::Matcher;
use super::meant::Reading;
use super::reading::read;
use super::searched::{Searched, Words};
use super::stream::{Stream, Symbol};
use super::tongues::Around;
use super::verify::Verifier;
use super::zones::Zone;
use super::{Finder, alone, grading, innocent, signs, undisguised, zones};
use crate::detect::{Context, Exhausted};
use crate::order;
use crate::text::View;

impl Finder {
    /// Returns what the exact pass finds in `stream`, which is of `text`. `matcher` rates words of all readings of one text.
    pub(super) fn find_exactly(
        &self,
        stream: &Stream,
        searched: &Searched,
        text: &View,
        matcher: &mut Matcher,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Rated>, Exhausted> {
        cx.budget.spend(searched.cost)?;
        let symbols = &stream.symbols;
        let mut pass = Pass { symbols, searched, threshold: self.threshold, matcher };
        let mut words = pass.proposed(cx)?;
        words.retain(|word| !pass.is_decoration(word));
        words.retain(|(span, _)| !pass.has_innocent_stem(span));
        pass.read_without_signs(&mut words, cx)?;
        words.retain(|(span, _)| !pass.is_chance_at_a_line_end(span));
        let mut looks = MAX_LOOKS;
        words.retain(|(span, _)| !is_harmless(symbols, span, &mut looks));
        cx.budget.spend((MAX_LOOKS - looks) * LOOK_COST)?;
        let is_everyday = |span: &Range<usize>| self.everyday.holds(&text.text()[stream.bytes(span.clone())]);
        drop_what_is_not_meant(symbols, &mut words, &searched.zones, is_everyday);
        let mut rated = Vec::new();
        for (span, core) in merged(words) {
            let word = core.map_or_else(|| read(&symbols[span.clone()]), str::to_owned);
            let rating = pass.rate(&word);
            cx.budget.spend(mem::take(&mut pass.matcher.spent))?;
            let severity = grading::severity(&word, rating);
            let bytes = stream.bytes(span);
            let factual = !self.factual && innocent::is_factual(&text.text()[bytes.clone()]);
            if severity >= self.least && !factual {
                rated.push(Rated { bytes, word, kind: Kind::of(rating).name(), severity });
            }
        }
        cx.budget.spend(pass.matcher.spent)?;
        // Apply the allow-list to all at once, because it searches the whole text.
        let mut left: Vec<_> = rated.iter().map(|word| word.bytes.clone()).collect();
        self.allow.apply(text, cx, &mut left)?;
        let mut left = left.into_iter().peekable();
        rated.retain(|word| left.next_if_eq(&word.bytes).is_some());
        Ok(rated)
    }
}

/// The exact pass over one text.
struct Pass<'a> {
    symbols: &'a [Symbol],
    searched: &'a Searched,
    threshold: Type,
    matcher: &'a mut Matcher,
}

impl Pass<'_> {
    /// Returns everything that may be a word: odd words, words in zones and words that are found as they are written, which are certain; a
    /// text that is one word in pieces; and what the engine found and the verifier confirms.
    fn proposed(&mut self, cx: &mut Context<'_>) -> Result<Vec<Word>, Exhausted> {
        let Self { symbols, searched, threshold, ref mut matcher } = *self;
        let mut certain = searched.odd.clone();
        let in_zones = searched.zones.iter().flat_map(|zone| zones::plain_words(symbols, zone));
        certain.extend(in_zones.filter(|(span, _)| matcher.knows_as_profane(&read(&symbols[span.clone()]))));
        certain.retain(|(_, core)| matcher.is_profane(core));
        certain.extend(undisguised::exact_words(symbols, threshold));
        let mut words: Vec<Word> = certain.into_iter().map(|(span, core)| (span, Some(core))).collect();
        words.extend(alone::torn(symbols, matcher).map(|span| (span, None)));
        words.extend(self.confirmed(&searched.words, symbols, cx)?);
        Ok(words)
    }

    /// Returns those of `words`, which are in `symbols`, that the verifier confirms.
    fn confirmed(
        &mut self,
        words: &Words,
        symbols: &[Symbol],
        cx: &mut Context<'_>,
    ) -> Result<Vec<Word>, Exhausted> {
        let mut confirmed = Vec::new();
        for run in words.runs(self.threshold) {
            cx.budget.spend(mem::take(&mut self.matcher.spent))?;
            let mut verifier = Verifier { symbols, matcher: self.matcher };
            let mut judged = verifier.judge(run.clone());
            if judged.is_empty() && symbols[run.clone()].iter().any(|symbol| symbol.is_space()) {
                let parts = words.parts(&run, self.threshold).into_iter();
                judged.extend(parts.filter_map(|part| verifier.phrase(&part)));
                judged.dedup();
            }
            confirmed.extend(judged.into_iter().map(|span| (span, None)));
        }
        Ok(confirmed)
    }

    /// Returns whether signs make `word` a word: they frame or emphasize other letters, or stars in it hide another word.
    fn is_decoration(&self, word: &Word) -> bool {
        signs::is_only_framed(self.symbols, &word.0)
            || signs::is_emphasized(self.symbols, &word.0)
            || signs::is_masked(self.symbols, word)
    }

    /// Returns whether there is an apostrophe in `span`, and what stands before it is no word that is found.
    fn has_innocent_stem(&mut self, span: &Range<usize>) -> bool {
        let stem = innocent::before_an_apostrophe(&self.symbols[span.clone()]);
        stem.is_some_and(|stem| !self.matcher.is_profane(&stem) || innocent::is_innocent(&stem))
    }

    /// Replaces those of `words` that signs frame by the words between the signs, and adds what is found when no sign is a letter.
    fn read_without_signs(&mut self, words: &mut Vec<Word>, cx: &mut Context<'_>) -> Result<(), Exhausted> {
        let Some((without_signs, parts)) = &self.searched.signs else { return Ok(()) };
        for part in parts {
            let mut plain = self.confirmed(part, without_signs, cx)?;
            order::by(&mut plain, |(word, _)| (word.start, word.end));
            words.retain(|(span, _)| {
                let inside = &plain[plain.partition_point(|(word, _)| word.start < span.start)..];
                let mut inside = inside.iter().take_while(|(word, _)| word.start < span.end);
                !inside.any(|(word, _)| word != span && signs::frames(self.symbols, span, word))
            });
            words.extend(plain);
        }
        Ok(())
    }

    /// Returns whether `span` is a word by chance only, because a line end breaks a longer one there.
    fn is_chance_at_a_line_end(&mut self, span: &Range<usize>) -> bool {
        let Some(whole) = broken_at_a_line_end(self.symbols, span) else { return false };
        let is_word = |range: Range<usize>| {
            let piece = read(&self.symbols[range]);
            piece.len() > 2 && is_english(&piece)
        };
        let is_compound = is_word(whole.start..span.start) || is_word(span.end..whole.end);
        let whole = read(&self.symbols[whole]);
        is_english(&whole) || !is_compound && !self.matcher.is_profane(&whole)
    }

    /// Returns the rating of `word` within the threshold.
    fn rate(&mut self, word: &str) -> Type {
        undisguised::rating(word.as_bytes()).unwrap_or_else(|| self.matcher.rate(word)) & self.threshold
    }
}

/// Drops those of `words` that are more likely words of the surrounding language.
fn drop_what_is_not_meant(
    symbols: &[Symbol],
    words: &mut Vec<Word>,
    zones: &[Zone],
    is_everyday: impl Fn(&Range<usize>) -> bool,
) {
    let reading = |(span, core): &Word| match Reading::of(symbols, span, *core) {
        _ if is_everyday(span) => Reading::Far,
        Reading::Respelled | Reading::RespelledHomograph | Reading::Far
            if looks_like_a_name(symbols, span) =>
        {
            Reading::Name
        }
        reading => reading,
    };
    let readings: Vec<Reading> = words.iter().map(reading).collect();
    if readings.iter().all(|reading| *reading == Reading::Certain) {
        return;
    }
    let silent =
        words.iter().map(|(span, _)| span.clone()).chain(zones.iter().map(|zone| zone.symbols.clone()));
    let certain = words.iter().zip(&readings).filter(|(_, reading)| **reading == Reading::Certain);
    let around = Around::new(symbols, silent, certain.map(|((span, _), _)| span.start).collect());
    let in_zone = |span: &Range<usize>| {
        // Zones are in order.
        let after = zones.partition_point(|zone| zone.symbols.start <= span.start);
        after > 0 && span.end <= zones[after - 1].symbols.end
    };
    let mut readings = readings.into_iter();
    words.retain(|(span, _)| {
        readings.next().is_none_or(|reading| reading.is_meant(span, &around)) || in_zone(span)
    });
}
