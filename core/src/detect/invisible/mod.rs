//! `invisible`: finds invisible characters and direction controls where no script and no emoji needs them.

mod needs;

use std::cell::OnceCell;
use std::ops::Range;

use serde::Deserialize;

use self::needs::{InvisibleRun, is_right_to_left};
use super::kinds::{chosen, kinds};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Shape, Words};
use crate::text::{View, is_direction, is_invisible};

/// Settings of `invisible`: the kinds to find.
#[derive(Debug, Deserialize)]
pub(super) struct Invisible(Vec<String>);

/// Every kind: controls that reverse the direction, invisible characters between letters, hidden tag characters, and control characters.
pub(super) const KINDS: &[&str] = &["bidi", "zero-width", "tag", "control"];

impl Settings for Invisible {
    const NAME: &'static str = "invisible";
    const SUMMARY: &'static str = "invisible characters where no script and no emoji needs them: `bidi`, `zero-width`, `tag`, `control`";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r#""all""#, text: "a\u{200b}b\u{ad}c", finds: &["\u{200b}", "\u{ad}"] },
        Example {
            settings: r#""all""#,
            text: "👨‍👩‍👧 ❤️ 1️⃣ می\u{200c}خواهم क\u{94d}\u{200d}ष \u{200f}שלום",
            finds: &[],
        },
        Example {
            settings: r#""all""#, text: "గ్రెగోరియన్\u{200c} కాలెండరు, PDF\u{200c}ها", finds: &[]
        },
        Example { settings: r#""all""#, text: "in\u{200c}visible", finds: &["\u{200c}"] },
        Example { settings: r#"["bidi"]"#, text: "file\u{202e}gpj.exe a\u{200b}b", finds: &["\u{202e}"] },
        Example {
            settings: r#""tag""#,
            text: "hi\u{e0068}\u{e0069} 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            finds: &["\u{e0068}\u{e0069}"],
        },
        Example { settings: r#""control""#, text: "a\u{7}b\tc\nd", finds: &["\u{7}"] },
    ];

    const SHAPE: Shape = Shape::List(&kinds(&Words::of("kind", || KINDS)));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(Finder(chosen(&self.0, KINDS))))
    }
}

/// Finds invisible characters of these kinds.
struct Finder(Vec<&'static str>);

impl Detector for Finder {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        let cached = OnceCell::new();
        let is_rtl = || *cached.get_or_init(|| text.contains(is_right_to_left));
        let mut last_end = 0;
        while let Some(start) = text[last_end..].find(is_hidden).map(|at| last_end + at) {
            let end = text[start..].find(|c| !is_hidden(c)).map_or(text.len(), |len| start + len);
            let run = InvisibleRun {
                before: text[..start].chars().next_back(),
                text: &text[start..end],
                after: text[end..].chars().next(),
                is_rtl: &is_rtl,
            };
            self.find_in(&run, start, found);
            last_end = end;
        }
        Ok(())
    }
}

impl Finder {
    /// Reports the unneeded characters in `run`, which starts at `start`. Adjacent characters of one kind are one finding.
    fn find_in(&self, run: &InvisibleRun<'_>, start: usize, found: &mut Found) {
        let mut last: Option<(Range<usize>, &'static str)> = None;
        for (at, c) in run.text.char_indices() {
            let kind = kind_of(c).filter(|kind| self.0.contains(kind) && !run.needs(at, c));
            let next = kind.map(|kind| (start + at..start + at + c.len_utf8(), kind));
            match (&mut last, next) {
                (Some((last, last_kind)), Some((range, kind)))
                    if last.end == range.start && *last_kind == kind =>
                {
                    last.end = range.end;
                }
                (_, next) => {
                    if let Some((range, kind)) = std::mem::replace(&mut last, next) {
                        found.push(range, kind);
                    }
                }
            }
        }
        if let Some((range, kind)) = last {
            found.push(range, kind);
        }
    }
}

/// Returns the kind of `c`, if it is an invisible character.
fn kind_of(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        _ if is_direction(c) => Some("bidi"),
        '\u{e0000}'..='\u{e007f}' => Some("tag"),
        _ if c.is_control() => Some("control"),
        '\u{2800}' => Some("zero-width"),
        _ if is_invisible(c) => Some("zero-width"),
        _ => None,
    }
}

/// Returns whether `c` is invisible.
fn is_hidden(c: char) -> bool {
    kind_of(c).is_some()
}
