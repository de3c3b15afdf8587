//! Reads `languages/en.txt`, whose format `languages/README.md` describes: English words, and how they are written, joined and meant.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{EDGED, LISTS};

/// The content of the file.
#[derive(Debug, Default)]
pub(crate) struct English {
    /// The words to add to rustrict's, each with the bits of its rating.
    pub(crate) rated: BTreeMap<String, u32>,
    /// The words that are found only as written, each with the bits of its rating.
    pub(crate) exact: BTreeMap<String, u32>,
    /// The words of each table of [`LISTS`].
    pub(crate) lists: BTreeMap<&'static str, BTreeSet<String>>,
    /// The words of each table of [`EDGED`], with what stands before and after them.
    pub(crate) edged: BTreeMap<&'static str, BTreeMap<String, Edges>>,
}

/// What stands before and after a word.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    pub(crate) before: BTreeSet<String>,
    pub(crate) after: BTreeSet<String>,
}

/// What a section contains.
#[derive(Clone, Copy)]
enum Section<'a> {
    /// Words with the bits of their rating; exact ones are found only as written.
    Rated { bits: u32, exact: bool },
    /// The words of tables, under this heading.
    List(&'a str),
    /// Rows of the table with this name: words before, a word, words after.
    Edged(&'static str),
}

/// The kinds of words. The bits of a rating are three for each kind: mild, moderate, severe.
const KINDS: [&str; 4] = ["profane", "offensive", "sexual", "mean"];
const SEVERITIES: [&str; 3] = ["mild", "moderate", "severe"];

/// The number of letters up to which only the words of the table `SHORT` are profane.
const SHORT: usize = 3;

impl English {
    /// Parses `text`. The problems begin with the number of a line.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<String>> {
        let (mut english, mut section, mut problems) = (Self::default(), None, Vec::new());
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            let read = match line.strip_prefix('[') {
                Some(head) => Section::parse(head).map(|parsed| section = Some(parsed)),
                None if line.is_empty() => Ok(()),
                None => section
                    .ok_or_else(|| format!("expected a section such as `[profane mild]` before `{line}`"))
                    .and_then(|section| english.read(section, line)),
            };
            problems.extend(read.err().map(|problem| format!("line {number}: {problem}")));
        }
        let short = english.rated.keys().filter(|word| word.len() <= SHORT).cloned();
        english.lists.entry("SHORT").or_default().extend(short);
        if problems.is_empty() { Ok(english) } else { Err(problems) }
    }

    /// Returns the words of the table `name`.
    pub(crate) fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.lists.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Reads a line of `section`.
    fn read(&mut self, section: Section<'_>, line: &str) -> Result<(), String> {
        if let Section::Edged(table) = section {
            return self.read_edged(table, line);
        }
        line.split(',').map(str::trim).filter(|entry| !entry.is_empty()).try_for_each(|entry| match section {
            Section::Rated { bits, exact: true } => self.rate(checked_exact(entry)?, bits, true),
            Section::Rated { bits, exact } => self.rate(checked(entry)?, bits, exact),
            Section::List(head) => self.list_entry(head, entry),
            Section::Edged(_) => Ok(()),
        })
    }

    fn rate(&mut self, word: &str, bits: u32, exact: bool) -> Result<(), String> {
        let words = if exact { &mut self.exact } else { &mut self.rated };
        let rating = words.entry(word.to_owned()).or_default();
        if *rating & bits != 0 {
            return Err(listed_twice(word));
        }
        *rating |= bits;
        Ok(())
    }

    fn list_entry(&mut self, head: &str, entry: &str) -> Result<(), String> {
        let word = checked(entry.trim_matches('*'))?;
        let of_head = LISTS.iter().filter(|list| list.head == head);
        let list =
            of_head.clone().find(|list| list.form.replace("word", word) == entry).ok_or_else(|| {
                let forms: Vec<_> =
                    of_head.map(|list| format!("`{}`", list.form.replace("word", word))).collect();
                format!("expected {}, found `{entry}`", forms.join(" or "))
            })?;
        for table in list.tables {
            if !self.lists.entry(table).or_default().insert(word.to_owned()) {
                return Err(listed_twice(word));
            }
        }
        Ok(())
    }

    fn read_edged(&mut self, table: &'static str, line: &str) -> Result<(), String> {
        let columns: Vec<_> = line.split('|').map(str::trim).collect();
        let [before, word, after] = columns[..] else {
            return Err(format!("expected `words before | word | words after`, found `{line}`"));
        };
        let edges = self.edged.entry(table).or_default().entry(checked(word)?.to_owned()).or_default();
        for (column, words) in [(before, &mut edges.before), (after, &mut edges.after)] {
            for word in column.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let word = if word == "^" { "" } else { checked(word)? };
                if !words.insert(word.to_owned()) {
                    return Err(listed_twice(word));
                }
            }
        }
        Ok(())
    }
}

impl<'a> Section<'a> {
    fn parse(head: &'a str) -> Result<Self, String> {
        let head = head.strip_suffix(']').ok_or_else(|| format!("expected `]` at the end of `[{head}`"))?;
        if LISTS.iter().any(|list| list.head == head) {
            return Ok(Self::List(head));
        }
        if let Some((_, table)) = EDGED.iter().find(|(of, _)| *of == head) {
            return Ok(Self::Edged(table));
        }
        let words: Vec<_> = head.split_whitespace().collect();
        let place = |of: &[&str], word| of.iter().position(|known| *known == word);
        let (kind, severity, exact) = match words[..] {
            [kind, severity] => (kind, severity, false),
            [kind, severity, "exact"] => (kind, severity, true),
            _ => return Err(unknown(head)),
        };
        match (place(&KINDS, kind), place(&SEVERITIES, severity)) {
            (Some(kind), Some(severity)) => Ok(Self::Rated { bits: 1 << (3 * kind + severity), exact }),
            _ => Err(unknown(head)),
        }
    }
}

fn unknown(head: &str) -> String {
    let mut heads: Vec<_> =
        LISTS.iter().map(|list| list.head).chain(EDGED.iter().map(|(of, _)| *of)).collect();
    heads.dedup();
    let [kinds, severities] = [KINDS.join(", "), SEVERITIES.join(", ")];
    format!(
        "no section is called `[{head}]`, expected a kind ({kinds}) and a severity ({severities}), possibly with `exact`, or one of [{}]",
        heads.join("], [")
    )
}

fn listed_twice(word: &str) -> String {
    format!("`{word}` is listed twice here")
}

/// Returns `word`, if a text can contain it as written: one word of letters and digits, possibly with hyphens inside.
fn checked_exact(word: &str) -> Result<&str, String> {
    let is_piece = |piece: &str| {
        !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if word.split('-').all(is_piece) && word.bytes().any(|b| b.is_ascii_lowercase()) {
        Ok(word)
    } else {
        Err(format!(
            "expected one word of the letters a to z, digits and hyphens between them, found `{word}`"
        ))
    }
}

/// Returns `word`, if a text can contain it: texts are read as lower-case letters.
fn checked(word: &str) -> Result<&str, String> {
    let letters = |piece: &str| !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_lowercase());
    if word.split(' ').all(letters) {
        Ok(word)
    } else {
        Err(format!("expected the letters a to z, with single spaces between words, found `{word}`"))
    }
}
