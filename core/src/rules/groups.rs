//! [`Groups`]: the groups of senders or channels of a file, by name.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::report::Diagnostic;
use super::table::Table;
use crate::rule::{Group, Patterns};
use crate::shape::nearest;

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
        for (name, mut table) in root.named(key, problems) {
            let patterns: Vec<Spanned<String>> = table.take(member, problems).unwrap_or_default();
            let patterns = Patterns::new(patterns.into_iter().map(Spanned::into_inner));
            groups.spans.insert(name.get_ref().clone(), name.span());
            groups.by_name.insert(name.into_inner(), Arc::new(patterns));
        }
        groups
    }

    /// Returns the group that `group` refers to, and adds unknown names to `problems`. `what` is the table that defines such groups.
    pub(super) fn resolve(&self, group: &GroupNames, what: &str, problems: &mut Vec<Diagnostic>) -> Group {
        let is_except = !group.except.is_empty();
        let names = if is_except { &group.except } else { &group.names };
        let (mut members, mut own) = (Vec::new(), Vec::new());
        for spanned in names {
            let name = spanned.get_ref();
            if name.contains(['/', '*']) {
                own.push(name.clone());
            } else if let Some(known) = self.by_name.get(name) {
                self.used.borrow_mut().insert(name.clone());
                members.push(known.clone());
            } else {
                let define =
                    format!("define it as `[{what}.{name}]`, or write a pattern such as `*/{name}-*`");
                let help = nearest(name, self.by_name.keys().map(String::as_str)).unwrap_or(define);
                let message = format!("no group of {what} is called `{name}`");
                problems.push(Diagnostic::error(spanned.span(), message).help(help));
            }
        }
        if !own.is_empty() {
            members.push(Arc::new(Patterns::new(own)));
        }
        let names = names.iter().map(|name| name.get_ref().clone()).collect();
        Group::new(names, is_except, members)
    }

    /// Returns the groups that no rule uses, with their spans.
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

/// `from` or `in` in its long form: names of groups, and patterns, to include or to exclude.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct GroupNames {
    names: Vec<Spanned<String>>,
    except: Vec<Spanned<String>>,
}

#[cfg(test)]
mod tests {
    use crate::detect::Detectors;
    use crate::message::Message;
    use crate::outcome::Verdict;
    use crate::rules::{Source, load};

    /// Returns, for each of `names`, whether `rules` deny a message of that user.
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
        for (line, expected) in [
            ("from = \"stuff\"", "no group of people is called `stuff`"),
            ("from = []", "expected the name of a group, a list of names or a table"),
            ("from = \"\"", "an empty text matches nobody"),
            ("from = 7", "expected the name of a group"),
            ("from = [7]", "expected the name of a group, found the number `7`"),
            ("from = {}", "this table needs `except`"),
            ("from = { only = \"staff\" }", "has no key `only`"),
            ("from = { except = [] }", "found an empty list"),
            ("from = { except = \"stuff\" }", "no group of people is called `stuff`"),
            ("from = { except = { except = \"staff\" } }", "a list of names, found a table"),
            ("from = { except = \"staff\", form = \"staff\" }", "has no key `form`"),
            ("in = \"staff\"", "no group of places is called `staff`"),
            ("points = { words = { mild = 2 } }", "found a table"),
            ("points = { words = {} }", "found an empty table"),
            ("points = { words = 1000001 }", "from -1000000 to 1000000"),
            ("points = -9223372036854775808", "from -1000000 to 1000000"),
            ("points = {}", "found an empty table"),
            ("points = [1]", "found a list"),
            ("find = { mentions = { names = [] } }", "a list of names, found an empty list"),
            ("find = { mentions = \"bob\" }", "expected \"all\", a list of names"),
            ("find = { pii = { region = [] } }", "found an empty list"),
            ("find = { pii = { region = \"Britain\" } }", "no country is called `Britain`"),
            ("find = { pii = { region = [\"US\", \"uk\"] } }", "write `GB`"),
            ("find = { json = { \"/a\" = { min = nan } } }", "found the number `nan`"),
            ("find = { json = { \"/a\" = 2026-01-01 } }", "found a date"),
            (
                "find = { json = { \"/a\" = inf } }",
                "a list of values or a table such as `{ min = 1 }`, found the number `inf`",
            ),
            ("find = { json = { \"\" = { type = [] } } }", "found an empty list"),
            ("find = { words = [] }", "found an empty list"),
            ("find = { words = { allow = [\"x\"] } }", "there is no word to find"),
            ("find = { words = \"none\" }", "no list is called `none`"),
            (
                "find = { words = [\"a\", 7, \"*\"] }",
                "such as `{ word = \"chó\", fold = \"exact\" }`, found the number `7`",
            ),
            ("find = { length = [5, 2] }", "such as `{ max = 500 }`, found a list"),
            ("find = { caps = [] }", "found an empty list"),
            ("find = { marks = [3] }", "found a list"),
            ("find = { repeats = [1, 5] }", "found a list"),
            ("find = { repeats = { chars = 0 } }", "a whole number of 1 or more, found the number `0`"),
            ("find = { links = { only = \"a\", except = \"b\" } }", "not both"),
            ("find = {}", "found an empty table"),
            ("on = []", "found an empty list"),
            ("on = [\"contents\"]", "no field is called `contents`"),
            ("on = \"metadata:x\"", "a JSON pointer begins with `/`"),
            ("when = \"\"", "expected a rule"),
            ("tag = [7]", "found the number `7`"),
            ("tag = \"not\"", "means something else in `when`"),
            ("mode = \"shadwo\"", "did you mean `shadow`?"),
            ("on-error = \"let\"", "expected \"deny\" or \"pass\", found the text \"let\""),
            ("severity = \"hihg\"", "did you mean `high`?"),
            ("annotate = \"x\"", "`annotate` belongs inside `do`"),
            (
                "hit = \"x\"",
                "`hit` contains texts in which `find` must find something, and rule `a` has no `find`",
            ),
            (
                "miss = [\"x\"]",
                "`miss` contains texts in which `find` must find nothing, and rule `a` has no `find`",
            ),
        ] {
            let rules = format!(
                "version = 1\n[people.staff]\nsenders = \"user/a\"\n[[rule]]\nid = \"a\"\ndo = \"deny\"\n{line}\n{}",
                if line.starts_with("from") || line.starts_with("in") { "" } else { "in = \"*\"" }
            );
            let loaded = load(&Source::alone("rules.toml", &rules), &Detectors::builtin());
            let report = loaded.err().unwrap_or_else(|| panic!("`{line}` loads")).to_string();
            assert!(report.contains(expected), "{line}\n{report}");
            assert!(report.contains("rules.toml:7:"), "it is said under the line\n{report}");
        }
    }

    #[test]
    fn an_action_that_cannot_be_read_is_an_error() {
        for (action, expected) in [
            ("\"block\"", "did you mean `deny`?"),
            ("\"replace\"", "`replace` takes a text: write `{ replace = … }`"),
            ("{}", "expected one of `mask`, `replace`, `keep-last` or `annotate`, found an empty table"),
            ("{ replace = \"x\", mask = \"y\" }", "found `replace` and `mask`"),
            ("{ replace = 7 }", "expected a text, found the number `7`"),
            ("{ keep-last = -1 }", "a whole number of 0 or more, found the number `-1`"),
            ("{ mask = \"ab\" }", "one printable ASCII character"),
            ("{ annotate = [{ b = 1 }] }", "found a list"),
            ("{ annotate = { metadata = { d = 2026-01-01 } } }", "JSON has no dates"),
            ("{ annotate = { metadata = { d = [{ e = inf }] } } }", "JSON has no number `inf`"),
            ("{ annotate = { metadata = { d = nan } } }", "JSON has no number `nan`"),
        ] {
            let rules =
                format!("version = 1\n[[rule]]\nid = \"a\"\nfind = {{ words = [\"x\"] }}\ndo = {action}\n");
            let loaded = load(&Source::alone("rules.toml", &rules), &Detectors::builtin());
            let report = loaded.err().unwrap_or_else(|| panic!("`{action}` loads")).to_string();
            assert!(report.contains(expected), "{action}\n{report}");
            assert!(report.contains("rules.toml:5:"), "{report}");
        }
    }

    #[test]
    fn a_list_of_one_needs_no_brackets() {
        let rules = |[open, close]: [&str; 2]| {
            format!(
                "version = 1\n[message]\njson = {open}\"/text\"{close}\n[lists.pets]\nwords = {open}\"cat\"{close}\nallow = {open}\"cat\"{close}\n\
                 [people.staff]\nsenders = {open}\"user/a\"{close}\n[[rule]]\nid = \"a\"\nfrom = {open}\"staff\"{close}\non = {open}\"content\"{close}\n\
                 find = {{ words = {{ lists = {open}\"pets\"{close}, words = {open}\"dog\"{close} }}, profanity = {{ languages = {open}\"en\"{close} }} }}\n\
                 tag = {open}\"pet\"{close}\ndo = \"deny\"\nhit = {open}\"dog shit\"{close}\n[[test]]\nsay = \"x\"\nby = []\n"
            )
        };
        for brackets in [["[", "]"], ["", ""]] {
            load(&Source::alone("rules.toml", &rules(brackets)), &Detectors::builtin())
                .unwrap_or_else(|report| panic!("{report}"));
        }
    }
}
