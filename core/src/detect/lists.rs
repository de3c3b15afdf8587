//! [`Lists`]: the named lists of a rules file, for detectors whose settings name one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::meant::meant;

/// The named lists of a rules file.
#[derive(Debug, Default)]
pub struct Lists {
    lists: BTreeMap<String, List>,
    used: RefCell<BTreeSet<String>>,
}

/// One `[lists.NAME]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Words and phrases.
    pub words: Vec<String>,
    /// Words that are fine: what is found inside one of them does not count.
    pub allow: Vec<String>,
    /// Domains of links, such as `example.com` or `*.example.org`.
    pub domains: Vec<String>,
}

impl Lists {
    /// Adds a list.
    pub fn insert(&mut self, name: impl Into<String>, list: List) {
        self.lists.insert(name.into(), list);
    }

    /// The list called `name`.
    ///
    /// # Errors
    /// When there is none; the problem names one that is near.
    pub fn get(&self, name: &str) -> Result<&List, Problem> {
        let list = self.lists.get(name).ok_or_else(|| {
            let help =
                if self.lists.is_empty() { Some(format!("define it: `[lists.{name}]`")) } else { None };
            let names = self.lists.keys().map(String::as_str);
            Problem {
                help: help.or_else(|| nearest(name, names)),
                ..Problem::new(format!("no list is called `{name}`"))
            }
        })?;
        self.used.borrow_mut().insert(name.to_owned());
        Ok(list)
    }

    /// The names of lists that nobody asked for.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        self.lists.keys().filter(|name| !used.contains(*name)).cloned().collect()
    }
}

/// The one of `known` that `word` was probably meant to be, or all of them.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    did_you_mean(word, known.clone()).or_else(|| {
        let all: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
        match all.split_last() {
            Some((last, [])) => Some(format!("the only one is {last}")),
            Some((last, rest)) => Some(format!("there are {} and {last}", rest.join(", "))),
            None => None,
        }
    })
}

/// The one of `known` that `word` was probably meant to be.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let known: Vec<_> = known.into_iter().collect();
    if let Some(meant) = meant(word, &known) {
        return Some(format!("did you mean `{meant}`?"));
    }
    let length = word.chars().count();
    // A part of the name is as good as a slip of the key: `ssn` for `us-ssn`.
    let distance = |known: &str| {
        if length >= 3 && known.contains(word) { 1 } else { strsim::damerau_levenshtein(word, known) }
    };
    let near = known.iter().map(|known| (distance(known), *known));
    let (_, best) = near.filter(|(distance, _)| *distance <= (length / 3).max(1)).min()?;
    Some(format!("did you mean `{best}`?"))
}
