//! Tests that nothing escapes the screen. In tests, [`Finder`](super::super::Finder) runs the exact pass after the screen too, and fails
//! if it finds what the screen did not announce; so these tests only have to show it many disguises.

mod dice;
mod disguises;

pub(in crate::detect::profanity) use self::dice::Dice;
use self::disguises::Disguises;
use super::super::tests::{detector, find};
use crate::detect::{Budget, Detector};

/// Settings with all thresholds and languages that the screen distinguishes.
const SETTINGS: &[&str] = &[
    "'work'",
    "{ level = 'strict', kinds = ['profane', 'offensive', 'sexual', 'mean'] }",
    "{ kinds = ['offensive'] }",
    "{ level = 'strict', kinds = ['sexual'] }",
];

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
