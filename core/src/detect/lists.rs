//! [`Lists`]: the named lists of a rules file, for detectors whose settings name one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Fold;
use crate::shape::{Problem, nearest};

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
    pub words: Vec<Listed>,
    /// The allow-list: what is found inside one of these words does not count.
    pub allow: Vec<String>,
    /// Domains of links, such as `example.com` or `*.example.org`.
    pub domains: Vec<String>,
    /// How much obfuscation of the words to undo, if the list says so.
    pub(crate) fold: Option<Fold>,
}

/// A word of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The word as written in the list.
    pub word: String,
    /// How much of its obfuscation to undo, if the list or the word says so.
    pub(crate) fold: Option<Fold>,
}

impl Lists {
    /// Adds a list.
    pub(crate) fn insert(&mut self, name: impl Into<String>, list: List) {
        self.lists.insert(name.into(), list);
    }

    /// Returns the list called `name`.
    ///
    /// # Errors
    /// If there is none; the problem suggests a similar name.
    pub fn get(&self, name: &str) -> Result<&List, Problem> {
        let list = self.lists.get(name).ok_or_else(|| {
            let names = self.lists.keys().map(String::as_str);
            let help = nearest(name, names).unwrap_or_else(|| {
                "write it in brackets if it is what to look for, or define a list of this name under `[lists]`".to_owned()
            });
            Problem::new(format!("no list is called `{name}`")).help(help)
        })?;
        self.used.borrow_mut().insert(name.to_owned());
        Ok(list)
    }

    /// Returns the names of lists that were never requested.
    pub(crate) fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        self.lists.keys().filter(|name| !used.contains(*name)).cloned().collect()
    }
}
