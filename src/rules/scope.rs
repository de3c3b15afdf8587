//! [`Scope`]: whose messages and which channels a rule is about.

use std::collections::BTreeMap;
use std::fmt;

use regex::Regex;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::report::Diagnostic;
use super::table::Table;
use crate::detect::nearest;
use crate::message::Message;

/// Whose messages and which channels a rule is about.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Senders: `from`.
    pub from: Option<Group>,
    /// Channels: `in`.
    pub channels: Option<Group>,
}

/// Why a rule is not about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Because of who sent it.
    From,
    /// Because of the channel it was sent to.
    In,
}

impl Scope {
    /// Why the rule is not about `message`, if it is not.
    #[must_use]
    pub fn excludes(&self, message: &Message) -> Option<Outside> {
        let outside =
            |group: &Option<Group>, arn: &str| group.as_ref().is_some_and(|group| !group.holds(arn));
        if outside(&self.from, &message.sender) {
            return Some(Outside::From);
        }
        outside(&self.channels, &message.channel).then_some(Outside::In)
    }
}

/// Senders or channels, by the names of groups or by patterns.
#[derive(Clone, Debug)]
pub struct Group {
    /// As written: the names and patterns.
    pub names: Vec<String>,
    /// Whether it is everybody but these.
    pub except: bool,
    pattern: Regex,
}

impl Group {
    /// Whether the group holds the sender or channel with `arn`.
    #[must_use]
    pub fn holds(&self, arn: &str) -> bool {
        self.pattern.is_match(arn) != self.except
    }
}

/// The groups of a file, by name: `[people.*]` or `[places.*]`.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_name: BTreeMap<String, Vec<String>>,
    spans: BTreeMap<String, std::ops::Range<usize>>,
    used: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

impl Groups {
    /// Reads `[KEY.NAME]` tables with the patterns under `member`.
    pub(super) fn read(
        root: &mut Table<'_>,
        key: &'static str,
        member: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut groups = Self::default();
        let table = root.raw(key).and_then(|value| Table::from_value("a table of groups", value, problems));
        for (name, value) in table.into_iter().flat_map(Table::into_entries) {
            let Some(mut table) = Table::from_value("a group", value, problems) else { continue };
            let patterns: Option<Vec<Spanned<String>>> = table.need(member, problems);
            table.finish(problems);
            if let Some([]) = patterns.as_deref() {
                problems
                    .push(Diagnostic::error(name.span(), format!("group `{}` fits nobody", name.get_ref())));
            }
            let patterns = patterns.unwrap_or_default();
            for blank in patterns.iter().filter(|pattern| pattern.get_ref().trim().is_empty()) {
                problems.push(Diagnostic::error(blank.span(), "an empty pattern fits nobody"));
            }
            let patterns = patterns.into_iter().map(Spanned::into_inner).collect();
            groups.spans.insert(name.get_ref().clone(), name.span());
            groups.by_name.insert(name.into_inner(), patterns);
        }
        groups
    }

    /// The group that `written` means.
    pub(super) fn resolve(
        &self,
        written: &Spanned<Written>,
        what: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Group> {
        let Written { names, except } = written.get_ref();
        let mut patterns = Vec::new();
        for name in names {
            if name.contains(['/', '*']) {
                patterns.push(name.clone());
            } else if let Some(known) = self.by_name.get(name) {
                self.used.borrow_mut().insert(name.clone());
                patterns.extend(known.iter().cloned());
            } else {
                let define = format!("define it: `[{what}.{name}]`, or write a pattern such as `*/{name}-*`");
                let help = nearest(name, self.by_name.keys().map(String::as_str)).unwrap_or(define);
                let message = format!("no group of {what} is called `{name}`");
                problems.push(Diagnostic::error(written.span(), message).help(help));
                return None;
            }
        }
        Some(Group { names: names.clone(), except: *except, pattern: any_of(&patterns)? })
    }

    /// The groups that no rule uses, and where they are.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
        let used = self.used.borrow();
        let unused: Vec<_> = self
            .spans
            .iter()
            .filter(|(name, _)| !used.contains(*name))
            .map(|(n, s)| (&**n, s.clone()))
            .collect();
        unused.into_iter()
    }
}

/// One expression for all of `patterns`: `*` is any text, and a pattern may begin anywhere in an ARN after a `:` or `/`.
fn any_of(patterns: &[String]) -> Option<Regex> {
    let one = |pattern: &String| regex::escape(pattern.trim()).replace(r"\*", ".*");
    let all: Vec<_> = patterns.iter().map(one).collect();
    // Escaped text and `.*` always compile; only a list beyond any size limit does not.
    Regex::new(&format!("(?s)^(?:.*[:/])?(?:{})$", all.join("|"))).ok()
}

/// `from` or `in` as written: a name, a list of names, or `{ except = … }`.
#[derive(Clone, Debug)]
pub(super) struct Written {
    names: Vec<String>,
    except: bool,
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a group, a list of names, or `{ except = … }`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Written, E> {
                Ok(Written { names: vec![name.to_owned()], except: false })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Written, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = seq.next_element()? {
                    names.push(name);
                }
                if names.is_empty() {
                    return Err(de::Error::custom("an empty list fits nobody"));
                }
                Ok(Written { names, except: false })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
                match map.next_key::<String>()?.as_deref() {
                    Some("except") => Ok(Written { except: true, ..map.next_value()? }),
                    Some(other) => Err(de::Error::unknown_field(other, &["except"])),
                    None => Err(de::Error::missing_field("except")),
                }
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_arns_and_their_tails() {
        let arn = "arn:aws:chime:us-east-1:111122223333:app-instance/a/user/staff-7";
        for (pattern, fits) in [
            ("*/user/staff-*", true),
            ("user/staff-*", true),
            ("user/staff", false),
            ("ser/staff-*", false),
            ("app-instance/a/user/staff-7", true),
            (arn, true),
            ("*", true),
            ("user/*.7", false),
        ] {
            assert_eq!(any_of(&[pattern.to_owned()]).unwrap().is_match(arn), fits, "{pattern}");
        }
        assert!(any_of(&["user/staff-*".to_owned()]).unwrap().is_match("user/staff-1"));
    }
}
