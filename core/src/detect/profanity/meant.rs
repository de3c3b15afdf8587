//! Decides whether a word is meant as the profane word that it reads like: the more the reading differs from the text, the stronger the
//! evidence in the text must be.
//!
//! *fuck* is *fuck* in any language. *cum*, *slut* and *hoe* are swearing in English, but common words in other languages. *kunt*,
//! *seks*, *шапка* and *diçka* are swearing only as respellings: nobody writes those without English around them, or without other signs
//! of obfuscation.

use std::ops::Range;

use super::cores::{core_in, holds_strong, is_strong};
use super::engine::{Type, listed};
use super::english::{FOREIGN_ENDINGS, HOMOGRAPHS, RESPELLED_HOMOGRAPHS, UNMISTAKABLE, holds};
use super::reading::read;
use super::stream::{Origin, Symbol};
use super::tongues::{Around, Tongue};
use super::undisguised;

/// How much a profane word differs from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is the text itself, or obfuscated in a way that has no other explanation.
    Certain,
    /// It is the text itself or part of it, but the text may also be, or contain, a word of another language.
    Homograph,
    /// It is a well-known respelling, which no common word of another language is.
    Respelled,
    /// It is a well-known respelling, and the text may also be a word of another language.
    RespelledHomograph,
    /// It has other letters or endings than the text, or the text is an everyday word of a language that the rule names.
    Far,
    /// It has other letters than the text, which is written like a name: `ask Kuntz`.
    Name,
}

impl Reading {
    /// Returns how much the profane word at `span` differs from the text. `core` is the core word that it was found as, if any.
    pub(super) fn of(symbols: &[Symbol], span: &Range<usize>, core: Option<&str>) -> Self {
        let word = &symbols[span.clone()];
        if shows_intent(word) {
            return Self::Certain;
        }
        let read = read(word);
        let plain = undisguised::rating(read.as_bytes());
        let is = |origin: Origin| word.iter().any(|symbol| symbol.origin == origin);
        match () {
            () if UNMISTAKABLE.iter().any(|word| read.contains(word)) => Self::Certain,
            () if plain.is_some() && !is_homograph(&read) => Self::Certain,
            () if plain.is_some_and(|rating| rating.is(Type::MODERATE_OR_HIGHER)) => Self::Homograph,
            () if is(Origin::Accented) || is(Origin::Foreign) => match core_in(&read) {
                Some(core) if core == read && is_strong(core) => Self::Certain,
                Some(core) if core == read => Self::RespelledHomograph,
                _ => Self::Far,
            },
            () if word.iter().any(|symbol| symbol.is_space()) => Self::Homograph,
            () => match listed_stem(&read) {
                Some((stem, _)) if is_homograph(&stem) || is_homograph(&read) => Self::Homograph,
                // Of slurs the plural is meant, too: *Hoes* is hardly a name.
                Some((_, rating))
                    if rating.is(Type::OFFENSIVE) && read.strip_suffix('s').is_some_and(is_homograph) =>
                {
                    Self::Homograph
                }
                Some((_, rating)) if !rating.is(Type::EVASIVE) => Self::Certain,
                _ if holds_strong(&read) => Self::Homograph,
                Some(_) => Self::respelled(&read),
                None if core.is_some() || is_stretched(&read) => Self::respelled(&read),
                // A phrase: `word-word`.
                None if word.iter().any(|symbol| symbol.c == '-') => Self::Homograph,
                None => Self::Far,
            },
        }
    }

    /// Returns how much a text differs from the profane word of which it is a well-known respelling, `read`.
    fn respelled(read: &str) -> Self {
        if holds(RESPELLED_HOMOGRAPHS, read) { Self::RespelledHomograph } else { Self::Respelled }
    }

    /// Returns whether the word at `span` with this reading is meant, given the text around it.
    pub(super) fn is_meant(self, span: &Range<usize>, around: &Around<'_>) -> bool {
        match self {
            Self::Certain => true,
            Self::Homograph | Self::Respelled => {
                around.tongue() != Tongue::Other && !around.is_foreign_at(span)
            }
            Self::RespelledHomograph => matches!(around.tongue(), Tongue::English | Tongue::None),
            Self::Far => around.tongue() == Tongue::English,
            Self::Name => false,
        }
    }
}

/// The number of repetitions of a letter that no spelling requires and that express emphasis.
const DRAWN_OUT: usize = 3;

/// Returns whether `word` is written in a way that shows an intention to hide it: with signs or digits in it, with letters of two scripts
/// or of a decorative alphabet, struck through, or drawn out.
fn shows_intent(word: &[Symbol]) -> bool {
    let joins = |symbol: &Symbol| symbol.is_space() || matches!(symbol.c, '-' | '\'');
    if word.iter().any(|symbol| !symbol.is_letter() && !joins(symbol) || symbol.is_dressed()) {
        return true;
    }
    let letters = || word.iter().filter(|symbol| symbol.is_letter());
    let count = |origin: Origin| letters().filter(|symbol| symbol.origin == origin).count();
    let (all, foreign) = (letters().count(), count(Origin::Foreign));
    let mixed = foreign > 0 && foreign < all;
    let marked = all >= DRAWN_OUT && count(Origin::Accented) == all;
    let alike = |run: &[Symbol]| run.iter().all(|symbol| symbol.c.eq_ignore_ascii_case(&run[0].c));
    // Spelled letter by letter.
    let spelled =
        word.split(joins).filter(|piece| !piece.is_empty()).all(|piece| piece.len() == 1) && all > 1;
    mixed || marked || spelled || is_doubled(word) || word.windows(DRAWN_OUT).any(alike)
}

/// Returns whether every letter of `word` occurs at least twice in a row: `ddiicckk`.
fn is_doubled(word: &[Symbol]) -> bool {
    let runs = || word.chunk_by(|one, next| one.c.eq_ignore_ascii_case(&next.c));
    runs().count() > 1 && runs().filter(|run| run.len() == 1).count() == 0
}

/// Returns the profane word that the lower-case `word` is in its usual spelling, possibly with an English ending, and its rating.
fn listed_stem(word: &str) -> Option<(String, Type)> {
    if let Some(core) = core_in(word).filter(|core| !holds(FOREIGN_ENDINGS, &word[core.len()..])) {
        return Some((core.to_owned(), Type::NONE));
    }
    let known = |stem: String| listed(&stem).map(|rating| (stem, rating));
    known(word.to_owned()).or_else(|| {
        let endings = ["s", "es", "ed", "er", "ers", "ing", "ings", "y"].into_iter();
        endings.filter_map(|ending| word.strip_suffix(ending)).find_map(|stem| {
            // `raping` lost an `e`; `humming` has an additional `m`.
            let (at, last) = stem.char_indices().next_back()?;
            let doubled = Some(&stem[..at]).filter(|one| one.ends_with(last));
            // Short entries are abbreviations, which take no endings.
            (stem.len() > 3).then_some(())?;
            known(stem.to_owned())
                .or_else(|| known(format!("{stem}e")))
                .or_else(|| known(doubled?.to_owned()))
        })
    })
}

/// Returns whether the lower-case `word` is a profane word with one of its letters doubled, which no word of another language resembles:
/// `bitcch`.
fn is_stretched(word: &str) -> bool {
    let is_doubled = |at: &usize| word.as_bytes()[*at] == word.as_bytes()[at + 1];
    (1..word.len()).map(|end| end - 1).filter(is_doubled).any(|at| {
        let once = format!("{}{}", &word[..at], &word[at + 1..]);
        let rating = listed(&once).filter(|_| once.len() >= SHORTEST && !is_homograph(&once));
        rating.is_some_and(|rating| {
            (rating.is(Type::MODERATE_OR_HIGHER) || once.len() >= LONG) && !rating.is(Type::EVASIVE)
        })
    })
}

/// The minimum length of a word with a doubled letter, without that letter. Shorter words resemble too many others.
const SHORTEST: usize = 4;

/// The minimum length if the word is mild.
const LONG: usize = 6;

fn is_homograph(word: &str) -> bool {
    holds(HOMOGRAPHS, word)
}
