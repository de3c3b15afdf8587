//! `words`: finds words and phrases of a list, including obfuscated ones.
//!
//! Listed words and texts are folded by the same function. Word boundaries are judged on the original text. A `*` at an end of a
//! word stands for further letters: `cat*` finds *cats*, `*cat` finds *tomcat*, `*cat*` finds *concatenate*, `cat` finds only *cat*.

mod anchored;
mod collisions;
mod ends;
mod particles;
mod pattern;
mod plain;
#[cfg(test)]
mod plainly;
mod spelled;
mod starred;
mod strict;
#[cfg(test)]
mod tests;
mod word;

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

pub(crate) use self::collisions::warn_of_collision;
use self::ends::with_particles;
pub(crate) use self::word::check_word;
use self::word::{Word, merged};
use super::at_most::{MAX, beyond};
use super::{
    Budget, Context, Detector, Example, Exhausted, Fold, Found, Needles, Problem, Rulebook, Settings,
};
use crate::message::Message;
use crate::shape::{Alternative, Constraint, Has, Key, List, Long, Shape, Table, Text};
use crate::text::View;

/// Settings of `words`: a list of words, the name of a list, or both in a table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    #[serde(rename = "words")]
    own: Vec<Spanned<String>>,
    allow: Vec<Spanned<String>>,
    lists: Vec<Spanned<String>>,
    fold: Option<Fold>,
    max: usize,
}

/// A word or phrase of a list.
pub(crate) const WORD: Shape =
    Shape::Text(&Text { what: "a word", check: |word| check_word(word).map_err(Problem::new), ..Text::ANY });

/// The name of a list.
const NAME: Shape = Shape::Text(&Text { what: "the name of a list", ..Text::ANY });

/// How far words are seen through disguises.
pub(crate) const FOLD: Shape = Shape::Words(&crate::shape::Words::of("way", || &["strict", "plain"]));

const SOME_WORDS: List = List { or_item: false, ..List::of("words such as `[\"cat\", \"dog*\"]`", WORD) };

impl Settings for Words {
    const NAME: &'static str = "words";
    const SUMMARY: &'static str =
        "words and phrases of a list, also disguised; `*` at an end stands for more letters";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r#"["cat"]"#, text: "Cat, cats and tomcats", finds: &["Cat"] },
        Example { settings: r#"["cat*"]"#, text: "cat, cats and tomcats", finds: &["cat", "cats"] },
        Example { settings: r#"["*cat"]"#, text: "cat, cats and tomcat", finds: &["cat", "tomcat"] },
        Example { settings: r#"["*cat*"]"#, text: "to concatenate", finds: &["concatenate"] },
        Example { settings: r#"["shut up"]"#, text: "Shut  UP, shutup", finds: &["Shut  UP"] },
        Example {
            settings: r#"["idiot"]"#,
            text: "ＩＤＩÓＴ, id\u{200b}iot, і d i o t",
            finds: &["ＩＤＩÓＴ", "id\u{200b}iot", "і d i o t"],
        },
        Example {
            settings: r#"["idiot"]"#,
            text: "1d10t! idiooot, id*ot",
            finds: &["1d10t", "idiooot", "id*ot"],
        },
        Example {
            settings: r#"["cat", "быть", "sale"]"#,
            text: "(Cat), «БЫТЬ», $SALE$ and ¡cat!",
            finds: &["Cat", "БЫТЬ", "SALE", "cat"],
        },
        Example { settings: r#"["god", "ass"]"#, text: "good as salad, c l a s s, 455", finds: &[] },
        Example {
            settings: r#"["get lost"]"#,
            text: "get l o s t, g**e**t 1ost, get&#32;l*st",
            finds: &["get l o s t", "g**e**t 1ost", "get&#32;l*st"],
        },
        Example {
            settings: r#"{ words = ["idiot"], fold = "plain" }"#,
            text: "idiót, 1d10t",
            finds: &["idiót"],
        },
        Example {
            settings: r#"{ words = ["shit*"], allow = ["shiitake"] }"#,
            text: "shiitake, shitake",
            finds: &["shitake"],
        },
        Example {
            settings: r#"{ words = ["buy", "sale*"], max = 2 }"#,
            text: "Sale! Buy, buy, b u y",
            finds: &["buy", "b u y"],
        },
        Example { settings: r#"["c++", "笨蛋"]"#, text: "C++ 你是笨蛋吗", finds: &["C++", "笨蛋"] },
        Example {
            settings: r#"["blöd", "바보", "バカ"]"#,
            text: "bloed, 바보야, 바보상자, ばか, バカンス",
            finds: &["bloed", "바보", "ばか"],
        },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative { shape: NAME, long: Long::ListUnder("lists") },
        Alternative::under("words", Shape::List(&SOME_WORDS)),
        Alternative::of(Shape::Table(&Table::of("`words`", "{ lists = [\"swears\"], allow = [\"heck\"] }", &[
            Key::new("words", Shape::List(&List::any("words", WORD)), "Words and phrases; a `*` at an end stands for more letters."),
            Key::new("lists", Shape::List(&List::any("names", NAME)), "The names of lists, whose words are found too."),
            Key::new("allow", Shape::List(&List::any("words", WORD)), "Words that are fine: what is found inside one of them does not count."),
            Key::new("fold", FOLD, "How far words are seen through disguises.").default("`fold` of `[defaults]`"),
            MAX,
        ])
        .with(&[Constraint::any_of(
            &[Has::Filled("words"), Has::Filled("lists")], "there is no word to find", "give it `words`, or `lists` with the names of some",
        )]))),
    ]);

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let (mut words, mut allowed) = (placed(&self.own)?, placed(&self.allow)?);
        for word in &self.own {
            if let Some(warning) = warn_of_collision(word.get_ref()) {
                rulebook.warn(warning.at(word.span()));
            }
        }
        for name in &self.lists {
            let list = rulebook.lists.get(name.get_ref()).map_err(|problem| problem.at(name.span()))?;
            words.extend(listed(&list.words)?);
            allowed.extend(listed(&list.allow)?);
        }
        if words.is_empty() {
            return Err(Problem::new("there is no word to find among the words of its list"));
        }
        let fold = self.fold.unwrap_or(rulebook.fold);
        let words = matcher(words, fold)?;
        for useless in allowed.iter().filter(|allowed| !finds_in(words.as_ref(), &allowed.text)) {
            let help =
                "an allowed phrase removes findings inside it, and no word of the list is inside this one"
                    .to_owned();
            let message = format!("`{}` allows nothing", useless.text);
            rulebook.warn(Problem::new(message).help(help));
        }
        let allow = Allow::of(allowed, fold)?;
        Ok(beyond(self.max, Box::new(Finder { words, allow })))
    }
}

/// A detector that finds `words`, as written in a list, through disguises.
pub(in crate::detect) fn finder(words: &[String]) -> Result<Box<dyn Detector>, Problem> {
    Ok(Box::new(Finder { words: matcher(listed(words)?, Fold::Strict)?, allow: Allow(None) }))
}

/// Finds the words of a list in a text.
trait Matcher: Send + Sync {
    /// Takes the strings of which every text with a listed word contains at least one.
    fn take_needles(&mut self) -> Needles;

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted>;
}

/// Returns whether `words` finds anything in `text`.
fn finds_in(words: &dyn Matcher, text: &str) -> bool {
    let message = Message::default();
    let mut cx = Context { message: &message, answer: None, budget: Budget::RULE };
    let mut ranges = Vec::new();
    words.find(&View::new(text), &mut cx, &mut ranges).is_err() || !ranges.is_empty()
}

/// The detector: compiled words and allowed words.
struct Finder {
    words: Box<dyn Matcher>,
    allow: Allow,
}

/// An allow-list: whatever is found within one of its words is not reported.
pub(in crate::detect) struct Allow(Option<Box<dyn Matcher>>);

impl Allow {
    /// Compiles an allow-list of `words`, as written in a list.
    ///
    /// # Errors
    /// If a word is invalid or the list is too large.
    pub(in crate::detect) fn new(words: &[String], fold: Fold) -> Result<Self, Problem> {
        let words: Result<Vec<_>, String> = words.iter().map(|word| Word::read(word)).collect();
        Self::of(words.map_err(Problem::new)?.concat(), fold)
    }

    fn of(words: Vec<Word>, fold: Fold) -> Result<Self, Problem> {
        if words.is_empty() { Ok(Self(None)) } else { matcher(words, fold).map(Some).map(Self) }
    }

    /// Removes the ranges that are within an allowed word of `text` from `ranges`.
    pub(in crate::detect) fn apply(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let Some(words) = self.0.as_ref().filter(|_| !ranges.is_empty()) else { return Ok(()) };
        let mut allowed = Vec::new();
        words.find(text, cx, &mut allowed)?;
        // A found range may include particles that are not part of the allowed word: `바보*` in *바보상자는*.
        let allowed: Vec<_> = allowed.into_iter().map(|range| with_particles(text.text(), range)).collect();
        ranges.retain(|range| !allowed.iter().any(|a| a.start <= range.start && range.end <= a.end));
        Ok(())
    }
}

/// Compiles `words` for the given folding.
fn matcher(words: Vec<Word>, fold: Fold) -> Result<Box<dyn Matcher>, Problem> {
    Ok(match fold {
        Fold::Strict => Box::new(strict::Strict::new(merged(words))?),
        Fold::Plain => Box::new(plain::Plain::new(merged(words))?),
    })
}

impl Detector for Finder {
    fn finds_words(&self) -> bool {
        true
    }

    fn take_needles(&mut self) -> Option<Needles> {
        Some(self.words.take_needles())
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let mut ranges = Vec::new();
        self.words.find(text, cx, &mut ranges)?;
        self.allow.apply(text, cx, &mut ranges)?;
        // Several listed words may find the same range or a part of it.
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut last_end = 0;
        for range in ranges {
            if range.end > last_end {
                last_end = range.end;
                found.push(range, "word");
            }
        }
        Ok(())
    }
}

/// Parses the words of a named list.
fn listed(words: &[String]) -> Result<Vec<Word>, Problem> {
    let words = words.iter().map(|word| Word::read(word).map_err(Problem::new));
    Ok(words.collect::<Result<Vec<_>, _>>()?.concat())
}

/// Parses the words of a rule, whose problems include their location.
fn placed(words: &[Spanned<String>]) -> Result<Vec<Word>, Problem> {
    let word = |word: &Spanned<String>| {
        Word::read(word.get_ref()).map_err(|why| Problem { span: Some(word.span()), ..Problem::new(why) })
    };
    Ok(words.iter().map(word).collect::<Result<Vec<_>, _>>()?.concat())
}
