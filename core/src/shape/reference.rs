//! The reference of the rules language, in Markdown.

use std::fmt::Write as _;

use super::{Alternative, Constraint, Key, Long, Shape, Words};

/// The reference lists sets with fewer words than this in full, even if a message would not.
const MANY_WORDS: usize = 40;

/// Returns the keys of every form of `shape`, with names that begin with `path`, and their constraints.
pub(crate) fn section(path: &str, shape: &Shape) -> String {
    let mut section = Section::default();
    section.add(path, shape);
    let Section { rows, constraints, .. } = section;
    let head = "| key | takes | means | default |\n|---|---|---|---|\n";
    let rows = if rows.is_empty() { rows } else { format!("{head}{rows}\n") };
    if constraints.is_empty() {
        rows
    } else {
        format!("{rows}Errors about keys together:\n\n{constraints}\n")
    }
}

#[derive(Default)]
struct Section {
    rows: String,
    constraints: String,
    /// The names of the shapes already visited.
    seen: Vec<&'static str>,
}

impl Section {
    fn add(&mut self, path: &str, shape: &Shape) {
        match shape {
            Shape::Table(table) => self.add_keys(path, table.keys, table.constraints, table.what),
            Shape::Map(map) => {
                self.add_keys(path, map.keys, map.constraints, map.what);
                self.add(&below(path, "NAME"), &map.value);
            }
            Shape::List(list) => self.add(path, &list.item),
            Shape::Alternatives(all) => {
                // The short form of a table's key is described at the key.
                let is_in_table = |key: &str| {
                    all.iter().any(|one| matches!(one.shape, Shape::Table(table) if table.key(key).is_some()))
                };
                let is_short = |one: &&Alternative| match one.long {
                    Long::Under(key) | Long::ListUnder(key) => is_in_table(key),
                    Long::Itself => false,
                };
                all.iter().filter(|one| !is_short(one)).for_each(|one| self.add(path, &one.shape));
            }
            Shape::Named(name, shape) if !self.seen.contains(name) => {
                self.seen.push(name);
                self.add(path, shape);
            }
            _ => {}
        }
    }

    fn add_keys(&mut self, path: &str, keys: &[Key], constraints: &[Constraint], what: &str) {
        for key in keys {
            let path = below(path, key.name);
            self.add_row(&path, key);
            self.add(&path, &key.shape);
        }
        for constraint in constraints {
            let sentence = constraint.says.replace("{}", &format!("the {}", what.trim_start_matches("a ")));
            let help =
                if constraint.help.is_empty() { String::new() } else { format!("; {}", constraint.help) };
            let line = format!("* {sentence}{help}\n");
            if !self.constraints.contains(&line) {
                self.constraints.push_str(&line);
            }
        }
    }

    fn add_row(&mut self, path: &str, key: &Key) {
        let default = if key.is_required { "required" } else { key.default };
        let takes = format!("{}{}", key.shape.expected(), listed(&key.shape));
        let cells = [&*takes, key.means, default].map(|cell| cell.replace('|', "\\|"));
        let _ = writeln!(self.rows, "| `{path}` | {} |", cells.join(" | "));
    }
}

/// Returns the words that a value of `shape` may be, if a message would not list them.
fn listed(shape: &Shape) -> String {
    match shape {
        Shape::List(list) => listed(&list.item),
        Shape::Words(Words { all, .. }) if shape.expected().starts_with("a ") && all().len() < MANY_WORDS => {
            format!(": `{}`", all().join("`, `"))
        }
        _ => String::new(),
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
