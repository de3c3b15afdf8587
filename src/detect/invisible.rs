//! `invisible`: characters that nobody sees and that turn text around, where no script and no emoji needs them.

use serde::de::{Deserialize, DeserializeSeed, Deserializer};
use serde_json::Value;

use super::kinds::ReadKinds;
use super::schemas::kinds;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::{View, is_direction, is_invisible};

/// Settings of `invisible`: which kinds.
#[derive(Debug)]
pub(super) struct Invisible(Vec<&'static str>);

/// Every kind: what turns text around, what hides between letters, what smuggles text, and what no text has.
const KINDS: &[&str] = &["bidi", "zero-width", "tag", "control"];

impl Settings for Invisible {
    const NAME: &'static str = "invisible";
    const SUMMARY: &'static str = "characters that nobody sees, where no script and no emoji needs them: `bidi`, `zero-width`, `tag`, `control`";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r#""all""#, text: "a\u{200b}b\u{ad}c", finds: &["\u{200b}", "\u{ad}"] },
        Example {
            settings: r#""all""#,
            text: "👨‍👩‍👧 ❤️ 1️⃣ می\u{200c}خواهم क\u{94d}\u{200d}ष \u{200f}שלום",
            finds: &[],
        },
        Example { settings: r#"["bidi"]"#, text: "file\u{202e}gpj.exe a\u{200b}b", finds: &["\u{202e}"] },
        Example {
            settings: r#""tag""#,
            text: "hi\u{e0068}\u{e0069} 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            finds: &["\u{e0068}\u{e0069}"],
        },
        Example { settings: r#""control""#, text: "a\u{7}b\tc\nd", finds: &["\u{7}"] },
    ];

    fn schema() -> Value {
        kinds(KINDS)
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Invisible {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        let (mut last, mut flag) = (None, false);
        // What is side by side and of one kind is one find.
        let mut run: Option<(usize, usize, &'static str)> = None;
        for (at, c) in text.char_indices() {
            let (before, end) = (last.replace(c), at + c.len_utf8());
            // Flags of regions are a black flag and tags.
            flag = c == '\u{1f3f4}' || flag && is_tag(c);
            let kind = kind_of(c).filter(|kind| {
                self.0.contains(kind) && !(flag && is_tag(c)) && !is_needed(c, before, &text[end..])
            });
            run = match (run, kind) {
                (Some((start, to, of)), Some(kind)) if to == at && of == kind => Some((start, end, of)),
                (old, kind) => {
                    if let Some((start, to, of)) = old {
                        found.push(start..to, of);
                    }
                    kind.map(|kind| (at, end, kind))
                }
            };
        }
        if let Some((start, end, kind)) = run {
            found.push(start..end, kind);
        }
        Ok(())
    }
}

/// The kind of invisible character that `c` is, if it is one.
fn kind_of(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        _ if is_direction(c) => Some("bidi"),
        _ if is_tag(c) => Some("tag"),
        _ if c.is_control() => Some("control"),
        '\u{2800}' => Some("zero-width"),
        _ if is_invisible(c) => Some("zero-width"),
        _ => None,
    }
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// Whether `c` does its job between `before` and `after`.
fn is_needed(c: char, before: Option<char>, after: &str) -> bool {
    // Latin, Greek and Cyrillic letters join by nature; so does everything before U+0530.
    let joins = |c: char| c > '\u{52f}' && !is_invisible(c) && !c.is_whitespace() && !c.is_ascii();
    // Several may stand together; a long row of them does nobody's job.
    let next = after.chars().take(4).find(|c| !is_invisible(*c));
    match c {
        // Joiners belong to scripts whose letters join, and to emoji, which are put together of several.
        '\u{200c}' | '\u{200d}' => {
            before.is_some_and(|b| joins(b) || b == '\u{fe0f}') && next.is_none_or(joins)
        }
        // Selectors say how the character before them looks.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => {
            before.is_some_and(|b| !is_invisible(b) && !b.is_whitespace() && (!b.is_ascii_alphabetic()))
        }
        // Marks and isolates are how right-to-left text lives beside other text. Overrides are never needed.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => {
            before.is_some_and(is_rtl) || next.is_some_and(is_rtl)
        }
        // Old Korean syllables are completed by fillers.
        '\u{115f}' | '\u{1160}' => before.or(next).is_some_and(|c| matches!(c, '\u{1100}'..='\u{11ff}')),
        _ => false,
    }
}

fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}')
}

impl<'de> Deserialize<'de> for Invisible {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ReadKinds(KINDS).deserialize(deserializer).map(Self)
    }
}
