//! Whether a word is meant as the profane one that it reads like: the further the reading is from the text, the better a reason it needs
//! in the text.
//!
//! *fuck* is *fuck* in any language. *cum*, *slut* and *hoe* are swearing in English, and everyday words of others. *kunt*, *seks*,
//! *шапка* and *diçka* are swearing only to who respells them: nobody does so without writing English around them, or showing that there
//! is something to hide.

use std::ops::Range;

use super::cores::{core_in, holds_strong, is_strong};
use super::engine::{Type, listed};
use super::reading::read;
use super::slurs::is_slur;
use super::stream::{Origin, Symbol};
use super::tongues::{Around, Tongue};

/// How far a profane word is from what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is what is written, or in a disguise that nothing else explains.
    Certain,
    /// It is what is written, or is in it, and may be, or be in, a word of another language.
    Homograph,
    /// It is a spelling that people know for it.
    Respelled,
    /// It takes other letters, or other endings, than are there.
    Far,
}

impl Reading {
    /// How far the profane word at `span` is; `core` is the core word that it was found as, if it was.
    pub(super) fn of(symbols: &[Symbol], span: &Range<usize>, core: Option<&str>) -> Self {
        let word = &symbols[span.clone()];
        if shows_intent(word) {
            return Self::Certain;
        }
        let read = read(word);
        let is = |origin: Origin| word.iter().any(|symbol| symbol.origin == origin);
        match () {
            () if read.contains("fuck") || is_slur(&read) && !is_homograph(&read) => Self::Certain,
            () if is(Origin::Accented) || is(Origin::Foreign) => match core_in(&read) {
                Some(core) if core == read && is_strong(core) => Self::Certain,
                Some(core) if core == read => Self::Respelled,
                _ => Self::Far,
            },
            () if word.iter().any(|symbol| symbol.is_space()) => Self::Homograph,
            () => match listed_stem(&read) {
                Some((stem, _)) if is_homograph(&stem) || is_homograph(&read) => Self::Homograph,
                Some((_, rating)) if !rating.is(Type::EVASIVE) => Self::Certain,
                _ if holds_strong(&read) => Self::Homograph,
                Some(_) => Self::Respelled,
                None if core.is_some() => Self::Respelled,
                None => Self::Far,
            },
        }
    }

    /// Whether a word that is so far is meant, with what stands around it.
    pub(super) fn is_meant(self, around: &Around<'_>) -> bool {
        match self {
            Self::Certain => true,
            Self::Homograph => around.tongue() != Tongue::Other,
            Self::Respelled => matches!(around.tongue(), Tongue::English | Tongue::None),
            Self::Far => around.tongue() == Tongue::English,
        }
    }
}

/// How often in a row a letter is written for its sound, and by no rule of spelling.
const DRAWN_OUT: usize = 3;

/// Whether `word` is written as nobody writes who has nothing to hide: with signs or digits in it, in the letters of two scripts or of
/// a fancy alphabet, struck through, drawn out.
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
    // Letter by letter.
    let spelled =
        word.split(joins).filter(|piece| !piece.is_empty()).all(|piece| piece.len() == 1) && all > 1;
    mixed || marked || spelled || is_doubled(word) || word.windows(DRAWN_OUT).any(alike)
}

/// Whether every letter of `word` is written twice, or more often: `ddiicckk`.
fn is_doubled(word: &[Symbol]) -> bool {
    let runs = || word.chunk_by(|one, next| one.c.eq_ignore_ascii_case(&next.c));
    runs().count() > 1 && runs().filter(|run| run.len() == 1).count() == 0
}

/// Endings that English does not add.
const FOREIGN_ENDINGS: &[&str] = &["a", "em", "en", "est", "in", "ty", "ya", "yo"];

/// The profane word that `word`, in lower case, is as it is spelled, but for an English ending; and its rating.
fn listed_stem(word: &str) -> Option<(String, Type)> {
    if let Some(core) = core_in(word).filter(|core| !FOREIGN_ENDINGS.contains(&&word[core.len()..])) {
        return Some((core.to_owned(), Type::NONE));
    }
    let known = |stem: String| listed(&stem).map(|rating| (stem, rating));
    known(word.to_owned()).or_else(|| {
        let endings = ["s", "es", "ed", "er", "ers", "ing", "ings", "y"].into_iter();
        endings.filter_map(|ending| word.strip_suffix(ending)).find_map(|stem| {
            // `raping` has lost an `e`, `humming` has an `m` more.
            let (at, last) = stem.char_indices().next_back()?;
            let doubled = Some(&stem[..at]).filter(|one| one.ends_with(last));
            // Short ones are abbreviations, which take no endings.
            (stem.len() > 3).then_some(())?;
            known(stem.to_owned())
                .or_else(|| known(format!("{stem}e")))
                .or_else(|| known(doubled?.to_owned()))
        })
    })
}

/// Profane words of English that are also everyday words of other languages, sorted: of those that are among their commonest words,
/// the ones that are no swearing there.
const HOMOGRAPHS: &[&str] = &[
    "after",
    "anal",
    "ass",
    "bite",
    "bra",
    "bum",
    "coco",
    "con",
    "cum",
    "damn",
    "dic",
    "dick",
    "dicke",
    "dicken",
    "dicker",
    "dickes",
    "dik",
    "dike",
    "dikke",
    "dock",
    "domme",
    "dong",
    "douche",
    "dyke",
    "fag",
    "fart",
    "fasciste",
    "fascistes",
    "fat",
    "fck",
    "frig",
    "fug",
    "fuk",
    "fut",
    "gay",
    "glans",
    "hate",
    "hater",
    "hell",
    "heroin",
    "himmler",
    "hitler",
    "ho",
    "hoden",
    "hoe",
    "homo",
    "homos",
    "kock",
    "kok",
    "kot",
    "krap",
    "kuk",
    "lenin",
    "liar",
    "mariage",
    "molest",
    "moron",
    "neger",
    "negra",
    "negras",
    "negre",
    "negro",
    "negros",
    "nig",
    "pd",
    "penas",
    "penis",
    "penner",
    "pines",
    "pipe",
    "porno",
    "pornos",
    "pp",
    "prick",
    "pron",
    "rape",
    "reich",
    "retard",
    "retarder",
    "retards",
    "romance",
    "rommel",
    "sex",
    "sexual",
    "sexy",
    "slave",
    "slet",
    "slot",
    "slut",
    "suk",
    "tard",
    "tit",
    "tits",
    "vagina",
    "viole",
    "welcher",
    "word",
];

fn is_homograph(word: &str) -> bool {
    HOMOGRAPHS.binary_search(&word).is_ok()
}
