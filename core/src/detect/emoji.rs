//! `emoji`: finds emoji, each once, as people count them.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::at_most::{MAX, beyond};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Alternative, Key, List, Shape, Table, Text, Words};
use crate::text::{View, is_skin_tone};

/// Settings of `emoji`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Emoji {
    max: usize,
    allow: Vec<String>,
}

/// One emoji.
const ONE: Shape = Shape::Text(&Text { what: "an emoji", check: check_emoji, ..Text::ANY });

fn check_emoji(text: &str) -> Result<(), Problem> {
    if text.graphemes(true).count() == 1 && is_emoji(text) {
        return Ok(());
    }
    Err(Problem::new(format!("`{text}` is not one emoji"))
        .help("write each in quotes: `[\"👍\", \"❤️\"]`".to_owned()))
}

impl Settings for Emoji {
    const NAME: &'static str = "emoji";
    const SUMMARY: &'static str = "emoji, all or those beyond the first `max`; a flag, a family or a skin tone is one with all that belongs to it";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#""all""#, text: "ok 👍🏽 👨‍👩‍👧‍👦🇩🇪 1️⃣ ❤️!", finds: &["👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "❤️"]
        },
        Example { settings: r#""all""#, text: "© 2026, 5 * 3 → #1 ™ ♥ :-)", finds: &[] },
        Example { settings: "{ max = 3 }", text: "🎉🎉🎉🎉 🎂", finds: &["🎉", "🎂"] },
        Example { settings: "{ max = 3 }", text: "well done 🎉🎉🎉", finds: &[] },
        Example {
            settings: r#"{ allow = ["👍", "❤️"] }"#, text: "👍 👍🏿 ❤️ 🖕", finds: &["🖕"]
        },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative::under("all", Shape::Words(&Words::of("word", || &["all"]))),
        Alternative::of(Shape::Table(&Table::of("`emoji`", "{ max = 5 }", &[
            MAX,
            Key::new("allow", Shape::List(&List::any("emoji", ONE)), "Emoji that are fine and do not count, in every skin tone unless they have one."),
        ]))),
    ]);

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let allowed = self.allow.iter().map(|emoji| without(emoji, is_selector)).collect();
        Ok(beyond(self.max, Box::new(Finder { allowed })))
    }
}

/// Finds all emoji but the allowed ones.
struct Finder {
    /// Without variation selectors.
    allowed: HashSet<String>,
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        if text.is_ascii() {
            return Ok(());
        }
        for (at, cluster) in text.grapheme_indices(true) {
            if !cluster.is_ascii() && is_emoji(cluster) && !self.allows(cluster) {
                found.push(at..at + cluster.len(), "emoji");
            }
        }
        Ok(())
    }
}

impl Finder {
    fn allows(&self, emoji: &str) -> bool {
        !self.allowed.is_empty()
            && (self.allowed.contains(&without(emoji, is_selector))
                || self.allowed.contains(&without(emoji, |c| is_selector(c) || is_skin_tone(c))))
    }
}

/// Returns whether a grapheme cluster is shown as an emoji (UTS #51): its presentation is an emoji by default or by a selector, a skin
/// tone or a keycap, or it joins pictographs.
fn is_emoji(cluster: &str) -> bool {
    static EMOJI: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?: \p{Emoji_Presentation} (?: [^\x{FE0E}] | $ )
                | [\p{Emoji}--[0-9\#*]] [\x{FE0F}\p{Emoji_Modifier}]
                | [0-9\#*] \x{FE0F}? \x{20E3}
                | \p{Extended_Pictographic} \x{200D} \p{Extended_Pictographic} )",
        )
        .expect("a valid expression")
    });
    EMOJI.is_match(cluster)
}

/// Returns `emoji` without the characters of which `is_dropped` is true.
fn without(emoji: &str, is_dropped: fn(char) -> bool) -> String {
    emoji.chars().filter(|c| !is_dropped(*c)).collect()
}

/// Returns whether `c` selects the presentation as text or as an emoji.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_emoji_as_people_count_them() {
        for emoji in [
            "😀",
            "👍🏽",
            "☝🏽",
            "❤️",
            "❤️‍🔥",
            "❤‍🔥",
            "👁‍🗨",
            "👁️‍🗨️",
            "🏳️‍🌈",
            "🏳‍🌈",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "🇩🇪",
            "🇺🇳",
            "1️⃣",
            "#⃣",
            "*️⃣",
            "🅰️",
            "™️",
            "ℹ️",
            "👩🏽‍❤️‍💋‍👨🏿",
            "🧑‍🚀",
            "⌚",
            "♿",
            "㊗️",
            "🀄",
            "🃏",
            "🆗",
            "🦰",
            "🇦",
        ] {
            assert!(check_emoji(emoji).is_ok(), "{emoji}");
        }
        for text in [
            "",
            "a",
            "1",
            "#",
            "*",
            "©",
            "®",
            "™",
            "ℹ",
            "♥",
            "☺",
            "→",
            "✓",
            "★",
            "⌚\u{fe0e}",
            "é",
            "한",
            "字",
            "a🏽",
            "1\u{fe0f}",
            "🙂🙂",
            "🙂 ",
            "𝕏",
            "Ⓜ",
            "①",
        ] {
            assert!(check_emoji(text).is_err(), "{text:?}");
        }
    }
}
