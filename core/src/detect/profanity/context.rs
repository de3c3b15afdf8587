//! Context: words before and after a word that give it a harmless meaning. `homo sapiens`, `summa cum laude`, `Dick Tracy`.

use std::ops::Range;

use super::around::word_around;
use super::reading::read;
use super::stream::{Origin, Symbol};
use super::words::{is_determiner, is_given_name, is_name};

/// A word, the words before it, and the words after it, with which it is harmless.
type Harmless = (&'static str, &'static [&'static str], &'static [&'static str]);

const HARMLESS: &[Harmless] = &[
    (
        "anal",
        &[],
        &[
            "abscess",
            "bleeding",
            "canal",
            "cancer",
            "fissure",
            "fissures",
            "fistula",
            "gland",
            "glands",
            "itching",
            "sphincter",
            "swab",
            "ysis",
            "yst",
        ],
    ),
    (
        "ass",
        &["b", "br", "cl", "gl", "gr", "l", "libass", "m", "p"],
        &["ert", "ess", "et", "ets", "ign", "ist", "subtitle", "subtitles", "ume"],
    ),
    ("assa", &[], &["ssin", "ult"]),
    (
        "asses",
        &["to", "please", "must", "should", "will", "can"],
        &["a", "if", "how", "risk", "risks", "the", "this", "that", "what", "whether"],
    ),
    ("bastard", &[], &["operator", "sword", "swords"]),
    ("boob", &[], &["tube"]),
    ("butt", &[], &["joint", "weld"]),
    ("chink", &[], &["in"]),
    ("chinks", &[], &["in"]),
    ("cock", &["ball", "pea", "stop"], &["a", "pit", "roach", "tail", "tails"]),
    ("coon", &["maine"], &["cat", "cats", "hound", "hounds"]),
    (
        "cum",
        &["magna", "maxima", "summa"],
        &["dist", "freq", "laude", "max", "min", "prod", "return", "returns", "sum"],
    ),
    ("fck", &[], &["editor"]),
    ("ho", &["ho", "hey", "heave", "land", "tally", "westward"], &["ho", "chi", "hum"]),
    (
        "homo",
        &[],
        &[
            "economicus",
            "erectus",
            "faber",
            "floresiensis",
            "habilis",
            "ludens",
            "naledi",
            "neanderthalensis",
            "sapien",
            "sapiens",
        ],
    ),
    ("hoe", &["garden", "plymouth", "back", "dutch"], &[]),
    ("hooker", &["prop"], &["telescope"]),
    ("pussy", &[], &["riot", "willow", "willows"]),
    ("prick", &["finger", "pin", "skin"], &["test", "tests", "your", "the"]),
    ("rape", &["oilseed"], &["oil", "seed", "seeds"]),
    ("screw", &["a", "the", "each", "set"], &[]),
    ("slut", &[], &["walk"]),
    ("spic", &[], &["and", "n"]),
    ("spick", &[], &["and", "n"]),
    ("strip", &[], &["mall", "search"]),
    ("tit", &["blue", "coal", "crested", "great", "marsh", "tailed", "willow"], &["an", "for", "le", "les"]),
    ("tits", &["blue", "coal", "crested", "great", "marsh", "tailed", "willow"], &[]),
    ("tranny", &[], &["fluid"]),
];

/// Words after which `sh it` refers to a shell.
const SHELLS: &[&str] = &["and", "bash", "by", "in", "like", "or", "run", "use", "using", "via", "with"];

/// Returns whether the context of the word at `span` shows that it is not profanity.
pub(super) fn is_harmless(symbols: &[Symbol], span: &Range<usize>) -> bool {
    let word = read(&symbols[span.clone()]);
    let (before, after) = (before(symbols, span), after(symbols, span));
    let text = |range: &Option<Range<usize>>| {
        range.as_ref().map(|range| read(&symbols[range.clone()])).unwrap_or_default()
    };
    let (left, right) = (text(&before), text(&after));
    let phrase = HARMLESS.iter().any(|(harmless, left_of, right_of)| {
        *harmless == word && (left_of.contains(&&*left) || right_of.contains(&&*right))
    });
    let shell =
        word == "shit" && span.len() > 4 && symbols[span.start + 2].is_space() && SHELLS.contains(&&*left);
    phrase
        || shell
        || is_extension(symbols, span, &word)
        || is_code(&symbols[span.clone()])
        || is_a_name(symbols, span, &word, (before, &left), after)
}

/// Returns whether `word` is the extension of a subtitle file, `.ass`, or the stem of a file such as `ass.rs`.
fn is_extension(symbols: &[Symbol], span: &Range<usize>, word: &str) -> bool {
    let is = |at: Option<usize>, what: fn(Symbol) -> bool| {
        at.and_then(|at| symbols.get(at)).is_some_and(|symbol| what(*symbol))
    };
    let dot = |symbol: Symbol| symbol.c == '.';
    let left = is(span.start.checked_sub(1), dot) && is(span.start.checked_sub(2), Symbol::is_word);
    let right = is(Some(span.end), dot) && is(Some(span.end + 1), Symbol::is_letter);
    word == "ass" && span.len() == word.len() && (left || right)
}

/// Returns whether `symbols` are the number of a part or a room: at most three capitals and digits, including a digit.
fn is_code(symbols: &[Symbol]) -> bool {
    let digits = symbols.iter().filter(|symbol| symbol.c.is_ascii_digit()).count();
    let capitals = symbols.iter().filter(|symbol| symbol.c.is_ascii_uppercase()).count();
    symbols.len() <= 3 && digits >= 1 && digits + capitals == symbols.len()
}

/// Returns whether `word` is also a name of people and is used as one here: `Dick Cheney`, `Van Dyke`, `talk to Dick`.
fn is_a_name(
    symbols: &[Symbol],
    span: &Range<usize>,
    word: &str,
    (before, left): (Option<Range<usize>>, &str),
    after: Option<Range<usize>>,
) -> bool {
    if word == "dyke" && matches!(left, "van" | "dick") {
        return true;
    }
    if !is_name(word) || !is_capitalised(&symbols[span.clone()]) || is_determiner(left) {
        return false;
    }
    let near = |range: &Range<usize>| {
        let text = read(&symbols[range.clone()]);
        is_capitalised(&symbols[range.clone()])
            && !super::cores::is_core(&text)
            && !super::cores::is_ending(&text)
    };
    // Capitalized within a sentence, it is a person.
    let somebody =
        is_given_name(word) && before.as_ref().is_some_and(|range| !is_capitalised(&symbols[range.clone()]));
    somebody || [before, after].iter().flatten().any(near)
}

fn is_capitalised(symbols: &[Symbol]) -> bool {
    symbols.len() >= 2
        && symbols[0].c.is_ascii_uppercase()
        && symbols[1..].iter().all(|symbol| symbol.c.is_ascii_lowercase() && symbol.origin == Origin::Plain)
}

/// Returns the word before `span`, separated by a space, a joining sign or the period of an abbreviation.
fn before(symbols: &[Symbol], span: &Range<usize>) -> Option<Range<usize>> {
    let gap = symbols[..span.start].iter().rev().take(3).take_while(|symbol| !symbol.is_word()).count();
    let signs = &symbols[span.start - gap..span.start];
    let abbreviated = matches!(signs, [dot, space] if dot.c == '.' && space.c == ' ');
    let end = span.start - gap;
    let word = word_around(symbols, &(end..end));
    let short = word.len() <= 3;
    (joins(signs) || (abbreviated && short)).then_some(word).filter(|word| !word.is_empty())
}

/// Returns the word after `span`.
fn after(symbols: &[Symbol], span: &Range<usize>) -> Option<Range<usize>> {
    let gap = symbols[span.end..].iter().take(3).take_while(|symbol| !symbol.is_word()).count();
    let start = span.end + gap;
    let word = word_around(symbols, &(start..start));
    joins(&symbols[span.end..start]).then_some(word).filter(|word| !word.is_empty())
}

fn joins(signs: &[Symbol]) -> bool {
    matches!(signs, [sign] if matches!(sign.c, ' ' | '-' | '_' | '\n'))
}
