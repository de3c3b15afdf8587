//! The senders that a section concerns: `author` and `moderators_exempt`.

use super::super::page::{GroupScope, Page, short};
use super::super::yaml::{Node, Value};

/// The senders that a section concerns, and the conditions without counterpart.
#[derive(Debug, Default)]
pub(super) struct Author {
    /// Groups that must all contain the sender.
    only: Vec<Group>,
    /// Groups that must not contain the sender.
    except: Vec<Group>,
    pub taken: usize,
    /// Conditions and actions without counterpart.
    pub left: Vec<(String, &'static str)>,
    /// Whether a condition was omitted, so that the rule applies to more senders.
    pub is_wider: bool,
}

/// A group to define.
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
            author.names("author", node, rule);
            return author;
        };
        for (key, value) in entries {
            let key = &*key.to_lowercase();
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
                    author.is_wider |= !["set_flair", "overwrite_flair"].contains(&key);
                    author.left.push((format!("author: {key}: {}", value.on_one_line()), why));
                }
            }
        }
        author
    }

    /// Reads names; those of a key with a `~` are exceptions.
    pub(super) fn names(&mut self, key: &str, node: &Node, rule: &str) {
        let senders: Vec<_> = node.texts().iter().map(|name| format!("user/{name}")).collect();
        let others = node.mappings();
        self.is_wider |= senders.is_empty() || key.starts_with('~') && !others.is_empty();
        if senders.is_empty() && others.is_empty() {
            self.left.push((format!("{key}: "), "there is no name in it"));
        }
        self.left.extend(others.into_iter().map(|other| (format!("{key}: {other}"), "it is not a name")));
        if senders.is_empty() {
            return;
        }
        self.taken += senders.len();
        let group = Group { name: format!("{} senders", short(rule)), senders, note: NAMES };
        let list = if key.starts_with('~') { &mut self.except } else { &mut self.only };
        list.push(group);
    }

    /// Excludes moderators, as Reddit does by default.
    pub(super) fn exempt_moderators(&mut self) {
        let is_there = self.except.iter().chain(&self.only).any(|group| group.name == "moderators");
        if !is_there && self.only.is_empty() {
            let senders = vec!["user/moderator-*".to_owned()];
            self.except.push(Group { name: "moderators".to_owned(), senders, note: MODERATORS });
        }
    }

    /// Returns whether the section concerns only some senders.
    pub(super) fn is_only(&self) -> bool {
        !self.only.is_empty()
    }

    /// Defines the groups. Returns the value of `from`, and the groups that must also contain, or not contain, the sender. `from`
    /// matches a sender in any of its groups, so each of these needs a separate rule.
    pub(super) fn groups(self, page: &mut Page) -> (Option<GroupScope>, Vec<(bool, GroupScope)>) {
        let mut define = |groups: Vec<Group>| -> Vec<String> {
            let mut names = Vec::new();
            for Group { name, senders, note } in groups {
                // Several sections, or a section and its exceptions, may have the same name.
                let name = if note == NAMES { page.id(&name) } else { name };
                names.push(page.people(&name, senders, note));
            }
            names
        };
        let (only, except) = (define(self.only), define(self.except));
        let mut only = only.into_iter();
        let Some(first) = only.next() else {
            return ((!except.is_empty()).then_some(GroupScope::Except(except)), Vec::new());
        };
        let mut others: Vec<_> = only.map(|name| (true, GroupScope::Only(vec![name]))).collect();
        others.extend((!except.is_empty()).then_some((false, GroupScope::Only(except))));
        (Some(GroupScope::Only(vec![first])), others)
    }
}

const MODERATORS: &str = "Fill in: your moderators, by ARN or the end of it.";
const CONTRIBUTORS: &str = "Fill in: whom you trust as Reddit's approved users, by ARN or the end of it.";
const NAMES: &str = "Fill in: these are names on Reddit; here senders are ARNs or the ends of them.";
