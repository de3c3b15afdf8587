//! Reads `[lists.*]`.

use std::ops::Range;

use toml::Spanned;

use super::report::{Diagnostic, Level};
use super::table::Table;
use crate::detect::words::{check_word, warnings};
use crate::detect::{Entry, Fold, List, Listed, Lists};
use crate::shape::Problem;

/// Returns the text of a file that a rules file refers to, or a message that says why it cannot be read.
pub(super) type ReadFile<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// The lists of a rules file, the spans of their names, and the text of every file that they were read from.
#[derive(Debug, Default)]
pub(super) struct ReadLists {
    pub lists: Lists,
    pub spans: Vec<(String, Range<usize>)>,
    pub files: String,
}

pub(super) fn read_lists(
    root: &mut Table<'_>,
    read_file: ReadFile<'_>,
    problems: &mut Vec<Diagnostic>,
) -> ReadLists {
    let mut read = ReadLists::default();
    for (name, mut table) in root.named("lists", problems) {
        let before = problems.len();
        let fold = table.take("fold", problems);
        let mut list = List {
            fold,
            words: read_words(&mut table, fold, problems),
            allow: table.take("allow", problems).unwrap_or_default(),
            domains: table.take("domains", problems).unwrap_or_default(),
        };
        let file: Option<Spanned<String>> = table.take("file", problems);
        let mut is_unread = problems[before..].iter().any(|problem| problem.level == Level::Error);
        if let Some(file) = file {
            match read_file(file.get_ref()) {
                Ok(text) => {
                    let words = lines(&file, &text, problems).into_iter();
                    list.words.extend(words.map(|word| Listed { word, fold }));
                    read.files.push_str(&text);
                }
                Err(why) => {
                    let message = format!("could not read `{}`: {why}", file.get_ref());
                    problems.push(Diagnostic::error(file.span(), message));
                    is_unread = true;
                }
            }
        }
        if is_unread {
            // One error is enough: a placeholder prevents a second error about an empty list.
            list.words.push(Listed { word: "unread".to_owned(), fold });
            list.domains.push("unread.invalid".to_owned());
        }
        if list == (List { fold, ..List::default() }) {
            let message = format!("there is no word in the file of list `{}`", name.get_ref());
            problems.push(Diagnostic::error(name.span(), message));
        }
        read.spans.push((name.get_ref().clone(), name.span()));
        read.lists.insert(name.into_inner(), list);
    }
    read
}

/// Reads the words of a list with its `fold`, and warns about probable mistakes.
fn read_words(table: &mut Table<'_>, fold: Option<Fold>, problems: &mut Vec<Diagnostic>) -> Vec<Listed> {
    let words: Vec<Entry> = table.take("words", problems).unwrap_or_default();
    for Entry { word, .. } in &words {
        let warning = |problem: Problem| Diagnostic::warning(word.span(), problem.message).help(problem.help);
        problems.extend(warnings(word.get_ref()).map(warning));
    }
    words
        .into_iter()
        .map(|Entry { word, fold: own }| Listed { word: word.into_inner(), fold: own.or(fold) })
        .collect()
}

/// Parses the words of a list file: one per line; `#` begins a comment.
fn lines(file: &Spanned<String>, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut good = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let word = line.trim_start_matches('\u{feff}').trim();
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        match check_word(word) {
            Ok(()) => {
                let place = format!("{}:{}", file.get_ref(), number + 1);
                let warning = |problem: Problem| {
                    Diagnostic::warning(file.span(), format!("{place}: {}", problem.message))
                        .help(problem.help)
                };
                problems.extend(warnings(word).map(warning));
                good.push(word.to_owned());
            }
            Err(why) => {
                let message = format!("{}:{}: {why}", file.get_ref(), number + 1);
                problems.push(Diagnostic::error(file.span(), message));
            }
        }
    }
    good
}
