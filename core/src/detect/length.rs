//! `length`: finds texts that are too long or too short.

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Constraint, Has, Key, Shape, Table};
use crate::text::View;

/// Settings of `length`, in grapheme clusters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Length {
    max: Option<usize>,
    min: Option<usize>,
}

impl Settings for Length {
    const NAME: &'static str = "length";
    const SUMMARY: &'static str =
        "text over `max` characters (finds the excess) or under `min` (finds all of it)";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: "{ max = 5 }", text: "hello world", finds: &[" world"] },
        Example { settings: "{ max = 5 }", text: "hello", finds: &[] },
        Example { settings: "{ max = 1 }", text: "👨‍👩‍👧e\u{301}", finds: &["e\u{301}"] },
        Example { settings: "{ min = 3 }", text: "hm", finds: &["hm"] },
        Example { settings: "{ min = 3 }", text: "hmm", finds: &[] },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`length`", "{ max = 500 }", &[
        Key::new("max", Shape::COUNT, "The most characters that a text may have."),
        Key::new("min", Shape::COUNT, "The fewest characters that a text may have."),
    ])
    .with(&[Constraint::any_of(&[Has::Key("max"), Has::Key("min")], "`length` needs `max`, `min` or both", "")]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min > max => {
                Err(Problem::new(format!("no text has at least {min} and at most {max} characters")))
            }
            _ => Ok(Box::new(self)),
        }
    }
}

impl Detector for Length {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        let mut starts = text.grapheme_indices(true).map(|(start, _)| start);
        let count = text.graphemes(true).count();
        if self.min.is_some_and(|min| count < min) {
            found.push(0..text.len(), "too-short");
        } else if let Some(start) = self.max.and_then(|max| starts.nth(max)) {
            found.push(start..text.len(), "too-long");
        }
        Ok(())
    }
}
