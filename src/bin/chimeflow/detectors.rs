//! `chimeflow detectors`: the table of what rules can find with.

use chimeflow::detect::{Detectors, Kind};

use crate::{Finding, style};

/// Show what rules can find with
///
/// Without a name, lists the detectors; with one, shows its settings by example. What is in a rules file after `find =` has the
/// name of a detector as its key.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A detector
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Finding> {
    let detectors = Detectors::builtin();
    let chosen: Vec<&Kind> = match &args.name {
        None => detectors.all().iter().collect(),
        Some(name) => match detectors.get(name) {
            Some(kind) => vec![kind],
            None => {
                anyhow::bail!("no detector is called `{name}`; there are {}", detectors.names().join(", "))
            }
        },
    };
    if args.json {
        let json: Vec<_> = chosen.iter().map(|kind| json(kind)).collect();
        println!("{}", serde_json::Value::from(json));
    } else if args.name.is_some() {
        for kind in chosen {
            show(kind);
        }
    } else {
        let width = chosen.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
        for kind in chosen {
            anstream::println!("{}{:width$}{:#}  {}", style::GOOD, kind.name, style::GOOD, kind.summary);
        }
    }
    Ok(Finding::Fine)
}

fn show(kind: &Kind) {
    anstream::println!("{}{}{:#}: {}\n", style::GOOD, kind.name, style::GOOD, kind.summary);
    for example in kind.examples {
        let found: Vec<_> = example.finds.iter().map(|piece| format!("{piece:?}")).collect();
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
        anstream::println!("find = {{ {} = {} }}", kind.name, example.settings);
        anstream::println!("    in {:?}", example.text);
        anstream::println!("    finds {found}\n");
    }
}

fn json(kind: &Kind) -> serde_json::Value {
    let example = |example: &chimeflow::detect::Example| serde_json::json!({ "settings": example.settings, "text": example.text, "finds": example.finds });
    serde_json::json!({
        "name": kind.name,
        "summary": kind.summary,
        "examples": kind.examples.iter().map(example).collect::<Vec<_>>(),
    })
}
