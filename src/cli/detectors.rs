//! `chimeflow detectors`: shows the table of detectors.

use crate::cli::output::{self, outln};
use crate::cli::{Exit, style};
use crate::detect::{DetectorType, Detectors, Example};
use crate::shape::{Key, Shape, Table};
use crate::text::is_invisible;

/// List the detectors that rules can use
///
/// Without a name, lists the detectors; with one, shows its settings by example. In a rules file, `find = { NAME = … }` names a detector.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A detector
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,

    /// Print the page of the documentation
    #[arg(long, conflicts_with_all = ["json", "name"])]
    markdown: bool,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let chosen: Vec<&DetectorType> = match &args.name {
        None => detectors.all().iter().collect(),
        Some(name) => match detectors.get(name) {
            Some(kind) => vec![kind],
            None => {
                anyhow::bail!("no detector is called `{name}`; there are {}", detectors.names().join(", "))
            }
        },
    };
    if args.markdown {
        output::raw(&page(&chosen));
    } else if args.json {
        let json: Vec<_> = chosen.iter().map(|kind| json(kind)).collect();
        output::json(&serde_json::Value::from(json));
    } else if args.name.is_some() {
        for kind in chosen {
            show(kind);
        }
    } else {
        let width = chosen.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
        for kind in chosen {
            outln!("{}{:width$}{:#}  {}", style::GOOD, kind.name, style::GOOD, kind.summary);
        }
    }
    Ok(Exit::Fine)
}

fn show(kind: &DetectorType) {
    outln!("{}{}{:#}: {}\n", style::GOOD, kind.name, style::GOOD, kind.summary);
    let kinds = kind.kinds();
    let width = kinds.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, what) in &kinds {
        outln!("    {name:width$}  {what}");
    }
    if !kinds.is_empty() {
        outln!("");
    }
    if let Some(table) = counting(kind) {
        outln!("find = {{ {} = {} }}\n", kind.name, table.such_as);
        let width = table.keys.iter().map(|key| key.name.len()).max().unwrap_or_default();
        for key in table.keys {
            outln!("    {:width$}  {}", key.name, key.means);
        }
    }
    for example in kind.examples {
        let found: Vec<_> = example.finds.iter().map(|piece| format!("{piece:?}")).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        outln!("find = {{ {} = {} }}", kind.name, example.settings);
        outln!("    in {:?}", example.text);
        outln!("    finds {found}\n");
    }
}

/// Returns the settings of a detector that counts over time, for which no text is an example.
fn counting(kind: &DetectorType) -> Option<&'static Table> {
    match kind.shape {
        Shape::Table(table) if kind.examples.is_empty() => Some(table),
        _ => None,
    }
}

/// The introduction of the documentation page.
const PAGE: &str = "\
# Detectors

The detectors are the keys of `find`. This page is the output of `chimeflow detectors --markdown`, and every example on it runs as a
test. [rules.md](rules.md) has the language around it.
";

fn page(kinds: &[&DetectorType]) -> String {
    let row = |kind: &&DetectorType| format!("| [`{0}`](#{0}) | {1} |\n", kind.name, kind.summary);
    let rows: String = kinds.iter().map(row).collect();
    let sections: String = kinds.iter().map(|kind| section(kind)).collect();
    format!("{PAGE}\n| detector | finds |\n|---|---|\n{rows}{sections}")
}

fn section(kind: &DetectorType) -> String {
    // Invisible characters are escaped, and so is `|`, which would end the table cell.
    let seen = |c: char| !(c.is_control() || is_invisible(c)) || c == '\u{200d}' || c == '\u{fe0f}';
    let spell = |c: char| if seen(c) { c.to_string() } else { c.escape_default().to_string() };
    let cell = |text: &str| format!("`{}`", text.chars().map(spell).collect::<String>().replace('|', "\\|"));
    let row = |example: &Example| {
        let found: Vec<_> = example.finds.iter().map(|piece| cell(piece)).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        format!(
            "| {} | {} | {found} |\n",
            cell(&format!("{} = {}", kind.name, example.settings)),
            cell(example.text)
        )
    };
    let rows: String = kind.examples.iter().map(row).collect();
    let kind_row = |(name, what): &(&str, &str)| format!("| `{name}` | {what} |\n");
    let kinds: String = kind.kinds().iter().map(kind_row).collect();
    let kinds = if kinds.is_empty() { kinds } else { format!("| kind | is |\n|---|---|\n{kinds}\n") };
    let DetectorType { name, summary, .. } = kind;
    if let Some(table) = counting(kind) {
        let row = |key: &Key| format!("| `{}` | {} |\n", key.name, key.means.replace('|', "\\|"));
        let rows: String = table.keys.iter().map(row).collect();
        let such_as = cell(&format!("{name} = {}", table.such_as));
        return format!(
            "\n## {name}\n\nFinds {summary}; for example {such_as}. [Rules that count](rules.md#rules-that-count) has more.\n\n\
             | key | is |\n|---|---|\n{rows}"
        );
    }
    format!("\n## {name}\n\nFinds {summary}.\n\n{kinds}| settings | in | finds |\n|---|---|---|\n{rows}")
}

fn json(kind: &DetectorType) -> serde_json::Value {
    let example = |example: &Example| serde_json::json!({ "settings": example.settings, "text": example.text, "finds": example.finds });
    serde_json::json!({
        "name": kind.name,
        "summary": kind.summary,
        "kinds": kind.kinds().iter().map(|(name, what)| serde_json::json!({ "name": name, "is": what })).collect::<Vec<_>>(),
        "examples": kind.examples.iter().map(example).collect::<Vec<_>>(),
        "such_as": table(&kind.shape).map(|table| table.such_as),
        "keys": table(&kind.shape).map_or_else(Vec::new, |table| table.keys.iter().map(json_key).collect()),
    })
}

/// Returns the table of settings in `shape`, if there is one.
fn table(shape: &Shape) -> Option<&'static Table> {
    match shape {
        Shape::Table(table) => Some(table),
        Shape::Alternatives(all) => all.iter().find_map(|alternative| table(&alternative.shape)),
        Shape::Named(_, shape) => table(shape),
        _ => None,
    }
}

/// Returns a key of the settings of a detector.
fn json_key(key: &Key) -> serde_json::Value {
    let default = (!key.default.is_empty()).then_some(key.default);
    serde_json::json!({ "name": key.name, "is": key.means, "required": key.is_required, "default": default })
}
