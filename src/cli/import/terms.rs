//! [`Terms`]: words and expressions of a source, any of which may occur, written as rules.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::engine::Engine;
use super::expression::{escaped, find};
use super::page::{Page, Rule};
use super::{sample, toml};

/// The words and expressions of one rule of a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// Words and phrases, with a `*` at an end for more letters.
    pub words: Vec<String>,
    /// Expressions in the syntax of this program, which are valid.
    pub expressions: Vec<String>,
    /// The allow-list: a finding inside one of these does not count.
    pub allow: Vec<String>,
}

/// The maximum number of words in a rule itself; more words become a list.
const FEW: usize = 8;

/// Why a term is omitted that can be neither a word of a list nor an expression.
pub(super) const NO_TERM: &str = "it cannot be a word of a list";

/// The maximum length of a message, in bytes.
const LONGEST: usize = 4096;

/// Returns why `word`, which [`Terms::sort`] returned, is omitted.
pub(super) fn no_term(word: &str) -> &'static str {
    if is_too_long(word) { "it is longer than a message, so it is never found" } else { NO_TERM }
}

fn is_too_long(word: &str) -> bool {
    bare(word).len() > LONGEST
}

/// The maximum number of examples in a rule.
const EXAMPLES: usize = 3;

impl Terms {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.expressions.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.words.len() + self.expressions.len()
    }

    /// Sorts words: those that the detector `words` does not find become expressions. Returns the words that can be neither.
    pub(super) fn sort(&mut self, engine: Engine<'_>) -> Vec<String> {
        let (mut words, mut expressions, mut dropped) = (Vec::new(), Vec::new(), Vec::new());
        for words in [&mut self.words, &mut self.allow] {
            dropped.extend(words.extract_if(.., |word| is_too_long(word)));
        }
        let fits = engine.fit_words(&self.words, samples);
        for (word, fits) in std::mem::take(&mut self.words).into_iter().zip(fits) {
            let expression = as_expression(&word);
            if fits {
                words.push(word);
            } else if bare(&word).is_empty()
                || engine.check(&find(std::slice::from_ref(&expression))).is_err()
            {
                dropped.push(word);
            } else {
                expressions.push(expression);
            }
        }
        expressions.append(&mut self.expressions);
        let fits = engine.fit_words(&self.allow, |_| Vec::new());
        let (allow, unfit): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.allow).into_iter().zip(fits).partition(|(_, fits)| *fits);
        dropped.extend(unfit.into_iter().map(|(word, _)| word));
        self.allow = allow.into_iter().map(|(word, _)| word).collect();
        (self.words, self.expressions) = (unique(words), unique(expressions));
        dropped
    }

    /// Writes the rules that find these terms, derived from `template`: one for the words, one for the expressions.
    pub(super) fn write(&self, template: &Rule, page: &mut Page, engine: Engine<'_>) {
        let is_both = !self.words.is_empty() && !self.expressions.is_empty();
        let mut template = template.clone();
        if !self.words.is_empty() {
            self.write_words(&template, page, engine);
            template.notes.clear();
        }
        if !self.expressions.is_empty() {
            let name = if is_both { format!("{} expressions", template.id) } else { template.id.clone() };
            self.write_expressions(&name, template, page, engine);
        }
    }

    fn write_words(&self, template: &Rule, page: &mut Page, engine: Engine<'_>) {
        let mut rule = Rule { id: page.id(&template.id), ..template.clone() };
        let is_list = self.words.len() > FEW || !self.allow.is_empty();
        let (setting, list) = if is_list {
            let mut list = format!("[lists.{}]\nwords = {}\n", rule.id, toml::list(&self.words, 8));
            if !self.allow.is_empty() {
                let _ = writeln!(list, "allow = {}", toml::list(&self.allow, 8));
            }
            (toml::text(&rule.id), Some(list))
        } else {
            (toml::list(&self.words, 17), None)
        };
        rule.find.insert(0, format!("words = {setting}"));
        let mut settings = vec![format!(
            "words = {{ words = {}, allow = {} }}",
            toml::list(&self.words, 0),
            toml::list(&self.allow, 0)
        )];
        settings.extend(template.find.iter().cloned());
        let texts = self.words.iter().map(|word| bare(word));
        rule.hits = examples(&settings.join(", "), texts, engine);
        page.rule(&rule, list.as_deref());
    }

    fn write_expressions(&self, name: &str, template: Rule, page: &mut Page, engine: Engine<'_>) {
        let mut rule = Rule { id: page.id(name), ..template };
        if !self.allow.is_empty() {
            let id = page.id(&format!("{} allowed", rule.id));
            let allowed = Rule {
                notes: vec![format!(
                    "An expression has no allow-list: a message with one of these words passes `{}`.",
                    rule.id
                )],
                id: id.clone(),
                find: vec![find_words(&self.allow)],
                tag: Some("allowed".to_owned()),
                hits: examples(&find_words(&self.allow), self.allow.iter().map(|word| bare(word)), engine),
                ..Rule::default()
            };
            page.rule(&allowed, None);
            let also = rule.when.map(|when| format!("{when} and ")).unwrap_or_default();
            rule.when = Some(format!("{also}not {id}"));
        }
        rule.find.insert(0, find(&self.expressions));
        let texts = self.expressions.iter().filter_map(|expression| sample::of(expression));
        rule.hits = examples(&rule.find.join(", "), texts, engine);
        page.rule(&rule, None);
    }
}

fn find_words(words: &[String]) -> String {
    format!("words = {}", toml::list(words, 17))
}

/// Returns `word`, as written in a list, without the `*` at its ends.
fn bare(word: &str) -> String {
    word.trim_matches('*').trim().to_owned()
}

/// Returns a few of `texts` that are certainly found.
fn examples(find: &str, texts: impl Iterator<Item = String>, engine: Engine<'_>) -> Vec<String> {
    let readable: Vec<_> = texts.filter(|text| !text.trim().is_empty()).take(8 * EXAMPLES).collect();
    let mut found = engine.found(find, unique(readable));
    found.truncate(EXAMPLES);
    found
}

/// Returns each of `texts` once, in their order.
fn unique(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

/// Returns texts in which `word`, as written in a list, must be found.
pub(super) fn samples(word: &str) -> Vec<String> {
    let inner = word.trim_matches('*').trim();
    let before = if word.starts_with('*') { "abc" } else { "" };
    let after = if word.len() > 1 && word.ends_with('*') { "abc" } else { "" };
    vec![inner.to_owned(), format!("so {before}{inner}{after}, they said")]
}

/// Returns an expression that finds `word`, in which every `*` matches more characters of the word.
fn as_expression(word: &str) -> String {
    let inner = word.trim_matches('*').trim();
    let middle = inner.split('*').map(escaped).collect::<Vec<_>>().join(r"\S*");
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let start = if !word.starts_with('*') && is_word(inner.chars().next()) { r"\b" } else { "" };
    let end = if !word.ends_with('*') && is_word(inner.chars().next_back()) { r"\b" } else { "" };
    format!("(?i){start}{middle}{end}")
}
