//! `marks`: finds letters with too many combining marks (Zalgo).

use serde::Deserialize;
use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Key, Shape, Table};
use crate::text::View;

/// Settings of `marks`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default)]
pub(super) struct Marks {
    /// How many marks a letter may have. Vietnamese and pointed Hebrew need three.
    max: usize,
}

impl Default for Marks {
    fn default() -> Self {
        Self { max: 3 }
    }
}

impl Settings for Marks {
    const NAME: &'static str = "marks";
    const SUMMARY: &'static str = "letters with more than `max` combining marks (Zalgo)";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: "{ max = 3 }",
            text: "he\u{301}\u{302}\u{303}\u{304}llo e\u{302}\u{301}",
            finds: &["e\u{301}\u{302}\u{303}\u{304}"],
        },
        Example {
            settings: "{}", text: "Việt Nam, בְּרֵאשִׁית, น้ำ, नमस्ते, བསྒྲུབས, 👨‍👩‍👧", finds: &[]
        },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`marks`", "{ max = 3 }", &[
        Key::new("max", Shape::COUNT, "How many marks a letter may have.").default("3"),
    ]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Marks {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        if text.text().is_ascii() {
            return Ok(());
        }
        for (at, letter) in text.text().grapheme_indices(true) {
            if letter.chars().filter(|c| is_mark(*c)).count() > self.max {
                found.push(at..at + letter.len(), "marks");
            }
        }
        Ok(())
    }
}

/// Returns whether `c` counts as a combining mark. Vowel signs and subjoined letters, which are part of the spelling, do not.
fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0
        || matches!(c, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e0}' | '\u{20e2}'..='\u{20e4}')
}
