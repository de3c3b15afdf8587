//! [`bundle`]: a rules file and the files that its lists name, in one document.
//!
//! The author's text stays unchanged, so that every error is in the same line of both.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use toml::de::DeTable;

use super::load;
use super::load::parse;
use super::report::Report;
use super::source::Source;
use crate::detect::Detectors;

/// Returns the text of `source` together with the files that its lists name. A file that cannot be read is omitted, which is an error
/// when the document is loaded.
#[must_use]
pub fn bundle(source: &Source<'_>) -> String {
    let (root, _) = DeTable::parse_recoverable(source.text);
    let root = root.get_ref();
    let read = |name: &str| Some((quoted(name), (source.read_file)(name).ok()?));
    let files = missing(root).into_iter().filter_map(read);
    let mut document = source.text.to_owned();
    if let Some(start) = inline_files(root, source.text) {
        // Inserted in the line of the bracket, so that all other line numbers stay the same. A list may end with a comma.
        let files = files.map(|(name, text)| format!("{{ name = {name}, text = {} }}, ", quoted(&text)));
        document.insert_str(start, &files.collect::<String>());
        return document;
    }
    for (name, text) in files {
        if !document.ends_with('\n') {
            document.push('\n');
        }
        let _ = write!(document, "\n[[file]]\nname = {name}\ntext = {}\n", text_of(&text));
    }
    document
}

/// Valid rules that can be embedded in a program.
#[derive(Debug)]
pub struct Embedded {
    /// The rules file and its list files in one document.
    pub document: String,
    /// Probable mistakes that do not make the rules invalid.
    pub warnings: Report,
}

/// Bundles `source` with its list files, if the rules are valid. This is for build scripts: a program that detects invalid rules when it
/// starts is already deployed.
///
/// # Errors
/// What `chimeflow check` reports: the file is invalid, or its own checks fail.
pub fn embed(source: &Source<'_>, detectors: &Detectors) -> Result<Embedded, Report> {
    let warnings = parse(source, detectors)?.warnings;
    let document = bundle(source);
    // Load the document as the program will.
    load(&Source::alone(source.name, &document), detectors)?;
    Ok(Embedded { document, warnings })
}

/// Returns the names of the files that lists refer to and that are not embedded already.
fn missing<'r>(root: &'r DeTable<'_>) -> BTreeSet<&'r str> {
    let lists = root.get("lists").and_then(|lists| lists.get_ref().as_table());
    let named = lists.into_iter().flat_map(|lists| lists.iter());
    let named = named.filter_map(|(_, list)| list.get_ref().get("file")?.get_ref().as_str());
    let inside = root.get("file").and_then(|files| files.get_ref().as_array());
    let inside = inside.into_iter().flat_map(|files| files.iter());
    let inside = inside.filter_map(|file| file.get_ref().get("name")?.get_ref().as_str());
    let inside: BTreeSet<_> = inside.collect();
    named.filter(|name| !inside.contains(name)).collect()
}

/// Returns where the first embedded file begins, if they are written as `file = [...]`, which excludes `[[file]]`.
fn inline_files(root: &DeTable<'_>, text: &str) -> Option<usize> {
    let files = root.get("file").filter(|files| files.get_ref().is_array())?;
    // The span of an array of tables is the header of the first.
    (!text[files.span()].starts_with("[[")).then_some(files.span().start + 1)
}

/// Returns `text` as a multi-line TOML literal if possible, or else as a quoted string.
fn text_of(text: &str) -> String {
    let plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    // A quote at the end would merge with the closing quotes.
    let fits = text.chars().all(plain) && !text.contains("'''") && !text.ends_with('\'');
    if fits { format!("'''\n{text}'''") } else { quoted(text) }
}

/// Returns `text` as a TOML basic string. TOML accepts JSON's escapes but also requires one for DEL.
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
    fn files_go_where_the_author_keeps_them() {
        let rule = "[[rule]]\nid = \"a\"\nfind = { words = [\"tern\"] }\ndo = \"mask\"\nhit = [\"tern\"]\n\
                    [[rule]]\nid = \"b\"\nfind = { words = \"a\" }\ndo = \"mask\"\nhit = [\"heron\"]\n\
                    [[rule]]\nid = \"c\"\nfind = { words = \"b\" }\ndo = \"mask\"\nhit = [\"kiwi\"]";
        let lists = [
            "lists.a.file = 'a.txt'\nlists.b.file = 'b.txt'",
            "lists = { a = { file = 'a.txt' }, b = { file = \"b.txt\" } }",
            "lists.a = { file = \"\"\"a.txt\"\"\" }\n'lists'.\"b\".'file' = 'b.txt'",
            "lists.a = {\n  file = 'a.txt', # a\n}\nlists.b = { words = ['emu'], file = 'b.txt' }",
        ];
        let inside = [
            "",
            "file = []",
            "file = [ # the lists\n]",
            "file = [{ name = 'a.txt', text = 'heron' }]",
            "file = [\n  # { name = 'b.txt' }\n  { name = 'a.txt', text = \"\"\"\nheron\n# ]\"\"\" }, # ]\n]",
            "file=[{name='a.txt',text='heron'},{name='b.txt',text='kiwi'}]",
            "\"file\" = [{ \"name\" = 'b.txt', 'text' = 'kiwi' }, ]",
        ];
        let read_file = |name: &str| match name {
            "a.txt" => Ok("heron\n# ''' \"\"\"\n".to_owned()),
            _ => Ok("kiwi".to_owned()),
        };
        let tables = "\n[[file]]\nname = 'b.txt'\ntext = '''\nkiwi'''";
        for lists in lists {
            let inside = inside.map(|inside| format!("version = 1\n{inside}\n{lists}\n{rule}"));
            for text in inside.iter().chain([&format!("version = 1\n{lists}\n{rule}{tables}")]) {
                for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
                    let source = Source { read_file: &read_file, ..Source::alone("rules.toml", &text) };
                    let document = bundle(&source);
                    let alone = Source::alone("rules.toml", &document);
                    load(&alone, &Detectors::builtin())
                        .unwrap_or_else(|report| panic!("{report}\n{document}"));
                    assert_eq!(bundle(&alone), document, "a bundle is its own");
                    for (written, line) in text.lines().zip(document.lines()) {
                        let holds_files = line.trim_start_matches('"').starts_with("file");
                        assert!(line == written || holds_files, "{document}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_with_files_is_said() {
        let rules = format!(
            "{RULES}\n[[file]]\nname = \"b\"\ntext = \"x\"\n[[file]]\nname = \"b\"\ntext = \"y\"\n[[file]]\ntext = \"z\""
        );
        let report =
            parse(&Source::alone("rules.toml", &rules), &Detectors::builtin()).unwrap_err().to_string();
        for message in ["could not read `lists/a.txt`", "two files are called `b`", "a file needs `name`"] {
            assert!(report.contains(message), "{report}");
        }
        let unused = format!(
            "{RULES}\n[[file]]\nname = \"lists/a.txt\"\ntext = \"blue tit\\ncaf'e\"\n[[file]]\nname = \"b\"\ntext = \"x\""
        );
        let file = parse(&Source::alone("rules.toml", &unused), &Detectors::builtin()).unwrap();
        assert!(file.warnings.to_string().contains("file `b` is never used"), "{}", file.warnings);
    }
}
