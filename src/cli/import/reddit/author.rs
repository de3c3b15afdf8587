//! The senders that a section is about: `author` and `moderators_exempt`.

use super::super::page::{Page, Whom};
use super::super::yaml::{Node, Value};

/// Whom a section is about, and what of it has no counterpart.
#[derive(Debug, Default)]
pub(super) struct Author {
    only: Vec<Group>,
    except: Vec<Group>,
    pub taken: usize,
    /// Conditions that narrow the section, and cannot be asked here.
    pub left: Vec<(String, &'static str)>,
}

/// A group to be defined.
#[derive(Debug)]
struct Group {
    name: String,
    senders: Vec<String>,
    note: &'static str,
}

impl Author {
    /// Reads `author: …`, a mapping or names.
    pub(super) fn read(node: &Node, rule: &str) -> Self {
        let mut author = Self::default();
        let Value::Map(entries) = &node.value else {
            author.names("name", node, rule);
            return author;
        };
        for (key, value) in entries {
            let bare = key.trim_start_matches('~');
            match (bare, value.text()) {
                ("name" | "name (full-exact)", _) => author.names(key, value, rule),
                ("is_moderator" | "is_contributor", "true" | "false") => {
                    author.taken += 1;
                    let (name, who) = if bare == "is_moderator" {
                        ("moderators", MODERATORS)
                    } else {
                        ("contributors", CONTRIBUTORS)
                    };
                    let group = Group {
                        name: name.to_owned(),
                        senders: vec![format!("user/{}-*", name.trim_end_matches('s'))],
                        note: who,
                    };
                    let list = if value.text() == "true" { &mut author.only } else { &mut author.except };
                    list.push(group);
                }
                _ => {
                    let why = match bare {
                        _ if bare.contains("karma") => "a message does not carry the karma of its sender",
                        "account_age" => "a message does not carry the age of its sender's account",
                        _ if bare.starts_with("flair") => "a message does not carry a flair",
                        "set_flair" | "overwrite_flair" | "is_submitter" | "is_gold" => {
                            "there is nothing like it in a message"
                        }
                        _ if bare.starts_with("name") => {
                            "groups of senders are patterns with `*`, not expressions"
                        }
                        _ => "a message does not carry it",
                    };
                    author.left.push((format!("author: {key}: {}", value.texts().join(", ")), why));
                }
            }
        }
        author
    }

    fn names(&mut self, key: &str, node: &Node, rule: &str) {
        let senders: Vec<_> = node.texts().iter().map(|name| format!("user/{name}")).collect();
        self.taken += senders.len();
        let group = Group { name: format!("{rule} senders"), senders, note: NAMES };
        let list = if key.starts_with('~') { &mut self.except } else { &mut self.only };
        list.push(group);
    }

    /// Leaves out moderators, as Reddit does unless told otherwise.
    pub(super) fn exempt_moderators(&mut self) {
        let is_there = self.except.iter().chain(&self.only).any(|group| group.name == "moderators");
        if !is_there && self.only.is_empty() {
            let senders = vec!["user/moderator-*".to_owned()];
            self.except.push(Group { name: "moderators".to_owned(), senders, note: MODERATORS });
        }
    }

    /// Returns whether the section is about some senders alone.
    pub(super) fn is_only(&self) -> bool {
        !self.only.is_empty()
    }

    /// Defines the groups. Returns what `from` says. A rule is about a group or about all but a group: with both, the exceptions are
    /// left out, which are returned too.
    pub(super) fn groups(self, page: &mut Page) -> (Option<Whom>, Vec<String>) {
        let mut define = |groups: Vec<Group>| -> Vec<String> {
            groups.into_iter().map(|group| page.people(&group.name, group.senders, group.note)).collect()
        };
        let (only, except) = (define(self.only), define(self.except));
        match (only.is_empty(), except.is_empty()) {
            (false, _) => (Some(Whom::Only(only)), except),
            (true, false) => (Some(Whom::Except(except)), Vec::new()),
            (true, true) => (None, Vec::new()),
        }
    }
}

const MODERATORS: &str = "Fill in: your moderators, by ARN or the end of it.";
const CONTRIBUTORS: &str = "Fill in: whom you trust as Reddit's approved users, by ARN or the end of it.";
const NAMES: &str = "Fill in: these are names on Reddit; here senders are ARNs or the ends of them.";
