//! `lines`: finds lines beyond a maximum number, and too many blank lines in a row.

use serde::Deserialize;

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Constraint, Has, Key, Shape, Table};
use crate::text::View;

/// Settings of `lines`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Lines {
    /// How many lines there may be.
    max: Option<usize>,
    /// How many blank lines there may be in a row.
    blank: Option<usize>,
}

impl Settings for Lines {
    const NAME: &'static str = "lines";
    const SUMMARY: &'static str =
        "lines beyond the first `max`, and blank lines beyond `blank` in a row (finds the excess)";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: "{ max = 2 }", text: "a\nb\r\nc\nd", finds: &["c\nd"] },
        Example { settings: "{ max = 2 }", text: "a\nb\n", finds: &[] },
        Example { settings: "{ blank = 1 }", text: "a\n\n\n \u{2028}b\n\nc", finds: &["\n \u{2028}"] },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`lines`", "{ max = 20 }", &[
        Key::new("max", Shape::COUNT_FROM_1, "How many lines a text may have."),
        Key::new("blank", Shape::COUNT, "How many blank lines there may be in a row."),
    ])
    .with(&[Constraint::any_of(&[Has::Key("max"), Has::Key("blank")], "`lines` needs `max`, `blank` or both", "")]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Lines {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        // U+000B, U+000C, U+0085, U+2028 and U+2029 are also displayed as line breaks.
        let is_line_break =
            |c: char| matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let (mut start, mut blank_count, mut excess) = (0, 0, None);
        for (index, line) in text.split_inclusive(is_line_break).enumerate() {
            if Some(index) == self.max {
                if let Some(excess) = excess.take() {
                    found.push(excess..start, "blank-lines");
                }
                found.push(start..text.len(), "too-many-lines");
                return Ok(());
            }
            blank_count = if line.trim().is_empty() { blank_count + 1 } else { 0 };
            if self.blank.is_some_and(|blank| blank_count > blank) {
                excess = excess.or(Some(start));
            } else if let Some(excess) = excess.take() {
                found.push(excess..start, "blank-lines");
            }
            start += line.len();
        }
        if let Some(excess) = excess {
            found.push(excess..start, "blank-lines");
        }
        Ok(())
    }
}
