//! `words`: finds words and phrases of a list, including obfuscated ones.
//!
//! Listed words and texts are folded by the same function. Word boundaries are judged on the original text. A `*` at an end of a
//! word stands for further letters: `cat*` finds *cats*, `*cat` finds *tomcat*, `*cat*` finds *concatenate*, `cat` finds only *cat*.

mod anchored;
mod collisions;
mod compiled;
mod ends;
mod exact;
mod habits;
mod particles;
mod pattern;
mod plain;
#[cfg(test)]
mod plainly;
mod spelled;
#[cfg(test)]
mod spellings;
mod starred;
mod strict;
#[cfg(test)]
mod tests;
mod word;

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use self::collisions::warn_of_collision;
use self::compiled::{Compiled, Spellings};
use self::ends::with_particles;
pub(in crate::detect) use self::habits::expression;
use self::habits::warn_of_habit;
pub(crate) use self::word::check_word;
use super::at_most::{MAX, beyond};
use super::near_misses::distinct;
use super::{
    Budget, Context, Detector, Example, Exhausted, Fold, Found, NearMiss, Needles, Problem, Rulebook,
    Settings,
};
use crate::message::Message;
use crate::order;
use crate::shape::{Alternative, Constraint, Has, Key, List, Long, Shape, Table, Text};
use crate::text::View;

/// Settings of `words`: a list of words, the name of a list, or both in a table.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    #[serde(rename = "words")]
    own: Vec<Entry>,
    allow: Vec<Spanned<String>>,
    lists: Vec<Spanned<String>>,
    fold: Option<Fold>,
    max: usize,
}

/// A word of a rule or list, and how it is matched if that is written beside it.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub word: Spanned<String>,
    #[serde(default)]
    pub fold: Option<Fold>,
}

/// Returns the warnings about `word`, as written in a list: what it means elsewhere, or what was probably meant.
pub(crate) fn warnings(word: &str) -> impl Iterator<Item = Problem> {
    warn_of_collision(word).into_iter().chain(warn_of_habit(word))
}

/// A word or phrase of a list, or a table that also says how it is matched.
pub(crate) const ENTRY: Shape = Shape::Alternatives(&[
    Alternative::under("word", WORD),
    Alternative::of(Shape::Table(&Table::of(
        "a word",
        "{ word = \"chó\", fold = \"exact\" }",
        &[
            Key::new("word", WORD, "The word or phrase.").required(),
            Key::new("fold", FOLD, "How far this word is seen through disguises.")
                .default("`fold` of the list or rule"),
        ],
    ))),
]);

/// A word or phrase of a list.
pub(crate) const WORD: Shape =
    Shape::Text(&Text { what: "a word", check: |word| check_word(word).map_err(Problem::new), ..Text::ANY });

/// The name of a list.
const NAME: Shape = Shape::Text(&Text { what: "the name of a list", ..Text::ANY });

/// How far words are seen through disguises.
pub(crate) const FOLD: Shape =
    Shape::Words(&crate::shape::Words::of("way", || &["strict", "plain", "exact"]));

const SOME_WORDS: List = List { or_item: false, ..List::of("words such as `[\"cat\", \"dog*\"]`", ENTRY) };

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
            settings: r#"{ words = ["chó", "Fuß"], fold = "exact" }"#,
            text: "CHÓ cho chợ fuß Fuss ch0",
            finds: &["CHÓ", "fuß"],
        },
        Example {
            settings: r#"["🖕", "$$$", ":)"]"#,
            text: "ok🖕🏽 cash$$$$ :-) :))",
            finds: &["🖕🏽", "$$$$", ":))"],
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
            Key::new("words", Shape::List(&List::any("words", ENTRY)), "Words and phrases, signs and emoji; a `*` at an end stands for more letters."),
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
        let fold = self.fold.unwrap_or(rulebook.fold);
        for Entry { word, .. } in &self.own {
            warnings(word.get_ref()).for_each(|warning| rulebook.warn(warning.at(word.span())));
        }
        let placed = |word: &Spanned<String>| (word.get_ref().clone(), Some(word.span()));
        let mut words: Vec<_> =
            self.own.iter().map(|entry| (placed(&entry.word), entry.fold.unwrap_or(fold))).collect();
        let mut allowed: Vec<_> = self.allow.iter().map(|word| (placed(word), fold)).collect();
        for name in &self.lists {
            let list = rulebook.lists.get(name.get_ref()).map_err(|problem| problem.at(name.span()))?;
            let listed = list.words.iter();
            words.extend(listed.map(|one| ((one.word.clone(), None), one.fold.unwrap_or(fold))));
            let of_list = list.fold.unwrap_or(fold);
            allowed.extend(list.allow.iter().map(|word| ((word.clone(), None), of_list)));
        }
        if words.is_empty() {
            return Err(Problem::new("there is no word to find among the words of its list"));
        }
        let found = compiled(&words)?;
        for ((useless, _), _) in
            allowed.iter().filter(|((word, _), _)| !found.finds_in(word.trim_matches('*')))
        {
            let help =
                "an allowed phrase removes findings inside it, and no word of the list is inside this one"
                    .to_owned();
            let message = format!("`{useless}` allows nothing");
            rulebook.warn(Problem::new(message).help(help));
        }
        let allow = Allow {
            words: compiled(&allowed)?,
            allowed: Spellings::of(allowed.iter().map(|((word, _), _)| &**word)),
            listed: Spellings::of(words.iter().filter(|_| !allowed.is_empty()).map(|((word, _), _)| &**word)),
        };
        let words = found;
        Ok(beyond(self.max, Box::new(Finder { words, allow })))
    }
}

/// A detector that finds `words`, as written in a list, through disguises.
pub(in crate::detect) fn finder(words: &[String]) -> Result<Box<dyn Detector>, Problem> {
    Ok(Box::new(Finder { words: folded(words, Fold::Strict)?, allow: Allow::none() }))
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

/// The detector: compiled words and allowed words.
struct Finder {
    words: Compiled,
    allow: Allow,
}

/// An allow-list: whatever is found within one of its words is not reported.
///
/// A word that is spelled as listed is reported even if an allowed word folds to the same: `cho` allows *cho* and not *chó*, if `chó` is
/// listed.
pub(in crate::detect) struct Allow {
    words: Compiled,
    /// The spellings of the allowed words.
    allowed: Spellings,
    /// The spellings of the words that are found, if any are allowed.
    listed: Spellings,
}

impl Allow {
    /// Compiles an allow-list of `words`, as written in a list.
    ///
    /// # Errors
    /// If a word is invalid or the list is too large.
    pub(in crate::detect) fn new(words: &[String], fold: Fold) -> Result<Self, Problem> {
        Ok(Self { words: folded(words, fold)?, ..Self::none() })
    }

    fn none() -> Self {
        Self { words: Compiled::default(), allowed: Spellings::default(), listed: Spellings::default() }
    }

    /// Returns the allowed words in `text`, which resemble a finding of `kind`.
    pub(in crate::detect) fn near_misses(&self, text: &View, kind: &'static str) -> Vec<NearMiss> {
        let message = Message::default();
        let mut cx = Context { message: &message, budget: Budget::RULE };
        let allowed = if self.words.is_empty() { Ok(Vec::new()) } else { self.words.find(text, &mut cx) };
        let near = |range| {
            let why = "`allow` contains it".to_owned();
            NearMiss { range: text.whole_graphemes(range), kind, why }
        };
        distinct(allowed.unwrap_or_default().into_iter().map(near).collect(), &[])
    }

    /// Removes the ranges that are within an allowed word of `text` from `ranges`.
    pub(in crate::detect) fn apply(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        if ranges.is_empty() || self.words.is_empty() {
            return Ok(());
        }
        let mut allowed = self.words.find(text, cx)?;
        // Both may be the same word, of which only one is spelled so.
        allowed.retain(|range| {
            let word = &text.text()[range.clone()];
            !ranges.contains(range) || !self.listed.contains(word) || self.allowed.contains(word)
        });
        // A found range may include particles that are not part of the allowed word: `바보*` in *바보상자는*.
        let allowed: Vec<_> = allowed.into_iter().map(|range| with_particles(text.text(), range)).collect();
        ranges.retain(|range| !allowed.iter().any(|a| a.start <= range.start && range.end <= a.end));
        Ok(())
    }
}

/// A word as written, with its place in the rules file if that is in a rule.
type Placed = (String, Option<Range<usize>>);

/// Compiles `words`, each with its folding.
fn compiled(words: &[(Placed, Fold)]) -> Result<Compiled, Problem> {
    let mut all = compiled::Words::default();
    for ((word, span), fold) in words {
        all.add(word, *fold).map_err(|why| Problem { span: span.clone(), ..Problem::new(why) })?;
    }
    all.compile()
}

/// Compiles `words`, as written in a list, all with one folding.
fn folded(words: &[String], fold: Fold) -> Result<Compiled, Problem> {
    let mut all = compiled::Words::default();
    words.iter().try_for_each(|word| all.add(word, fold)).map_err(Problem::new)?;
    all.compile()
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn take_needles(&mut self) -> Option<Needles> {
        Some(self.words.take_needles())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        self.allow.near_misses(text, "word")
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let mut ranges = self.words.find(text, cx)?;
        self.allow.apply(text, cx, &mut ranges)?;
        // Several listed words may find the same range or a part of it.
        order::by(&mut ranges, |range| (range.start, usize::MAX - range.end));
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
