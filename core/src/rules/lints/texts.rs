//! Lints for texts that do not mean what they seem to mean.

use std::ops::Range;
use std::path::{Component, Path};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Entry;
use crate::rules::report::Diagnostic;

/// Warns about regular expressions in which `\b` became a backspace.
pub(super) fn backspaces(entry: &Entry<'_>) -> Vec<Diagnostic> {
    let find = entry.value("find").and_then(|find| find.get_ref().as_table());
    let mut warnings = Vec::new();
    if let Some(expressions) = find.and_then(|find| find.get("regex")) {
        each_string(expressions, &mut |text, span| {
            if text.contains('\u{8}') {
                let message = "`\\b` in \"double quotes\" is a backspace, which no message has";
                let help = "write the expression in 'single quotes': there it is the end of a word";
                warnings.push(Diagnostic::warning(span, message).help(help.to_owned()));
            }
        });
    }
    warnings
}

/// Warns about texts of actions that contain what looks like a placeholder but is sent as written.
pub(super) fn placeholders(entry: &Entry<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let action = entry.value("do").and_then(|action| action.get_ref().as_table());
    for (name, value) in action.into_iter().flat_map(DeTable::iter) {
        let replaces = name.get_ref() == "replace";
        let help = if replaces {
            "`{kind}` is the only placeholder: it becomes the kind of what was found"
        } else {
            "nothing is filled into metadata: `{ replace = \"{kind}\" }` is the only action that does"
        };
        each_string(value, &mut |text, span| {
            for placeholder in braced(text).filter(|placeholder| !(replaces && *placeholder == "{kind}")) {
                let message = format!("`{placeholder}` is not a placeholder: it is sent as written");
                warnings.push(Diagnostic::warning(span.clone(), message).help(help.to_owned()));
            }
        });
    }
    warnings
}

/// Returns the words in braces in `text`, with their braces.
fn braced(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().filter(|(at, c)| *c == '{' && !text[..*at].ends_with('{'));
    starts.filter_map(|(start, _)| {
        let inner = text[start..].trim_start_matches('{');
        let open = text.len() - start - inner.len();
        let name = &inner[..inner.find('}')?];
        let closed = inner[name.len()..].bytes().take(open).take_while(|byte| *byte == b'}').count();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let word = name.trim();
        let fits = !word.is_empty() && word.chars().all(is_word) && word.len() + 2 >= name.len();
        fits.then(|| &text[start..start + open + name.len() + closed])
    })
}

/// Warns about files of lists that are outside the folder of the rules file.
pub(super) fn outside_folder(root: &DeTable<'_>) -> Vec<Diagnostic> {
    let lists = root.get("lists").and_then(|lists| lists.get_ref().as_table());
    let inside = root.get("file").and_then(|files| files.get_ref().as_array());
    let is_inside = |name: &str| {
        let tables = inside.into_iter().flatten().filter_map(|file| file.get_ref().as_table());
        tables.filter_map(|file| file.get("name")?.get_ref().as_str()).any(|inside| inside == name)
    };
    let mut warnings = Vec::new();
    for (_, list) in lists.into_iter().flat_map(DeTable::iter) {
        let Some(file) = list.get_ref().as_table().and_then(|list| list.get("file")) else { continue };
        let Some(name) = file.get_ref().as_str() else { continue };
        if is_beside(name) || is_inside(name) {
            continue;
        }
        let message = format!("`{name}` is outside the folder of the rules file");
        let help = "it is missing where only that folder is copied, as into a function: keep it in the folder of the rules";
        warnings.push(Diagnostic::warning(file.span(), message).help(help.to_owned()));
    }
    warnings
}

/// Returns whether the path `name` stays within the folder that it is relative to, on any system.
fn is_beside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let name = name.replace('\\', "/");
    !drive
        && Path::new(&name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn each_string(value: &Spanned<DeValue<'_>>, each: &mut dyn FnMut(&str, Range<usize>)) {
    match value.get_ref() {
        DeValue::String(text) => each(text, value.span()),
        DeValue::Array(items) => items.iter().for_each(|item| each_string(item, each)),
        DeValue::Table(table) => table.iter().for_each(|(_, item)| each_string(item, each)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_words_in_braces() {
        for (text, found) in [
            ("[{kind}]", &["{kind}"][..]),
            ("{word} and { Kind }", &["{word}", "{ Kind }"]),
            ("{{kind}}", &["{{kind}}"]),
            ("{{{kind}}} {kind}}", &["{{{kind}}}", "{kind}"]),
            ("{{kind}", &["{{kind}"]),
            ("{} {a b} {\"a\": 1} }{ {", &[]),
            ("{é}", &["{é}"]),
        ] {
            assert_eq!(braced(text).collect::<Vec<_>>(), found, "{text}");
        }
    }

    #[test]
    fn files_beside_the_rules_are_told_from_others() {
        for beside in ["a.txt", "lists/a.txt", "./a.txt", "a..b/c", "lists\\a.txt"] {
            assert!(is_beside(beside), "{beside}");
        }
        for outside in ["../a.txt", "lists/../a.txt", "/etc/a", "C:\\a", "c:a", "..\\a", "\\a"] {
            assert!(!is_beside(outside), "{outside}");
        }
    }
}
