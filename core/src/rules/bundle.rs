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

/// `source` as one document: what it says, and the files that its lists name as well. A file that cannot be read is left out, and is
/// missed when the document is loaded.
#[must_use]
pub fn bundle(source: &Source<'_>) -> String {
    let (root, _) = DeTable::parse_recoverable(source.text);
    let root = root.get_ref();
    let read = |name: &str| Some((quoted(name), (source.read_file)(name).ok()?));
    let files = missing(root).into_iter().filter_map(read);
    let mut document = source.text.to_owned();
    if let Some(start) = inline_files(root, source.text) {
        // In the line of the bracket, so that all others stay where they are. A comma may stand at the end of a list.
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

/// Where the first of the files inside begins, if they are written as `file = [...]`: no `[[file]]` may stand beside that.
fn inline_files(root: &DeTable<'_>, text: &str) -> Option<usize> {
    let files = root.get("file").filter(|files| files.get_ref().is_array())?;
    // The place of tables is the header of the first.
    (!text[files.span()].starts_with("[[")).then_some(files.span().start + 1)
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
