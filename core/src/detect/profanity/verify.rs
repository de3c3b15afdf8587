//! The verifier: decides which of the engine's findings a reader would agree with.
//!
//! The engine searches for words in any obfuscation, and so finds them within and across other words: `de[bugger]`, `a[s s]ystem`. A mask
//! counts if it begins and ends where words do, and the text is still profane without its obfuscation, when the engine's list of innocent
//! words applies. A mask that does not count may contain a word that does.

use std::ops::Range;

use super::around::{REACH, joined, spelling_around, split, spread, tokens, trimmed, word_around};
use super::chance::{follows_any_word, is_torn_by_chance};
use super::cores::{holds_strong, is_core, is_ending, is_strong};
use super::engine::{Type, listed};
use super::english::{FOREIGN_HOMOGRAPHS, MEANINGLESS, SHORT_ENDINGS, holds};
use super::innocent::is_innocent;
use super::matcher::Matcher;
use super::reading::{is_leet_sign, is_spelled_with_signs, letter, read, readings};
use super::short::is_short_and_severe;
use super::stream::{Origin, SIGN, Symbol};

/// Judges masks on one text.
pub(super) struct Verifier<'a> {
    pub symbols: &'a [Symbol],
    pub matcher: &'a mut Matcher,
}

impl Verifier<'_> {
    /// Returns the parts of `run`, a range that the engine masks, that are profane.
    pub(super) fn judge(&mut self, run: Range<usize>) -> Vec<Range<usize>> {
        let run = trimmed(self.symbols, run, Symbol::is_space);
        let closest = self.without_neighbours(&run);
        if closest != run {
            let found = self.judge_all(closest);
            if !found.is_empty() {
                return found;
            }
        }
        self.judge_all(run)
    }

    /// Returns `run` without letters of adjacent words that only repeat its first or last letter: the `d` of `and deep`, the `b` of
    /// `<b>big</b>`.
    fn without_neighbours(&self, run: &Range<usize>) -> Range<usize> {
        let start = self.last_repetition(run.clone()).unwrap_or(run.start);
        let end = self.last_repetition((start..run.end).rev()).map_or(run.end, |at| at + 1);
        start..end
    }

    /// Returns the last of `places` up to which only the letter at the first is repeated, in several words, if the last of these goes on.
    fn last_repetition(&self, mut places: impl Iterator<Item = usize>) -> Option<usize> {
        let first = self.symbols[places.next()?];
        let (mut last, mut is_apart) = (None, false);
        for at in places {
            let symbol = self.symbols[at];
            if matches!(symbol.c, '*' | '#' | SIGN) {
                // It may stand for letters.
                return None;
            }
            if !symbol.is_word() {
                is_apart = true;
            } else if !symbol.is_letter() || !symbol.c.eq_ignore_ascii_case(&first.c) {
                return last.filter(|_| !is_apart);
            } else if is_apart {
                (last, is_apart) = (Some(at), false);
            }
        }
        None
    }

    fn judge_all(&mut self, run: Range<usize>) -> Vec<Range<usize>> {
        if !self.symbols[run.clone()].iter().any(|symbol| symbol.is_space()) {
            return self.token(run.clone()).or_else(|| self.disguised_phrase(&run)).into_iter().collect();
        }
        let phrase = self.spelled_out(&run).or_else(|| self.phrase(&run));
        if let Some(found) = phrase.or_else(|| self.disguised_phrase(&run)) {
            return vec![found];
        }
        let inside = |token: Range<usize>| token.start.max(run.start)..token.end.min(run.end);
        let tokens = tokens(self.symbols, &run);
        tokens.into_iter().filter_map(|token| self.token(inside(token))).collect()
    }

    // -----------------------------------------------------------------------------------------------------------------------
    // Masks within one token

    fn token(&mut self, run: Range<usize>) -> Option<Range<usize>> {
        let bare = trimmed(self.symbols, run.clone(), |symbol| !symbol.is_word());
        if let Some(found) = self.word(bare.clone()) {
            return Some(found);
        }
        // A sign at an end is a letter if it is unlikely to be anything else: `@ss`, `(un+`, `shi+`.
        let signed = trimmed(self.symbols, run, |symbol| !symbol.is_word() && !is_leet_sign(symbol.c));
        let symbols = &self.symbols[signed.clone()];
        let signs = symbols.iter().filter(|symbol| is_leet_sign(symbol.c)).count();
        let telling = symbols.iter().any(|symbol| matches!(symbol.c, '@' | '$'));
        let strong = || readings(symbols).iter().any(|read| is_strong(read));
        let signed =
            Some(signed.clone()).filter(|_| signed != bare && (signs >= 2 || telling || strong()))?;
        self.whole_word(&signed).or_else(|| self.parted(&signed))
    }

    fn word(&mut self, mut run: Range<usize>) -> Option<Range<usize>> {
        let core = self.readings(&run).iter().any(|read| is_core(read) || is_short_and_severe(read));
        if !core {
            // Digits at an end do not represent letters, nor do exclamation marks before them: `bob2`, `9xxx`, `no!!1`.
            run = trimmed(self.symbols, run, |symbol| symbol.c.is_ascii_digit() || symbol.c == '!');
        }
        let symbols = &self.symbols[run.clone()];
        let letters = symbols.iter().filter(|symbol| symbol.is_letter()).count();
        let digits = symbols.iter().filter(|symbol| symbol.c.is_ascii_digit()).count();
        if letters == 0 {
            return None;
        }
        if digits > letters && !core {
            // It is a number, possibly next to a word: `shit/192.168.0.1`.
            let pieces = split(self.symbols, run, |symbol| !symbol.is_word());
            let is_plain = |piece: &Range<usize>| {
                piece.len() >= 4 && self.symbols[piece.clone()].iter().all(|symbol| symbol.is_letter())
            };
            let pieces: Vec<_> = pieces.into_iter().filter(is_plain).collect();
            return pieces.iter().find_map(|piece| self.whole_word(piece));
        }
        self.whole_word(&run)
            .or_else(|| self.parted(&run))
            .or_else(|| self.hump(&run))
            .or_else(|| self.strong_inside(&run))
    }

    /// Returns `run` as a word of its own, with nothing before it and at most an ending after it.
    fn whole_word(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let symbols = &self.symbols[run.clone()];
        let in_parts = symbols.iter().any(|symbol| !symbol.is_word() && !is_leet_sign(symbol.c));
        if in_parts || is_spelled_with_signs(symbols) || self.is_strung(run) {
            return None;
        }
        let word = word_around(self.symbols, run);
        let spread = spread(self.symbols, &word);
        if spread != word && !self.is_profane(&spread) {
            return None;
        }
        (self.is_an_ending(run, &word)
            && self.digits_are_fine(run, &word)
            && self.is_profane(run)
            && (word == *run || self.is_profane(&word))
            && !self.is_a_piece(&word))
        .then_some(word)
    }

    /// Returns `run` with separators inside: `f.u.c.k`, `fu.ck`.
    fn parted(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let pieces = split(self.symbols, run.clone(), |symbol| !symbol.is_word());
        if pieces.len() < 2 {
            return None;
        }
        let word = word_around(self.symbols, run);
        if pieces.iter().all(|piece| self.is_one_letter(piece)) {
            let all = spelling_around(self.symbols, run, |symbol| !symbol.is_word() && !symbol.is_space());
            let long = pieces.len() >= 3 && word == *run;
            return (long && self.is_profane(run) && self.is_profane(&all)).then(|| run.clone());
        }
        if let Some(found) = pieces.iter().find_map(|piece| self.whole_word(piece)) {
            return Some(found);
        }
        let core = self.readings(run).iter().any(|read| is_core(read))
            && !is_torn_by_chance(self.symbols, run)
            && !self.is_elided(run);
        (core && self.is_an_ending(run, &word) && self.is_profane(run) && self.is_profane(&word))
            .then_some(word)
    }

    /// Returns `run` as part of a name in camel case: `SuchFuckCode`.
    fn hump(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let word = word_around(self.symbols, run);
        let upper = |at: usize| self.symbols[at].c.is_ascii_uppercase();
        let starts = word.clone().filter(|at| *at == word.start || (upper(*at) && !upper(at - 1)));
        let starts: Vec<_> = starts.chain([word.end]).collect();
        if starts.len() < 3 || !self.digits_are_fine(run, &word) {
            return None;
        }
        let humps = starts.windows(2).map(|ends| ends[0]..ends[1]);
        let plain = |hump: &Range<usize>| hump.clone().skip(1).all(|at| !upper(at));
        let touched = |hump: &Range<usize>| hump.start < run.end && run.start < hump.end && hump.len() >= 3;
        humps.filter(plain).filter(touched).find(|hump| self.is_profane(hump))
    }

    /// Returns the word around `run` if it contains a strong word anywhere: `absofuckinglutely`.
    fn strong_inside(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let word = word_around(self.symbols, run);
        let foreign = self.symbols[word.clone()].iter().any(|symbol| symbol.origin == Origin::Foreign);
        // `is_hit` contains none.
        let separator = |symbol: Symbol| !symbol.is_word() && !is_leet_sign(symbol.c);
        let mut pieces = split(self.symbols, word.clone(), separator).into_iter();
        let holds = |piece: Range<usize>| holds_strong(&read(&self.symbols[piece]));
        (!foreign && pieces.any(holds)).then_some(word)
    }

    // -----------------------------------------------------------------------------------------------------------------------
    // Masks across tokens

    /// Returns `run` as a word spelled letter by letter: `f u c k`.
    fn spelled_out(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let sign = |symbol: Symbol| !symbol.is_word() && !is_leet_sign(symbol.c);
        let single = |token: &Range<usize>| {
            let token = trimmed(self.symbols, token.clone(), sign);
            token.is_empty() || self.is_one_letter(&token)
        };
        let mut tokens = tokens(self.symbols, run);
        // The mask may extend into adjacent words.
        tokens = tokens.into_iter().skip_while(|token| !single(token)).collect();
        while tokens.last().is_some_and(|token| !single(token)) {
            tokens.pop();
        }
        if tokens.len() < 3 || !tokens.iter().all(single) {
            return None;
        }
        let run = trimmed(self.symbols, tokens.first()?.start..tokens.last()?.end, sign);
        let symbols = &self.symbols[run.clone()];
        let letters = symbols.iter().filter(|symbol| symbol.is_letter()).count();
        if letters == 0 || letters * 2 < symbols.iter().filter(|symbol| !symbol.is_space()).count() {
            return None;
        }
        // The whole row must be this word, apart from an article or pronoun before it, `a f u c k`, and an ending.
        let all = spelling_around(self.symbols, &run, |symbol| !symbol.is_word());
        let text = |range: Range<usize>| read(&self.symbols[range]);
        let run = if matches!(self.symbols[run.start].c, 'a' | 'A' | 'i' | 'I') && !self.is_profane(&run) {
            trimmed(self.symbols, run.start + 1..run.end, |symbol| !symbol.is_word())
        } else {
            run
        };
        let before = text(all.start..run.start);
        let whole = matches!(&*before, "" | "a" | "i") && is_ending(&text(run.end..all.end));
        // `a s s e t` is another word.
        (whole && self.is_profane(&run) && self.is_profane(&(run.start..all.end))).then_some(run)
    }

    /// Returns several whole words that are profane together but not, or less so, each on its own.
    pub(super) fn phrase(&mut self, run: &Range<usize>) -> Option<Range<usize>> {
        let mut words = Vec::new();
        for token in tokens(self.symbols, run) {
            // `xx🔥first second🔥yy`: what is beyond a sign is not part of the phrase.
            let pieces = split(self.symbols, token, |symbol| symbol.c == SIGN).into_iter();
            let inside = pieces.filter(|piece| piece.start < run.end && run.start < piece.end);
            let bare = inside.map(|piece| trimmed(self.symbols, piece, |symbol| !symbol.is_word()));
            words.extend(bare.filter(|word| !word.is_empty()));
        }
        let is_number =
            |word: &Range<usize>| self.symbols[word.clone()].iter().all(|symbol| symbol.c.is_ascii_digit());
        // The number of an item in a list, or a letter, which may read like the first letter of the first word, is not part of it.
        if let [first, rest @ ..] = &*words
            && (is_number(first) || first.len() == 1)
            && rest.len() > 1
            && self.matcher.is_one(&self.joined(rest), Type::MILD_OR_HIGHER)
        {
            words.remove(0);
        }
        let whole = words.first()?.start..words.last()?.end;
        // A number may be a word of a phrase, but not most of it.
        let all = |word: &Range<usize>, is: fn(Symbol) -> bool| {
            self.symbols[word.clone()].iter().all(|symbol| is(*symbol))
        };
        let letters = |word: &Range<usize>| {
            (word.len() >= 2 && all(word, Symbol::is_letter))
                || (words.len() >= 3 && all(word, |symbol| symbol.c.is_ascii_digit()))
        };
        let is_long = words.iter().any(|word| word.len() >= 4 && all(word, Symbol::is_letter));
        // `¡` before a word is no letter of it.
        let is_sign = |at: usize| self.symbols[at].origin == Origin::Sign;
        let begins_with_a_sign =
            |word: &Range<usize>| word.len() >= 2 && is_sign(word.start) && !is_sign(word.start + 1);
        let bare = trimmed(self.symbols, run.clone(), |symbol| !symbol.is_word());
        if whole != (bare.start.max(whole.start)..bare.end)
            || words.iter().any(begins_with_a_sign)
            || !words.iter().all(letters)
        {
            return None;
        }
        let plain = |word: &Range<usize>| {
            self.symbols[word.clone()].iter().map(|symbol| symbol.c.to_ascii_lowercase())
        };
        let read: Vec<String> = words.iter().map(|word| plain(word).collect()).collect();
        let phrase = read.join(" ");
        let is_swearing = listed(&phrase).is_some_and(|rating| rating.is(Type::MODERATE_OR_HIGHER));
        let level = if is_swearing { Type::MODERATE_OR_HIGHER } else { Type::MILD_OR_HIGHER };
        let none_alone = !read.iter().any(|word| self.matcher.is_profane_in(word, level));
        let (joined, any) = (read.concat(), Type::MILD_OR_HIGHER);
        // `hi litter` only reads like a word across its space.
        let is_word = |text: &str| listed(text).is_some();
        if !is_long && !is_word(&phrase) {
            return None;
        }
        let is_torn = is_word(&joined) && !read.last().is_some_and(|last| follows_any_word(last));
        let is_phrase = self.matcher.is_one(&phrase, any)
            && (is_word(&phrase) || is_torn || !self.matcher.is_one(&joined, any));
        (none_alone && !is_innocent(&phrase) && is_phrase).then_some(whole)
    }

    // -----------------------------------------------------------------------------------------------------------------------
    // What a range is

    /// Returns whether `range` is profane without its obfuscation.
    fn is_profane(&mut self, range: &Range<usize>) -> bool {
        let symbols = &self.symbols[range.clone()];
        if symbols.len() > 2 * REACH {
            return holds_strong(&read(symbols));
        }
        let letters = || symbols.iter().filter(|symbol| symbol.is_letter());
        let accented = letters().any(|symbol| symbol.origin == Origin::Accented);
        let foreign = letters().all(|symbol| matches!(symbol.origin, Origin::Foreign | Origin::Sign));
        readings(symbols).iter().any(|read| {
            // A word with accents, or without a Latin letter, belongs to another language unless that is very unlikely. `соск`, which
            // looks profane, is Russian.
            let english = if foreign {
                is_core(read) && !holds(FOREIGN_HOMOGRAPHS, read)
            } else {
                !accented || read.len() >= 6 || is_core(read)
            };
            english && !is_innocent(read) && self.matcher.is_profane(read)
        })
    }

    /// Returns whether `word` is a piece of a word that the engine knows to be innocent: `cock|tail`, `gl ass`.
    fn is_a_piece(&mut self, word: &Range<usize>) -> bool {
        let text = read(&self.symbols[word.clone()]);
        if is_strong(&text) {
            return false;
        }
        let letters = |range: Range<usize>| {
            self.symbols[range]
                .iter()
                .filter(|symbol| symbol.is_word())
                .map(|symbol| symbol.c)
                .collect::<String>()
        };
        let parts = |joined: Range<usize>| (letters(joined.start..word.start), letters(word.end..joined.end));
        joined(self.symbols, word).into_iter().map(parts).any(|(before, after)| {
            // Meaningless letters as a control show whether the word itself is innocent, or any letters would make it so.
            let with = |fill: &str| {
                let any = |part: &str| fill.chars().cycle().take(part.len()).collect::<String>();
                format!("{}{text}{}", any(&before), any(&after))
            };
            !self.matcher.is_profane(&format!("{before}{text}{after}"))
                && MEANINGLESS.iter().any(|fill| self.matcher.is_profane(&with(fill)))
        })
    }

    /// Returns whether `range` is a word with an English ending after an apostrophe: `as's`.
    fn is_elided(&self, range: &Range<usize>) -> bool {
        let apostrophe = range.clone().rfind(|at| matches!(self.symbols[*at].c, '\'' | '’'));
        let ending = apostrophe.map(|at| read(&self.symbols[at + 1..range.end]));
        ending.is_some_and(|ending| matches!(&*ending, "s" | "t" | "d" | "m" | "ll" | "re" | "ve"))
    }

    fn readings(&self, range: &Range<usize>) -> Vec<String> {
        readings(&self.symbols[range.clone()])
    }

    /// Returns whether `word` contains, in addition to `run`, only an ending or repetitions of a letter.
    fn is_an_ending(&self, run: &Range<usize>, word: &Range<usize>) -> bool {
        let all = |range: Range<usize>, like: usize| {
            let like = letter(self.symbols[like].c, true);
            self.symbols[range].iter().all(|symbol| letter(symbol.c, true) == like)
        };
        let tail = run.end..word.end;
        let ending = || {
            let ending = read(&self.symbols[tail.clone()]);
            // Many words that begin with a short profane word are unrelated: `hoeness`.
            is_ending(&ending) && (run.len() > 3 || ending.len() <= 2 || holds(SHORT_ENDINGS, &ending))
        };
        all(word.start..run.start, run.start) && (all(tail.clone(), run.end - 1) || ending())
    }

    /// Returns `words`, with spaces between them.
    fn joined(&self, words: &[Range<usize>]) -> String {
        let read = words.iter().map(|word| read(&self.symbols[word.clone()]));
        read.collect::<Vec<_>>().join(" ")
    }

    /// Returns whether `range` is one letter, possibly repeated: `f`, `ff`.
    fn is_one_letter(&self, range: &Range<usize>) -> bool {
        let read = read(&self.symbols[range.clone()]);
        let first = read.chars().next();
        first.is_some() && read.chars().all(|c| Some(c) == first)
    }

    /// Returns whether signs connect `run` with the text on both sides: the `t|t` of `b|u|t|t|o|n`.
    fn is_strung(&self, run: &Range<usize>) -> bool {
        let beside = |at: Option<usize>| {
            let sign = at.and_then(|at| self.symbols.get(at)).filter(|symbol| is_leet_sign(symbol.c));
            sign.is_some_and(|sign| self.symbols[run.clone()].iter().any(|symbol| symbol.c == sign.c))
        };
        beside(run.start.checked_sub(1)) && beside(Some(run.end))
    }

    /// Returns whether digits adjacent to `word` allow it to be profane: as in `wanker1` they are not part of it, but with a short word,
    /// or between letters, they form a code.
    fn digits_are_fine(&self, run: &Range<usize>, word: &Range<usize>) -> bool {
        let digits = |symbol: &&Symbol| symbol.c.is_ascii_digit();
        let left = self.symbols[..word.start].iter().rev().take_while(digits).count();
        let right = self.symbols[word.end..].iter().take_while(digits).count();
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| self.symbols.get(at)).is_some_and(|symbol| symbol.is_letter())
        };
        let between = (left > 0 && is_letter(word.start.checked_sub(left + 1)))
            || (right > 0 && is_letter(Some(word.end + right)));
        let letters = || self.symbols[run.clone()].iter().all(|symbol| symbol.is_letter());
        left + right == 0 || (!between && run.len() >= 4 && letters())
    }
}
