//! Tests that nothing escapes the screen. In tests, [`Finder`](super::super::Finder) runs the exact pass after the screen too, and fails
//! if it finds what the screen did not announce; so these tests only have to show it many disguises. Where texts are so many that this
//! takes too long, the exact pass runs only on those in which the screen announces nothing.

mod dice;
mod disguises;

pub(in crate::detect::profanity) use self::dice::Dice;
use self::disguises::Disguises;
use super::super::engine::{Type, rated_words};
use super::super::plainly::{CASES, FRAMES};
use super::super::stream::Stream;
use super::super::tests::{detector, find, pieces};
use crate::detect::{Budget, Detector};
use crate::text::View;

/// Settings with all thresholds and languages that the screen distinguishes.
const SETTINGS: &[&str] =
    &["'work'", EVERYTHING, "{ kinds = ['offensive'] }", "{ level = 'strict', kinds = ['sexual'] }"];

fn show(detectors: &[Box<dyn Detector>], text: &str) {
    for detector in detectors {
        // An exhausted budget is no finding.
        _ = find(&**detector, text, Budget::RULE);
    }
}

fn detectors() -> Vec<Box<dyn Detector>> {
    SETTINGS.iter().map(|settings| detector(settings)).collect()
}

#[test]
fn every_listed_word_fires_in_plain_writing() {
    let detectors = detectors();
    for word in Disguises::new().words() {
        show(&detectors, word);
        show(&detectors, &format!("so {word}, he said"));
    }
}

/// Returns whether the screen for all words announces that something may be found in `text`.
fn announces(text: &str) -> bool {
    let (view, all) = (View::new(text), Type::INAPPROPRIATE | Type::MEAN);
    let glyphs = view.glyphs();
    if glyphs.is_plain() {
        super::may_find(text, all)
    } else {
        super::may_find_in(&Stream::of(glyphs).symbols, all)
    }
}

#[test]
fn no_listed_word_escapes_in_any_frame() {
    let everything = detector(EVERYTHING);
    for (at, word) in Disguises::new().words().iter().enumerate() {
        for (frame, (before, after)) in FRAMES.iter().enumerate() {
            let text = format!("{before}{}{after}", CASES[(at + frame) % CASES.len()](word));
            if !announces(&text) {
                _ = find(&*everything, &text, Budget::RULE);
            }
        }
    }
}

/// The settings for all words that the screen judges.
const EVERYTHING: &str = "{ level = 'strict', kinds = ['profane', 'offensive', 'sexual', 'mean'] }";

/// The length of the longest message.
const LONGEST: usize = 4096;

/// How people write words.
const DISGUISES: &[fn(&str) -> String] = &[
    str::to_owned,
    str::to_uppercase,
    |word| format!("({word}!)"),
    |word| separated(word, "."),
    |word| separated(word, " "),
    |word| word.replace(['i', 'l'], "1").replace('s', "$").replace('a', "@"),
    |word| word.replace(['o', 'u'], "*"),
    |word| word.replace('o', "о").replace('c', "с"),
];

fn separated(word: &str, separator: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(separator)
}

/// Returns spaces, everyday words and a space, `len` bytes together.
fn filler(len: usize) -> String {
    let words = "hmm well again today really about quite then ".repeat(len / 45);
    format!("{}{words}", " ".repeat(len - words.len()))
}

#[test]
fn a_word_is_found_at_every_position_of_a_long_text() {
    let (everything, words) = (detector(EVERYTHING), rated_words());
    let mut dice = Dice::new(2);
    for trial in 0..800 {
        let word = DISGUISES[trial % DISGUISES.len()](&words[dice.below(words.len())]);
        let expected = pieces(&*everything, &format!("{}{word} {}", filler(45), filler(45)));
        let room = LONGEST - word.len() - 1;
        let at = match dice.below(8) {
            0 => 0,
            1 => room,
            _ => dice.below(room),
        };
        let text = format!("{}{word} {}", filler(at), filler(room - at));
        if trial % 8 == trial / 8 % 8 || !expected.is_empty() && !announces(&text) {
            assert_eq!(pieces(&*everything, &text), expected, "at {at}: {word}");
        }
    }
}

#[test]
fn no_disguise_escapes() {
    let (detectors, disguises) = (detectors(), Disguises::new());
    let mut dice = Dice::new(1);
    for _ in 0..TRIALS {
        let text = disguises.text(&mut dice);
        show(&detectors[dice.below(detectors.len())..][..1], &text);
    }
}

/// The number of disguises to try.
const TRIALS: usize = 10_000;
