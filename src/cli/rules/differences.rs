//! Compares two rules files, rule by rule and list by list.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// Returns the differences, one on each line: `+ rule a`, `- list b`, `~ test "c"`. Empty if only comments and layout differ.
pub(super) fn differences(before: &str, after: &str) -> Vec<String> {
    let (Ok(before), Ok(after)) = (before.parse::<Table>(), after.parse::<Table>()) else {
        return vec!["~ one of them is not TOML".to_owned()];
    };
    let (old, new) = (parts(&before), parts(&after));
    let mut lines: Vec<_> = new
        .iter()
        .filter_map(|(name, part)| match old.get(name) {
            None => Some(format!("+ {name}")),
            Some(other) => (other != part).then(|| format!("~ {name}")),
        })
        .collect();
    lines.extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("- {name}")));
    if lines.is_empty() && order(&before) != order(&after) {
        lines.push("~ the order of rules differs".to_owned());
    }
    lines
}

/// Returns every part of a file, by a name for people.
fn parts(root: &Table) -> BTreeMap<String, &Value> {
    let mut parts = BTreeMap::new();
    for (key, value) in root {
        match (&**key, value) {
            ("rule" | "file" | "test", Value::Array(all)) => {
                let name = |one: &Value| ["id", "name", "say"].into_iter().find_map(|key| text(one, key));
                for one in all {
                    let name = name(one).unwrap_or_default();
                    let quoted = if key == "rule" { name } else { format!("{name:?}") };
                    // Two tests may have the same text.
                    let mut called = format!("{key} {quoted}");
                    while parts.contains_key(&called) {
                        called.push_str(", again");
                    }
                    parts.insert(called, one);
                }
            }
            ("lists" | "people" | "places", Value::Table(all)) => {
                let one = if key == "lists" { "list" } else { key };
                parts.extend(all.iter().map(|(name, value)| (format!("{one} {name}"), value)));
            }
            _ => {
                parts.insert(key.clone(), value);
            }
        }
    }
    parts
}

fn text(table: &Value, key: &str) -> Option<String> {
    table.get(key)?.as_str().map(str::to_owned)
}

/// Returns the ids of rules in their order.
fn order(root: &Table) -> Vec<String> {
    let rules = root.get("rule").and_then(Value::as_array);
    rules.into_iter().flatten().filter_map(|rule| text(rule, "id")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() {
        let rules = "version = 1\n[lists.a]\nwords = [\"x\"]\n[[rule]]\nid = \"a\"\ndo = \"deny\"\n[[rule]]\nid = \"b\"\n";
        let check =
            |after: &str, expected: &[&str]| assert_eq!(differences(rules, after), expected, "{after}");
        check(rules, &[]);
        check(&format!("# a comment\n{}", rules.replace(" = ", "=")), &[]);
        check(&rules.replace("deny", "mask"), &["~ rule a"]);
        check(&rules.replace("\"b\"", "\"c\""), &["+ rule c", "- rule b"]);
        check(&rules.replace("\"x\"", "\"y\""), &["~ list a"]);
        check(&format!("{rules}[[test]]\nsay = \"x\"\n"), &["+ test \"x\""]);
        check(&format!("{rules}[defaults]\nmode = \"shadow\"\n"), &["+ defaults"]);
        check(
            "version = 1\n[lists.a]\nwords = [\"x\"]\n[[rule]]\nid = \"b\"\n[[rule]]\nid = \"a\"\ndo = \"deny\"\n",
            &["~ the order of rules differs"],
        );
        check("version = [", &["~ one of them is not TOML"]);
    }
}
