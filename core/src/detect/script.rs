//! `script`: finds letters of scripts that are not allowed, and mixed-script words.

use std::ops::Range;

use serde::Deserialize;
use unicode_script::{Script as Name, UnicodeScript};

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{List, Shape, Text};
use crate::text::{View, is_unseen};

/// Settings of `script`: the names of the allowed scripts, or `mixed`.
#[derive(Debug, Deserialize)]
pub(super) struct Scripts(Vec<String>);

/// The name of a script, or of a language that is written in several scripts.
const SCRIPT: Shape =
    Shape::Text(&Text { what: "the name of a script", check: check_script, pattern: "", never: &["mixed"] });

/// What to find.
#[derive(Debug)]
enum Finder {
    /// Words that mix scripts with confusable letters.
    Mixed,
    /// Letters of scripts other than these.
    Except(Vec<Name>),
}

impl Settings for Scripts {
    const NAME: &'static str = "script";
    const SUMMARY: &'static str = "letters of scripts that are not listed, or with `\"mixed\"` words that mix Latin, Greek, Cyrillic and similar scripts";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#"["latin"]"#, text: "hello мир, 你好 123 😀 é", finds: &["мир", "你好"]
        },
        Example { settings: r#"["latin", "cyrillic"]"#, text: "hello мир", finds: &[] },
        Example {
            settings: r#"["japanese"]"#, text: "日本語のテキスト、ラーメン ok", finds: &["ok"]
        },
        Example {
            settings: r#""mixed""#,
            text: "pаypal is no p\u{200b}аypаl\u{200b}, Москва, kΩ",
            finds: &["pаypal", "p\u{200b}аypаl"],
        },
        Example { settings: r#""mixed""#, text: "IT-отдел и 東京タワー, x͏y", finds: &[] },
    ];

    const SHAPE: Shape = Shape::List(&List {
        or_word: Some("mixed"),
        ..List::of("scripts such as `[\"latin\", \"greek\"]`", SCRIPT)
    });

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let scripts = self.0.iter().filter_map(|name| named(name)).flatten().collect();
        let is_mixed = self.0.iter().any(|name| name == "mixed");
        Ok(Box::new(if is_mixed { Finder::Mixed } else { Finder::Except(scripts) }))
    }
}

impl Detector for Finder {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        if let Self::Except(allowed) = self {
            let allows_latin = allowed.contains(&Name::Latin);
            let is_other_script = |c: char| {
                if c.is_ascii() {
                    return !allows_latin && c.is_ascii_alphabetic();
                }
                let scripts = c.script_extension();
                !matches!(c.script(), Name::Common | Name::Inherited | Name::Unknown)
                    && !allowed.iter().any(|script| scripts.contains_script(*script))
            };
            for range in runs(text, is_other_script) {
                found.push(range, "script");
            }
        } else if !text.is_ascii() {
            let is_word_char =
                |c: char| c.is_alphabetic() || matches!(c.script(), Name::Inherited) || is_unseen(c);
            for range in runs(text, is_word_char).into_iter().filter(|range| is_mixed(&text[range.clone()])) {
                let word = text[range.clone()].trim_start_matches(is_unseen);
                let start = range.end - word.len();
                found.push(start..start + word.trim_end_matches(is_unseen).len(), "mixed-script");
            }
        }
        Ok(())
    }
}

/// Returns the maximal runs of characters in `text` for which `is_member` returns true.
fn runs(text: &str, is_member: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let (mut runs, mut start) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (is_member(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|from| from..text.len()));
    runs
}

/// Scripts with letters that are confusable with those of other scripts in this list.
const CONFUSABLE_SCRIPTS: [Name; 5] =
    [Name::Latin, Name::Greek, Name::Cyrillic, Name::Armenian, Name::Cherokee];

/// Returns whether `word` is mixed-script. Words of up to three letters do not count because unit symbols (`kΩ`, `μm`) are as short.
fn is_mixed(word: &str) -> bool {
    let letters = || word.chars().filter(|c| CONFUSABLE_SCRIPTS.contains(&c.script()));
    letters().next().is_some_and(|first| letters().any(|c| c.script() != first.script()))
        && letters().count() > 3
}

/// Returns the scripts that `word` names. Languages that are written in several scripts have names of their own.
fn named(word: &str) -> Option<Vec<Name>> {
    match word {
        "japanese" => return Some(vec![Name::Han, Name::Hiragana, Name::Katakana]),
        "korean" => return Some(vec![Name::Hangul, Name::Han]),
        "chinese" => return Some(vec![Name::Han, Name::Bopomofo]),
        _ => {}
    }
    // The Unicode name of `old-italic` is `Old_Italic`.
    let title = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    let name = word.split(['-', '_', ' ']).map(title).collect::<Vec<_>>().join("_");
    Name::from_full_name(&name).map(|script| vec![script])
}

fn check_script(word: &str) -> Result<(), Problem> {
    if word == "mixed" {
        return Err(Problem::new("`mixed` cannot be combined with names of scripts: `script = \"mixed\"`"));
    }
    named(word).map(|_| ()).ok_or_else(|| {
        Problem::new(format!(
            "no script is called `{word}`; expected a name of Unicode such as latin, cyrillic, greek, arabic, hebrew, devanagari, \
             han, thai, or japanese, korean, chinese"
        ))
    })
}
