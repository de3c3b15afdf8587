//! Reads `[lists.*]`.

use std::ops::Range;

use toml::Spanned;

use super::report::Diagnostic;
use super::table::Table;
use crate::detect::words::{check_word, warn_of_collision};
use crate::detect::{List, Lists};

/// Gives the text of a file that a rules file names, or says why it cannot.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// The named lists of a file, where their names stand, and the text of every file they came from.
#[derive(Debug, Default)]
pub(super) struct ReadLists {
    pub lists: Lists,
    pub spans: Vec<(String, Range<usize>)>,
    pub files: String,
}

/// Reads the `[lists.*]` tables of `root`.
pub(super) fn read_lists(
    root: &mut Table<'_>,
    read_file: ReadFile<'_>,
    problems: &mut Vec<Diagnostic>,
) -> ReadLists {
    let mut read = ReadLists::default();
    let table = root.raw("lists").and_then(|value| Table::from_value("a table of lists", value, problems));
    for (name, value) in table.into_iter().flat_map(Table::into_entries) {
        let Some(mut table) = Table::from_value("a list", value, problems) else { continue };
        let mut list = List {
            words: words(&mut table, "words", problems),
            allow: words(&mut table, "allow", problems),
            domains: table.take("domains", problems).unwrap_or_default(),
        };
        let file: Option<Spanned<String>> = table.take("file", problems);
        if let Some(file) = file {
            match read_file(file.get_ref()) {
                Ok(text) => {
                    list.words.extend(lines(&file, &text, problems));
                    read.files.push_str(&text);
                }
                Err(why) => {
                    let message = format!("could not read `{}`: {why}", file.get_ref());
                    problems.push(Diagnostic::error(file.span(), message));
                    // One complaint is enough: what the list would have held cannot be missed by anything else.
                    list.words.push("unread".to_owned());
                }
            }
        }
        let span = table.span();
        table.finish(problems);
        if list == List::default() {
            let help = "give it `words`, `domains` or a `file`".to_owned();
            let message = format!("list `{}` is empty", name.get_ref());
            problems.push(Diagnostic::error(span, message).help(help));
        }
        read.spans.push((name.get_ref().clone(), name.span()));
        read.lists.insert(name.into_inner(), list);
    }
    read
}

/// The words under `key`, those that are none reported.
fn words(table: &mut Table<'_>, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let words: Vec<Spanned<String>> = table.take(key, problems).unwrap_or_default();
    let mut good = Vec::with_capacity(words.len());
    for word in words {
        match check_word(word.get_ref()) {
            Ok(()) => {
                if key == "words" {
                    problems.extend(collides(word.get_ref(), word.span()));
                }
                good.push(word.into_inner());
            }
            Err(why) => problems.push(Diagnostic::error(word.span(), why)),
        }
    }
    good
}

/// A warning about a word that is everyday elsewhere.
fn collides(word: &str, span: Range<usize>) -> Option<Diagnostic> {
    let problem = warn_of_collision(word)?;
    Some(Diagnostic::warning(span, problem.message).help(problem.help))
}

/// The words of a list file: one a line, `#` begins a comment.
fn lines(file: &Spanned<String>, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut good = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let word = line.trim_start_matches('\u{feff}').trim();
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        match check_word(word) {
            Ok(()) => {
                problems.extend(collides(word, file.span()));
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
