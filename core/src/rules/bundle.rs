//! [`bundle`]: a rules file and the files that its lists name, as one document.
//!
//! What the author wrote stays as it is, so that every mistake is in the same line of both.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use toml::de::DeTable;

use super::load;
use super::load::parse;
use super::report::Report;
use super::source::Source;
use crate::detect::Detectors;

/// `source` as one document: what it says, and behind that the files that its lists name. A file that cannot be read is left out, and
/// is missed when the document is loaded.
#[must_use]
pub fn bundle(source: &Source<'_>) -> String {
    let mut document = source.text.to_owned();
    for name in missing(source.text) {
        let Ok(text) = (source.read_file)(&name) else { continue };
        if !document.ends_with('\n') {
            document.push('\n');
        }
        let _ = write!(document, "\n[[file]]\nname = {}\ntext = {}\n", quoted(&name), text_of(&text));
    }
    document
}

/// Rules that may be built into a program.
#[derive(Debug)]
pub struct Embedded {
    /// What the rules file says and the lists beside it, as one document.
    pub document: String,
    /// What does not keep the rules from being used and is probably a mistake.
    pub warnings: Report,
}

/// `source` and the lists beside it, if they are fit to be used. For a build script: a program that finds out when it starts that its
/// rules are not fit is deployed already.
///
/// # Errors
/// What `chimeflow check` finds wrong with the file: that it makes no sense, or that its own checks fail.
pub fn embed(source: &Source<'_>, detectors: &Detectors) -> Result<Embedded, Report> {
    let warnings = parse(source, detectors)?.warnings;
    let document = bundle(source);
    // As the program will read them.
    load(&Source::alone(source.name, &document), detectors)?;
    Ok(Embedded { document, warnings })
}

/// The names of files that lists name and that are not inside already.
fn missing(text: &str) -> BTreeSet<String> {
    let (root, _) = DeTable::parse_recoverable(text);
    let root = root.get_ref();
    let lists = root.get("lists").and_then(|lists| lists.get_ref().as_table());
    let named = lists.into_iter().flat_map(|lists| lists.iter());
    let named = named.filter_map(|(_, list)| list.get_ref().as_table()?.get("file")?.get_ref().as_str());
    let inside = root.get("file").and_then(|files| files.get_ref().as_array());
    let inside = inside.into_iter().flat_map(|files| files.iter());
    let inside = inside.filter_map(|file| file.get_ref().as_table()?.get("name")?.get_ref().as_str());
    let inside: BTreeSet<_> = inside.collect();
    named.filter(|name| !inside.contains(name)).map(str::to_owned).collect()
}

/// `text` over several lines as it is, where TOML can say it so.
fn text_of(text: &str) -> String {
    let plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    // A quotation mark at the end would run into those that close the text.
    let fits = text.chars().all(plain) && !text.contains("'''") && !text.ends_with('\'');
    if fits { format!("'''\n{text}'''") } else { quoted(text) }
}

/// `text` between quotation marks. JSON's escapes are among TOML's, which also wants DEL to be one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detectors;
    use crate::rules::{load, parse};

    const RULES: &str = r#"
version = 1
[lists.a]
words = ["heron"]
file = "lists/a.txt"
[[rule]]
id = "a"
find = { words = "a" }
do = "mask"
hit = ["heron", "blue tit", "caf'e"]"#;

    #[test]
    fn a_bundle_stands_alone_and_says_the_same() {
        for list in [
            "blue tit\ncaf'e",
            "# birds\r\nblue tit\r\ncaf'e\r\n",
            "\u{feff}blue tit\ncaf'e\n# '''\n",
            "blue tit\ncaf'e\n# \u{7f} \u{1} \\ \" '",
            "blue tit\ncaf'e\n# '",
            "\nblue tit\n\n\ncaf'e",
        ] {
            let read_file =
                |name: &str| Ok(format!("{list}{}", if name == "lists/a.txt" { "" } else { "?" }));
            let source = Source { read_file: &read_file, ..Source::alone("rules.toml", RULES) };
            let beside = load(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
            let document = bundle(&source);
            assert!(document.starts_with(RULES), "what the author wrote stays in its lines");
            let alone = Source::alone("rules.toml", &document);
            let inside = load(&alone, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
            assert_eq!(beside.rules.len(), inside.rules.len());
            assert_eq!(bundle(&alone), document, "a bundle is its own");
        }
    }

    #[test]
    fn what_is_wrong_with_files_is_said() {
        let rules = format!(
            "{RULES}\n[[file]]\nname = \"b\"\ntext = \"x\"\n[[file]]\nname = \"b\"\ntext = \"y\"\n[[file]]\ntext = \"z\""
        );
        let report =
            parse(&Source::alone("rules.toml", &rules), &Detectors::builtin()).unwrap_err().to_string();
        for says in ["could not read `lists/a.txt`", "two files are called `b`", "a file needs `name`"] {
            assert!(report.contains(says), "{report}");
        }
        let unused = format!(
            "{RULES}\n[[file]]\nname = \"lists/a.txt\"\ntext = \"blue tit\\ncaf'e\"\n[[file]]\nname = \"b\"\ntext = \"x\""
        );
        let file = parse(&Source::alone("rules.toml", &unused), &Detectors::builtin()).unwrap();
        assert!(file.warnings.to_string().contains("file `b` is never used"), "{}", file.warnings);
    }
}
