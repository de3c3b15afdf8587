//! [`Groups`]: the senders and channels of a file, by the names of its groups.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::report::Diagnostic;
use super::table::Table;
use crate::detect::nearest;
use crate::rule::{Group, Patterns};

/// The groups of a file, by name: `[people.*]` or `[places.*]`.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_name: BTreeMap<String, Arc<Patterns>>,
    spans: BTreeMap<String, Range<usize>>,
    used: RefCell<BTreeSet<String>>,
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
            let patterns = Patterns::new(patterns.into_iter().map(Spanned::into_inner));
            groups.spans.insert(name.get_ref().clone(), name.span());
            groups.by_name.insert(name.into_inner(), Arc::new(patterns));
        }
        groups
    }

    /// The group that `written` means. `what` is the table that groups of its kind stand in.
    pub(super) fn resolve(&self, written: &Spanned<Written>, what: &str) -> Result<Group, Diagnostic> {
        let Written { names, except } = written.get_ref();
        let (mut members, mut own) = (Vec::new(), Vec::new());
        for name in names {
            if name.contains(['/', '*']) {
                own.push(name.clone());
            } else if let Some(known) = self.by_name.get(name) {
                self.used.borrow_mut().insert(name.clone());
                members.push(known.clone());
            } else {
                let define = format!("define it: `[{what}.{name}]`, or write a pattern such as `*/{name}-*`");
                let help = nearest(name, self.by_name.keys().map(String::as_str)).unwrap_or(define);
                let message = format!("no group of {what} is called `{name}`");
                return Err(Diagnostic::error(written.span(), message).help(help));
            }
        }
        if !own.is_empty() {
            members.push(Arc::new(Patterns::new(own)));
        }
        Ok(Group::new(names.clone(), *except, members))
    }

    /// The groups that no rule uses, and where they are.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
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
                    Some("except") => {
                        let Written { names, except } = map.next_value()?;
                        if except {
                            return Err(de::Error::custom("expected one `except`, not one inside the other"));
                        }
                        if let Some(more) = map.next_key::<String>()? {
                            return Err(de::Error::unknown_field(&more, &["except"]));
                        }
                        Ok(Written { names, except: true })
                    }
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
    use crate::detect::Detectors;
    use crate::message::Message;
    use crate::outcome::Verdict;
    use crate::rules::{Source, load};

    /// Whether `rules` deny what the user called `name` says.
    #[track_caller]
    fn denied(rules: &str, names: &[&str]) -> Vec<bool> {
        let pipeline = load(&Source::alone("rules.toml", rules), &Detectors::builtin());
        let pipeline = pipeline.unwrap_or_else(|report| panic!("{report}"));
        let verdict = |name: &&str| {
            let sender = format!("{USERS}/{name}");
            pipeline.run(Message { sender, content: "hello".to_owned(), ..Message::default() }).verdict
        };
        names.iter().map(|name| matches!(verdict(name), Verdict::Denied(_))).collect()
    }

    const USERS: &str =
        "arn:aws:chime:us-east-1:111122223333:app-instance/0f9e8d7c-0000-4000-8000-111122223333/user";

    #[test]
    fn a_group_of_any_size_holds_its_members_and_nobody_else() {
        for size in [1, 1231, 1232, 1233, 4077] {
            for pattern in [format!("{USERS}/u-"), "user/u-".to_owned(), "*/user/*u-".to_owned()] {
                let senders: Vec<_> = (0..size).map(|number| format!("\"{pattern}{number}\"")).collect();
                let rules = |from: &str| {
                    format!(
                        "version = 1\n[people.staff]\nsenders = [{}]\n[[rule]]\nid = \"a\"\nfrom = {from}\ndo = \"deny\"\n",
                        senders.join(",")
                    )
                };
                let last = format!("u-{}", size - 1);
                let names = ["u-0", &last, "u-x", &format!("u-{size}"), "stranger", "v-0"];
                let expected = [true, true, false, false, false, false];
                assert_eq!(denied(&rules("\"staff\""), &names), expected, "{size} {pattern}");
                let others = expected.map(|member| !member);
                assert_eq!(denied(&rules("{ except = \"staff\" }"), &names), others, "{size} {pattern}");
                let both = denied(&rules("[\"staff\", \"user/v-*\"]"), &names);
                assert_eq!(both, [true, true, false, false, false, true], "{size} {pattern}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error_and_never_everybody() {
        for (line, says) in [
            ("from = \"stuff\"", "no group of people is called `stuff`"),
            ("from = []", "an empty list fits nobody"),
            ("from = 7", "expected the name of a group"),
            ("from = [7]", "found integer `7`"),
            ("from = {}", "missing field `except`"),
            ("from = { only = \"staff\" }", "unknown key `only`"),
            ("from = { except = [] }", "an empty list fits nobody"),
            ("from = { except = \"stuff\" }", "no group of people is called `stuff`"),
            ("from = { except = { except = \"staff\" } }", "not one inside the other"),
            ("from = { except = \"staff\", only = \"staff\" }", "unknown key `only`"),
            ("in = \"staff\"", "no group of places is called `staff`"),
            ("points = { words = { mild = 2 } }", "found a table"),
            ("points = { words = {} }", "found a table"),
            ("points = { words = 1000001 }", "at most 1000000 points"),
            ("points = -9223372036854775808", "at most 1000000 points"),
            ("find = { mentions = { names = [] } }", "this lists no name"),
            ("find = { pii = { region = [] } }", "this lists no country"),
            ("find = { json = { \"/a\" = { min = nan } } }", "at most `nan`"),
            ("find = { words = [] }", "there is no word"),
            ("find = { words = \"none\" }", "no list is called `none`"),
            ("on = []", "names no field"),
            ("on = [\"contents\"]", "no field is called `contents`"),
            ("when = \"\"", "expected a rule"),
            ("tag = [7]", "found integer `7`"),
            ("mode = \"shade\"", "unknown word `shade`"),
            ("on-error = \"let\"", "unknown word `let`"),
        ] {
            let rules = format!(
                "version = 1\n[people.staff]\nsenders = [\"user/a\"]\n[[rule]]\nid = \"a\"\ndo = \"deny\"\n{line}\n"
            );
            let loaded = load(&Source::alone("rules.toml", &rules), &Detectors::builtin());
            let report = loaded.err().unwrap_or_else(|| panic!("`{line}` loads")).to_string();
            assert!(report.contains(says), "{line}\n{report}");
            assert!(report.contains("rules.toml:7:"), "it is said under the line\n{report}");
        }
    }
}
