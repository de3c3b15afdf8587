//! [`Format`]: the format of a corpus, which its first bytes show.

use std::fmt;
use std::path::Path;

use anyhow::bail;
use serde_json::Value;
use serde_json::error::Category;

use super::elements::LISTS;
use super::row::TEXTS;
use crate::cli::not_text::not_text;

/// The format of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A JSON value on each line.
    JsonLines,
    /// JSON values in any layout: an array, objects one after another, or an object with a list of messages.
    Json,
    /// Comma-separated values, or those with another separator.
    Csv { separator: u8, header: bool, text: String },
    /// A message on each line.
    Lines,
}

/// A format that the user specifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FormatArg {
    /// A JSON object or string on each line
    Jsonl,
    /// JSON in any layout: an array, objects one after another, or an object with a list of messages
    Json,
    /// Comma-, semicolon- or tab-separated values
    Csv,
    /// A message on each line
    Lines,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JsonLines => f.write_str("JSON Lines"),
            Self::Json => f.write_str("a JSON document"),
            Self::Lines => f.write_str("plain lines, a message on each"),
            Self::Csv { separator, header, text } => {
                match separator {
                    b'\t' => f.write_str("tab-separated values")?,
                    b';' => f.write_str("semicolon-separated values")?,
                    _ => f.write_str("CSV")?,
                }
                let no = if *header { "" } else { " without a header" };
                write!(f, "{no}, the text is in column `{text}`")
            }
        }
    }
}

/// Returns the format of the corpus that begins with `head`. The file name decides only between CSV and plain lines, which cannot always be
/// distinguished.
pub(super) fn detect(
    head: &[u8],
    path: &Path,
    column: Option<&str>,
    chosen: Option<FormatArg>,
) -> anyhow::Result<Format> {
    if let Some(what) = not_text(head) {
        bail!("this is {what}");
    }
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default().trim_end();
    Ok(match chosen {
        Some(FormatArg::Jsonl) => Format::JsonLines,
        Some(FormatArg::Json) => Format::Json,
        Some(FormatArg::Lines) => Format::Lines,
        Some(FormatArg::Csv) => csv(first, column, Csv::Certain)?.unwrap_or(Format::Lines),
        None => match first.trim_start().bytes().next() {
            Some(b'{') => object(first, lines),
            Some(b'[') if begins_an_array(first, lines) => Format::Json,
            _ => {
                let is_csv =
                    if column.is_some() || is_called_csv(path) { Csv::Certain } else { Csv::Perhaps };
                match csv(first, column, is_csv)? {
                    Some(format) => format,
                    None if serde_json::from_str::<String>(first).is_ok() => Format::JsonLines,
                    None => Format::Lines,
                }
            }
        },
    })
}

/// Returns the format of a text whose first line begins with `{`.
fn object<'t>(first: &str, mut rest: impl Iterator<Item = &'t str>) -> Format {
    let is_object = |line: &str| serde_json::from_str::<serde_json::Map<String, Value>>(line);
    match is_object(first) {
        Ok(object) if LISTS.iter().any(|list| object.get(*list).is_some_and(Value::is_array)) => Format::Json,
        Ok(_) => Format::JsonLines,
        // Kinesis Data Firehose writes objects without a separator.
        Err(error) => {
            let goes_on = error.classify() == Category::Eof && !rest.any(|line| is_object(line).is_ok());
            if several(first) || goes_on { Format::Json } else { Format::JsonLines }
        }
    }
}

/// Returns whether a line begins with a complete object after which another begins.
fn several(line: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<serde_json::Map<String, Value>>();
    matches!(values.next(), Some(Ok(_))) && line[values.byte_offset()..].trim_start().starts_with('{')
}

/// Returns whether the `[` at the start of the first line begins an array of messages rather than a text such as `[12:30] hi`.
fn begins_an_array<'t>(first: &str, mut rest: impl Iterator<Item = &'t str>) -> bool {
    let behind = first.trim_start()[1..].trim_start();
    let next = if behind.is_empty() { rest.next().unwrap_or_default().trim_start() } else { behind };
    next.is_empty() || next.starts_with(['{', '"', ']'])
}

/// How certain it is that a corpus is CSV.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Csv {
    Certain,
    /// It is CSV if its first line has several columns, one of them with a name for texts.
    Perhaps,
}

/// Returns the format of CSV with the header `first`.
fn csv(first: &str, column: Option<&str>, is: Csv) -> anyhow::Result<Option<Format>> {
    let names = |separator: u8| -> Vec<String> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(first.as_bytes());
        let header = reader.records().next().and_then(Result::ok).unwrap_or_default();
        header.iter().map(|name| name.trim().to_owned()).collect()
    };
    let splits = [b',', b';', b'\t'].map(|separator| (separator, names(separator)));
    let Some((separator, widest)) =
        splits.iter().max_by_key(|(separator, names)| (names.len(), *separator == b','))
    else {
        return Ok(None);
    };
    if let Some(number) = column.and_then(|column| column.parse::<usize>().ok()) {
        if !(1..=widest.len()).contains(&number) {
            bail!("the first line has {} columns: expected --column from 1 to that", widest.len());
        }
        return Ok(Some(Format::Csv { separator: *separator, header: false, text: number.to_string() }));
    }
    let columns: Vec<&str> = column.map_or_else(|| TEXTS.to_vec(), |column| vec![column]);
    for text in columns {
        let split = splits.iter().rev().filter(|(_, names)| names.iter().any(|name| name == text));
        if let Some((separator, names)) = split.max_by_key(|(_, names)| names.len())
            && (is == Csv::Certain || names.len() > 1)
        {
            return Ok(Some(Format::Csv { separator: *separator, header: true, text: text.to_owned() }));
        }
    }
    match (is, column) {
        (Csv::Perhaps, _) => Ok(None),
        (_, Some(column)) => bail!("the header has no column `{column}`: it has {}", quoted(widest)),
        (_, None) => bail!(
            "expected a header with a column `text`, found {}: name the column with the text with --column",
            quoted(widest)
        ),
    }
}

/// Returns the names of columns for an error message. The first line of a file without a header may contain message text, which is not
/// shown.
fn quoted(names: &[String]) -> String {
    let is_name = |name: &String| name.len() <= 40 && !name.contains(char::is_whitespace);
    if !names.iter().all(is_name) || names.is_empty() {
        return "no names of columns in the first line (--column 1 is for files without a header)".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn is_called_csv(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Path::new(name).extension().is_some_and(|end| end == "csv" || end == "tsv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_format() {
        let rows: [(&str, &str, &str); 27] = [
            ("a.jsonl", "{\"text\": \"a\"}\n", "JSON Lines"),
            ("a.csv", "\n\n  {\"text\": \"a\"}", "JSON Lines"),
            ("a", "{\"text\": \n{\"text\": \"b\"}\n", "JSON Lines"),
            ("a", "{\"text\": nonsense}\n", "JSON Lines"),
            ("a", "\"a\"\n\"b\"\n", "JSON Lines"),
            ("a", "{\n  \"ChannelMessages\": [\n", "a JSON document"),
            ("a", "{\"ChannelMessages\": [{\"Content\": \"a\"}]}", "a JSON document"),
            ("a", "{\"EventType\": \"a\"}{\"EventType\": \"b\"}", "a JSON document"),
            ("a", "{\"Records\":[]}", "a JSON document"),
            ("a.txt", "[\n {\"text\": 1}", "a JSON document"),
            ("a", "[{\"text\": 1}", "a JSON document"),
            ("a", "[\"a\", \"b\"]", "a JSON document"),
            ("a", "[]", "a JSON document"),
            ("a", "[12:30] <ann> hi\n", "plain lines, a message on each"),
            ("a", "hello, all\n", "plain lines, a message on each"),
            ("a.jsonl", "hello\n", "plain lines, a message on each"),
            ("a", "text\nhello\n", "plain lines, a message on each"),
            ("a", "", "plain lines, a message on each"),
            ("a", "from,text\n", "CSV, the text is in column `text`"),
            ("a", "\"from\",\"content\"\r\n", "CSV, the text is in column `content`"),
            ("a", "from;message\n", "semicolon-separated values, the text is in column `message`"),
            ("a", "id\ttext\tbody\n", "tab-separated values, the text is in column `text`"),
            ("a.csv", "text\nhello\n", "CSV, the text is in column `text`"),
            ("a.CSV.gz", "\"text\"\n", "CSV, the text is in column `text`"),
            ("a.csv", "id,comment\n", "!expected a header with a column `text`, found `id`, `comment`"),
            ("a.csv", "hello there, all\n", "!expected a header with a column `text`, found no names"),
            ("a", "PK\u{3}\u{4}", "!this is a zip archive"),
        ];
        for (name, head, expected) in rows {
            let detected = match detect(head.as_bytes(), Path::new(name), None, None) {
                Ok(format) => format.to_string(),
                Err(error) => format!("!{error}"),
            };
            assert!(
                detected == expected || expected.starts_with('!') && detected.starts_with(expected),
                "{name} {head}: {detected}"
            );
        }
    }

    #[test]
    fn a_column_makes_it_csv() {
        let detected =
            |head: &str, column: &str| match detect(head.as_bytes(), Path::new("a"), Some(column), None) {
                Ok(format) => format.to_string(),
                Err(error) => format!("{error}"),
            };
        assert_eq!(detected("id,comment\n1,a", "comment"), "CSV, the text is in column `comment`");
        assert_eq!(detected("comment\na", "comment"), "CSV, the text is in column `comment`");
        assert_eq!(
            detected("a;b;c\n", "3"),
            "semicolon-separated values without a header, the text is in column `3`"
        );
        assert!(detected("a,b\n", "3").starts_with("the first line has 2 columns"));
        assert!(
            detected("id,comment\n", "text")
                .starts_with("the header has no column `text`: it has `id`, `comment`")
        );
        assert_eq!(detected("{\"comment\": \"a\"}\n", "comment"), "JSON Lines");
    }
}
