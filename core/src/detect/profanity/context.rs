//! Context: words before and after a word that give it a harmless meaning. `homo sapiens`, `summa cum laude`, `Dick Tracy`.

use std::ops::Range;

use super::around::{REACH, split, word_around};
use super::cores::{is_core, is_ending};
use super::english::{
    DETERMINERS, FILES, GIVEN_NAMES, HARMLESS, HARMLESS_AMONG, NAME_ENDINGS, NAMES, STRONG, TITLES,
    UNMISTAKABLE, holds,
};
use super::reading::read;
use super::stream::{Origin, Symbol};

/// How many words of a text are compared with the topic around them. More of them are no sentences about it.
pub(super) const MAX_LOOKS: u64 = 8;

/// The cost of such a comparison, in units of [`Budget`](crate::detect::Budget), measured and rounded up.
pub(super) const LOOK_COST: u64 = 5_000;

/// Returns whether the context of the word at `span` shows that it is not profanity. `looks` is how many more words may be compared with the
/// topic around them.
pub(super) fn is_harmless(symbols: &[Symbol], span: &Range<usize>, looks: &mut u64) -> bool {
    let word = read(&symbols[span.clone()]);
    let (before, after) = (before(symbols, span), after(symbols, span));
    let text = |range: &Option<Range<usize>>| {
        range.as_ref().map(|range| read(&symbols[range.clone()])).unwrap_or_default()
    };
    let (left, right) = (text(&before), text(&after));
    let written = pieces(symbols, span);
    let phrase = HARMLESS.iter().any(|(harmless, left_of, right_of)| {
        (*harmless == word || *harmless == written)
            && (left_of.contains(&&*left) || right_of.contains(&&*right))
    });
    phrase
        || is_about_another_topic(symbols, span, (&word, &left), looks)
        || is_extension(symbols, span, &word)
        || is_code(symbols, span)
        || is_an_owner(symbols, span, &word, &left)
        || [before, before_a_comma(symbols, span)]
            .iter()
            .any(|before| is_a_name(symbols, span, &word, (before.as_ref(), &text(before)), after.as_ref()))
}

/// Returns whether the words near `word` show that it means something else, `hooker in rugby`, and the word before it, `left`, does not
/// show that it is meant all the same.
fn is_about_another_topic(
    symbols: &[Symbol],
    span: &Range<usize>,
    (word, left): (&str, &str),
    looks: &mut u64,
) -> bool {
    let row = HARMLESS_AMONG.iter().find(|(harmless, ..)| *harmless == word);
    let Some((_, topic, _)) = row.filter(|(.., insults)| !holds(insults, left)) else { return false };
    if *looks == 0 || is_called(symbols, span) {
        return false;
    }
    *looks -= 1;
    let near = span.start.saturating_sub(REACH)..(span.end + REACH).min(symbols.len());
    split(symbols, near, |symbol| !symbol.is_letter())
        .into_iter()
        .any(|other| holds(topic, &read(&symbols[other])))
}

/// Returns whether the words before the one at `span` call somebody so: `you hooker`, `you're a useless hooker`, `shut up hoe`.
fn is_called(symbols: &[Symbol], span: &Range<usize>) -> bool {
    const YOU: [&str; 6] = ["u", "ya", "yall", "you", "yous", "youse"];
    const YOU_ARE: [&str; 4] = ["re", "ur", "your", "youre"];
    const ARTICLES: [&str; 7] = ["a", "an", "just", "one", "some", "such", "the"];
    let earlier = std::iter::successors(before(symbols, span), |word| before(symbols, word));
    let words: Vec<_> = earlier.take(4).map(|word| read(&symbols[word])).collect();
    let is = |number: usize, of: &[&str]| words.get(number).is_some_and(|word| of.contains(&word.as_str()));
    let you_are = |number: usize| is(number, &YOU_ARE) || is(number, &["are", "r"]) && is(number + 1, &YOU);
    is(0, &YOU)
        || is(0, &["up"]) && is(1, &["shut"])
        || you_are(0)
        || (0..2).any(|number| is(number, &ARTICLES) && you_are(number + 1))
}

/// Returns the word at `span` with the spaces in it: `sh it`.
fn pieces(symbols: &[Symbol], span: &Range<usize>) -> String {
    let pieces = split(symbols, span.clone(), Symbol::is_space).into_iter();
    pieces.map(|piece| read(&symbols[piece])).collect::<Vec<_>>().join(" ")
}

/// Returns whether `word` is the extension of a file, `film.ass`, or its stem, `ass.rs`.
fn is_extension(symbols: &[Symbol], span: &Range<usize>, word: &str) -> bool {
    let is = |at: Option<usize>, what: fn(Symbol) -> bool| {
        at.and_then(|at| symbols.get(at)).is_some_and(|symbol| what(*symbol))
    };
    let dot = |symbol: Symbol| symbol.c == '.';
    let left = is(span.start.checked_sub(1), dot) && is(span.start.checked_sub(2), Symbol::is_word);
    let right = is(Some(span.end), dot) && is(Some(span.end + 1), Symbol::is_letter);
    holds(FILES, word) && span.len() == word.len() && (left || right)
}

/// Returns whether `span` is the number of a part or a room, at most three capitals and digits including a digit, or a color: `#a55`.
fn is_code(symbols: &[Symbol], span: &Range<usize>) -> bool {
    let is_color = span.start.checked_sub(1).is_some_and(|at| symbols[at].c == '#');
    let word = &symbols[span.clone()];
    let digits = word.iter().filter(|symbol| symbol.c.is_ascii_digit()).count();
    let is_letter =
        |symbol: &&Symbol| symbol.c.is_ascii_uppercase() || is_color && matches!(symbol.c, 'a'..='f');
    let letters = word.iter().filter(is_letter).count();
    word.len() <= 3 && digits >= 1 && digits + letters == word.len()
}

/// Returns whether `word` is also a name of people and is used as one here: `Dick Cheney`, `talk to Dick`.
fn is_a_name(
    symbols: &[Symbol],
    span: &Range<usize>,
    word: &str,
    (before, left): (Option<&Range<usize>>, &str),
    after: Option<&Range<usize>>,
) -> bool {
    if !is_capitalised(&symbols[span.clone()]) || holds(DETERMINERS, left) {
        return false;
    }
    let named = is_named(symbols, span, before, left);
    if !holds(NAMES, word) {
        return named && ends_like_a_name(word);
    }
    let near = |range: &Range<usize>| {
        let text = read(&symbols[range.clone()]);
        is_capitalised(&symbols[range.clone()]) && !is_core(&text) && !is_ending(&text)
    };
    // Capitalized within a sentence, or after a title, it is a person.
    let somebody = holds(GIVEN_NAMES, word) && named || holds(TITLES, left);
    somebody || [before, after].into_iter().flatten().any(near)
}

/// Returns whether `span` has a capital letter that only a name has, within a sentence or after a title, and may be pronounced.
pub(super) fn looks_like_a_name(symbols: &[Symbol], span: &Range<usize>) -> bool {
    let before = before(symbols, span);
    let left = before.as_ref().map(|range| read(&symbols[range.clone()])).unwrap_or_default();
    is_capitalised(&symbols[span.clone()])
        && !holds(DETERMINERS, &left)
        && !begins_without_vowel(&read(&symbols[span.clone()]))
        && !begins_a_line(symbols, span)
        && is_named(symbols, span, before.as_ref(), &left)
}

/// Returns whether the lower-case `word` begins with consonants as no name does: `fcked`, but not `schitt`.
fn begins_without_vowel(word: &str) -> bool {
    word.len() > 2 && !word[..3].contains(['a', 'e', 'i', 'o', 'u', 'y']) && !word.starts_with("sch")
}

/// Returns whether `span` is at the beginning of a line that goes on after it, as no signature does.
fn begins_a_line(symbols: &[Symbol], span: &Range<usize>) -> bool {
    let is_first = span.start.checked_sub(1).is_some_and(|at| symbols[at].c == '\n');
    is_first
        && symbols[span.end..].iter().take_while(|symbol| symbol.c != '\n').any(|symbol| symbol.is_word())
}

/// Returns whether the words around `span` make a name of it if it has a capital letter: it is within a sentence, after a title, or who
/// a text is addressed to, `Kuntz: look`.
fn is_named(symbols: &[Symbol], span: &Range<usize>, before: Option<&Range<usize>>, left: &str) -> bool {
    let addressed = span.start == 0 && symbols.get(span.end).is_some_and(|symbol| symbol.c == ':');
    addressed || holds(TITLES, left) || is_within_a_sentence(symbols, before)
}

/// Returns whether `before`, the word before another, is of the same sentence and written as within one.
fn is_within_a_sentence(symbols: &[Symbol], before: Option<&Range<usize>>) -> bool {
    before.is_some_and(|range| symbols[range.clone()].iter().all(|symbol| !symbol.c.is_ascii_uppercase()))
}

/// Returns whether `word` is a strong word with an ending that makes a name of it: `shitov`.
fn ends_like_a_name(word: &str) -> bool {
    let ends = |strong: &&str| word.strip_prefix(*strong).is_some_and(|tail| holds(NAME_ENDINGS, tail));
    STRONG.iter().any(ends) && !UNMISTAKABLE.iter().any(|strong| word.contains(strong))
}

/// Returns whether `word`, which is also a given name, is somebody who has something: `it is Dick's birthday`, but not `your Dick's`.
fn is_an_owner(symbols: &[Symbol], span: &Range<usize>, word: &str, left: &str) -> bool {
    let [apostrophe, s, space, next, ..] = &symbols[span.end..] else { return false };
    matches!(apostrophe.c, '\'' | '’')
        && s.c == 's'
        && space.c == ' '
        && next.is_letter()
        && is_capitalised(&symbols[span.clone()])
        && holds(GIVEN_NAMES, word)
        && (left == "is" || !holds(DETERMINERS, left))
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

/// Returns the word before `span` and a comma: `Thanks, Dick!`, `Regards,` and the name on the next line.
fn before_a_comma(symbols: &[Symbol], span: &Range<usize>) -> Option<Range<usize>> {
    let comma = span.start.checked_sub(2)?;
    let is_comma =
        matches!(&symbols[comma..span.start], [comma, space] if comma.c == ',' && space.is_space());
    is_comma.then(|| word_around(symbols, &(comma..comma))).filter(|word| !word.is_empty())
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
