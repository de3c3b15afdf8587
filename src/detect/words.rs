//! `words`: words and phrases, whatever they are dressed up as.
//!
//! Words are matched on the folded text and folded by the same function; where a word begins and ends is judged on the text as
//! people see it. A `*` at an end of a word stands for more letters there: `cat*` finds *cats*, `*cat` finds *tomcat*, `*cat*`
//! finds *concatenate*, `cat` finds only *cat*.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Deserializer, de};

use super::{Context, Detector, Example, Exhausted, Found, Problem, Settings};
use crate::text::{Folded, View, is_invisible};
use unicode_normalization::char::is_combining_mark as is_mark;

/// Settings of `words`: the list.
#[derive(Debug, Deserialize)]
pub(super) struct Words(Vec<Word>);

/// A word as written, with what its stars say.
#[derive(Clone, Debug)]
struct Word {
    folded: String,
    ends: Ends,
}

/// Where letters may go on: the stars of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    before: bool,
    after: bool,
}

impl Settings for Words {
    const NAME: &'static str = "words";
    const SUMMARY: &'static str = "words and phrases from a list, through case, accents, width and invisible characters; `*` at an end for more letters";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r#"["cat"]"#, text: "Cat, cats and tomcats", finds: &["Cat"] },
        Example { settings: r#"["cat*"]"#, text: "cat, cats and tomcats", finds: &["cat", "cats"] },
        Example { settings: r#"["*cat"]"#, text: "cat, cats and tomcat", finds: &["cat", "tomcat"] },
        Example { settings: r#"["*cat*"]"#, text: "to concatenate", finds: &["concatenate"] },
        Example {
            settings: r#"["idiot"]"#,
            text: "Du ＩＤＩÓＴ! id\u{200b}iot",
            finds: &["ＩＤＩÓＴ", "id\u{200b}iot"],
        },
        Example { settings: r#"["shut up"]"#, text: "Shut  UP, shutup", finds: &["Shut  UP"] },
        Example { settings: r#"["c++"]"#, text: "I like C++.", finds: &["C++"] },
    ];

    fn build(self) -> Result<Box<dyn Detector>, Problem> {
        if self.0.is_empty() {
            return Err(Problem::new("`words` lists no word, so it finds nothing"));
        }
        // A word listed twice finds what either would.
        let mut merged: HashMap<String, Ends> = HashMap::new();
        for Word { folded, ends } in self.0 {
            let known = merged.entry(folded).or_default();
            *known = Ends { before: known.before | ends.before, after: known.after | ends.after };
        }
        let mut words: Vec<_> = merged.into_iter().collect();
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let automaton = AhoCorasick::new(words.iter().map(|(word, _)| word))
            .map_err(|error| Problem::new(format!("the list is too large: {error}")))?;
        let ends = words.into_iter().map(|(_, ends)| ends).collect();
        Ok(Box::new(Finder { automaton, ends }))
    }
}

/// The list, ready to run.
struct Finder {
    automaton: AhoCorasick,
    ends: Vec<Ends>,
}

impl Detector for Finder {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let folded = text.folded();
        let mut ranges = Vec::new();
        for matched in self.automaton.find_overlapping_iter(folded.text()) {
            cx.budget.spend(64)?;
            let ends = self.ends[matched.pattern().as_usize()];
            ranges.extend(whole_word(text.text(), folded.unfolded(matched.range()), ends));
        }
        // Several words of the list may find the same piece, or a piece of it.
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

/// `range` of `text` extended to where `ends` lets its letters go on; nothing if they go on where it does not.
fn whole_word(text: &str, range: Range<usize>, ends: Ends) -> Option<Range<usize>> {
    let goes_on = |edge: Option<char>, next: Option<char>| {
        edge.is_some_and(is_spaced_letter) && next.is_some_and(is_spaced_letter)
    };
    let seen = |c: &char| !is_invisible(*c) && !is_mark(*c);
    let word = &text[range.clone()];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let (mut start, mut end) = (range.start, range.end);
    if goes_on(word.chars().find(seen), before.chars().rev().find(seen)) {
        ends.before.then_some(())?;
        start = before
            .rfind(|c| seen(&c) && !is_spaced_letter(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    }
    if goes_on(word.chars().rev().find(seen), after.chars().find(seen)) {
        ends.after.then_some(())?;
        end += after.find(|c| seen(&c) && !is_spaced_letter(c)).unwrap_or(after.len());
    }
    Some(start..end)
}

/// Whether `c` is a letter or digit of a script that puts spaces between words. In one that does not, every place is a boundary.
fn is_spaced_letter(c: char) -> bool {
    let unspaced = matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}');
    c.is_alphanumeric() && !unspaced
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let word = written.trim();
        let ends = Ends { before: word.starts_with('*'), after: word.ends_with('*') };
        let word = word.strip_prefix('*').unwrap_or(word);
        let word = word.strip_suffix('*').unwrap_or(word);
        if word.contains('*') {
            return Err(de::Error::custom(format!(
                "a `*` stands at the ends of a word, not inside as in `{written}`; `regex` can do that"
            )));
        }
        let folded = Folded::new(word).text().trim().to_owned();
        if folded.is_empty() {
            return Err(de::Error::custom(format!("there is no word in `{written}`")));
        }
        Ok(Self { folded, ends })
    }
}
