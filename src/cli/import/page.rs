//! [`Page`]: the rules file that an import writes, and [`Rule`], a rule in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::toml;

/// A rules file that is being written, from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Page {
    blocks: Vec<String>,
    /// Groups of senders and of channels, with a note on who belongs in them.
    people: BTreeMap<String, Group>,
    places: BTreeMap<String, Group>,
    ids: BTreeSet<String>,
    tally: Tally,
}

/// How much of a source became rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The number of words, expressions, limits and actions that became part of rules.
    pub taken: usize,
    /// The number of those without counterpart, which became comments.
    pub left: usize,
    pub rules: usize,
}

#[derive(Debug)]
struct Group {
    patterns: Vec<String>,
    note: String,
}

/// A rule to write.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    /// Comments above it.
    pub notes: Vec<String>,
    pub id: String,
    pub why: Option<String>,
    pub from: Option<GroupScope>,
    pub channels: Option<GroupScope>,
    /// The detectors and their settings, in TOML.
    pub find: Vec<String>,
    pub when: Option<String>,
    /// `do`; without it, a rule only sets its tag.
    pub denies: bool,
    pub tag: Option<String>,
    pub severity: Option<&'static str>,
    pub in_shadow: bool,
    pub hits: Vec<String>,
}

/// The groups that a rule concerns.
#[derive(Clone, Debug)]
pub(super) enum GroupScope {
    Only(Vec<String>),
    Except(Vec<String>),
}

impl Page {
    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    /// Counts entries of the source that a rule takes over.
    pub(super) fn take(&mut self, number: usize) {
        self.tally.taken += number;
    }

    /// Counts an entry of the source without counterpart. Returns a comment about it.
    pub(super) fn leave(&mut self, what: &str, why: &str) -> String {
        self.tally.left += 1;
        format!("left out: {what}: {why}")
    }

    /// Counts `number` entries of the source without counterpart.
    pub(super) fn leave_many(&mut self, number: usize) {
        self.tally.left += number;
    }

    /// Counts everything that was taken over since `before` as omitted, and returns the number.
    pub(super) fn leave_since(&mut self, before: Tally) -> usize {
        let since = self.tally.taken - before.taken;
        self.tally.taken = before.taken;
        self.tally.left += since;
        since
    }

    /// Writes comments, separated from the next rule.
    pub(super) fn note(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.blocks.push(toml::comment(text));
        }
    }

    /// Returns a unique rule name derived from `name`.
    pub(super) fn id(&mut self, name: &str) -> String {
        let base = slug(name);
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|id| !self.ids.contains(id));
        let id = free.unwrap_or(base);
        self.ids.insert(id.clone());
        id
    }

    /// Defines a group of senders, for `from`.
    pub(super) fn people(&mut self, name: &str, patterns: Vec<String>, note: &str) -> String {
        let name = slug(name);
        self.people.entry(name.clone()).or_insert_with(|| Group { patterns, note: note.to_owned() });
        name
    }

    /// Defines a group of channels, for `in`.
    pub(super) fn places(&mut self, name: &str, patterns: Vec<String>, note: &str) -> String {
        let name = slug(name);
        self.places.entry(name.clone()).or_insert_with(|| Group { patterns, note: note.to_owned() });
        name
    }

    /// Writes a rule, and before it the list of its words, if it has one.
    pub(super) fn rule(&mut self, rule: &Rule, list: Option<&str>) {
        self.tally.rules += 1;
        let mut block: String = rule.notes.iter().map(|note| toml::comment(note)).collect();
        block.extend(list.map(|list| format!("{list}\n")));
        block.push_str(&rule.write());
        self.blocks.push(block);
    }

    /// Returns the file, which begins with `head` as a comment.
    pub(super) fn finish(self, head: &str) -> String {
        let mut file = format!("{}version = 1\n", toml::comment(head));
        for (table, key, groups) in
            [("people", "senders", &self.people), ("places", "channels", &self.places)]
        {
            for (name, Group { patterns, note }) in groups {
                let patterns = toml::list(patterns, key.len() + 3);
                let _ = write!(file, "\n[{table}.{name}]\n{}{key} = {patterns}\n", toml::comment(note));
            }
        }
        for block in &self.blocks {
            let _ = write!(file, "\n{block}");
        }
        file
    }
}

impl Rule {
    fn write(&self) -> String {
        let mut keys: Vec<(&str, String)> = vec![("id", toml::text(&self.id))];
        keys.extend(self.why.iter().map(|why| ("why", toml::text(why))));
        keys.extend(self.from.iter().map(|whom| ("from", whom.write())));
        keys.extend(self.channels.iter().map(|whom| ("in", whom.write())));
        if !self.find.is_empty() {
            keys.push(("find", format!("{{ {} }}", self.find.join(", "))));
        }
        keys.extend(self.when.iter().map(|when| ("when", toml::text(when))));
        keys.extend(self.denies.then(|| ("do", "\"deny\"".to_owned())));
        keys.extend(self.tag.iter().map(|tag| ("tag", toml::text(tag))));
        keys.extend(self.severity.map(|severity| ("severity", toml::text(severity))));
        keys.extend(self.in_shadow.then(|| ("mode", "\"shadow\"".to_owned())));
        if !self.hits.is_empty() {
            keys.push(("hit", toml::list(&self.hits, 8)));
        }
        let width = keys.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
        let lines = keys.iter().map(|(key, value)| format!("{key:width$} = {value}\n"));
        format!("[[rule]]\n{}", lines.collect::<String>())
    }
}

impl GroupScope {
    fn write(&self) -> String {
        let one_or_all = |names: &[String]| match names {
            [name] => toml::text(name),
            names => toml::list(names, 20),
        };
        match self {
            Self::Only(names) => one_or_all(names),
            Self::Except(names) => format!("{{ except = {} }}", one_or_all(names)),
        }
    }
}

/// The maximum length of a name that is derived from a description.
const LONGEST: usize = 40;

/// The maximum length of the beginning of such a name.
const SHORT: usize = 24;

/// Returns the beginning of `name`, short enough to be followed by other words.
pub(super) fn short(name: &str) -> String {
    let mut short = slug(name);
    if short.len() > SHORT {
        let end = short[..SHORT].rfind('-').filter(|end| *end > SHORT / 2).unwrap_or(SHORT);
        short.truncate(end);
    }
    short
}

/// Returns `name` as the name of a rule, list or group: lower-case letters, digits and hyphens, starting with a letter.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        let end = slug[..LONGEST].rfind('-').filter(|end| *end > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(end);
    }
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => "rule".to_owned(),
        "and" | "or" | "not" | "score" => format!("{slug}-rule"),
        slug if slug.starts_with(|c: char| c.is_ascii_digit()) => format!("rule-{slug}"),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_descriptions() {
        for (name, id) in [
            ("Block Spam", "block-spam"),
            ("Don't say it!", "dont-say-it"),
            ("  --  ", "rule"),
            ("멘션 스팸", "rule"),
            ("1488", "rule-1488"),
            ("Score", "score-rule"),
            ("a very long name that goes on and on and never ends", "a-very-long-name-that-goes-on-and-on"),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
        let mut page = Page::default();
        assert_eq!(["x", "X", "x!"].map(|name| page.id(name)), ["x", "x-2", "x-3"]);
    }
}
