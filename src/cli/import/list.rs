//! Lists of words: by lines, by commas, as JSON, or as a table with a column of words.

use std::collections::BTreeMap;

use serde_json::Value;

use super::engine::Engine;
use super::page::{Page, Rule};
use super::terms::{Terms, no_term};

/// Writes the words in `text` on `page`, in a rule with the name `name`.
///
/// # Errors
/// If `text` contains no word, or is JSON but not a list.
pub(super) fn import(text: &str, name: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let Words { groups, comments, left } = read(text)?;
    anyhow::ensure!(groups.values().any(|words| !words.is_empty()), "there is no word in this file");
    page.note(&comments.join("\n"));
    let notes: Vec<_> = left.iter().map(|(what, why)| page.leave(what, why)).collect();
    page.note(&notes.join("\n"));
    for (severity, words) in groups {
        let listed = words.len();
        let mut terms = Terms { words, ..Terms::default() };
        let dropped = terms.sort(engine);
        page.take(listed - dropped.len());
        for word in dropped {
            let note = page.leave(&format!("`{word}`"), no_term(&word));
            page.note(&note);
        }
        let id = if severity.is_empty() { name.to_owned() } else { format!("{name} {severity}") };
        let why = (!severity.is_empty()).then(|| format!("Words of severity {severity}"));
        let draft = Rule { id, why, denies: true, severity: known_severity(&severity), ..Rule::default() };
        terms.write(&draft, page, engine);
    }
    Ok(())
}

/// The words of a file, by the value in the column for severity.
#[derive(Debug, Default)]
struct Words {
    groups: BTreeMap<String, Vec<String>>,
    comments: Vec<String>,
    /// Entries that are not words, and why.
    left: Vec<(String, String)>,
}

fn read(text: &str) -> anyhow::Result<Words> {
    const EXPECTED: &str = "a list of texts, as `[\"heron\", \"adder\"]`";
    match super::json(text, EXPECTED)? {
        Some(Value::Array(items)) => Ok(of_json(items)),
        Some(_) => anyhow::bail!("this is JSON, but no list: expected {EXPECTED}"),
        None => {
            let lines: Vec<_> = text.lines().collect();
            Ok(table(&lines).unwrap_or_else(|| plain(&lines)))
        }
    }
}

fn of_json(items: Vec<Value>) -> Words {
    let (mut words, mut left) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Value::String(word) if !word.trim().is_empty() => words.push(word.trim().to_owned()),
            other => left.push((format!("`{other}`"), "it is not a text".to_owned())),
        }
    }
    let groups = BTreeMap::from([(String::new(), unique(words.into_iter()))]);
    Words { groups, left, ..Words::default() }
}

/// Returns whether `line` is a comment. A `#` directly before a letter is part of a word.
fn is_comment(line: &str) -> bool {
    let is_tag = line.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    ["#", "//", "--", "/*", ";"].iter().any(|mark| line.starts_with(mark))
        && !is_tag
        && line.contains(char::is_alphanumeric)
}

fn said(comment: &str) -> String {
    comment.trim_start_matches(['#', '/', '*', ';', '-', ' ']).to_owned()
}

/// Reads lines without columns: a word on each, or several separated by commas.
fn plain(lines: &[&str]) -> Words {
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let (comments, rows): (Vec<_>, Vec<_>) = lines.partition(|line| is_comment(line));
    let by_commas = rows.iter().filter(|row| row.contains(',')).count() * 2 > rows.len();
    let cut = |row: &&str| if by_commas { between_commas(row) } else { vec![unquoted(row)] };
    let words = rows.iter().flat_map(cut);
    Words {
        groups: BTreeMap::from([(String::new(), unique(words))]),
        comments: comments.into_iter().map(said).collect(),
        ..Words::default()
    }
}

/// Names of a column with words.
const WORDS: &[&str] = &[
    "word",
    "words",
    "text",
    "term",
    "terms",
    "phrase",
    "phrases",
    "keyword",
    "keywords",
    "profanity",
    "match",
    "token",
];

/// Names of a column with severities.
const SEVERITIES: &[&str] =
    &["severity", "severity_rating", "severity_description", "level", "rating", "score", "weight"];

/// A separator that does not occur, for tables with one column.
const NOTHING: u8 = 0x1f;

/// Reads a table, if `lines` are one. It is recognized by the names of its columns or, without names, by a column of numbers.
fn table(lines: &[&str]) -> Option<Words> {
    let first = lines.iter().find(|line| !line.trim().is_empty() && !is_comment(line.trim()))?;
    let may_separate = |separator: u8| match separator {
        NOTHING => WORDS.contains(&&*unquoted(first).to_lowercase()),
        _ => first.contains(char::from(separator)),
    };
    let mut separators = [b',', b';', b'\t', b'|', NOTHING].into_iter().filter(|one| may_separate(*one));
    separators.find_map(|separator| separated(lines, separator))
}

/// Reads a table with `separator` between cells, if `lines` are one.
fn separated(lines: &[&str], separator: u8) -> Option<Words> {
    let (rows, mut comments) = rows(lines, separator);
    let heads: Vec<_> = rows.first()?.cells.as_ref().ok()?.iter().map(|head| head.to_lowercase()).collect();
    let width = heads.len();
    let column = |names: &[&str]| heads.iter().position(|head| names.contains(&&**head));
    let (words, severity) = (column(WORDS), column(SEVERITIES));
    let fit = |row: &Row| row.cells.as_ref().is_ok_and(|cells| cells.len() == width);
    let fits = rows.iter().filter(|row| fit(row)).count();
    let has_head = words.is_some()
        && if rows.len() > 1 { severity.is_some() || fits * 2 > rows.len() } else { severity.is_some() };
    // Words separated by commas may also include one of those names.
    let words = words.filter(|_| has_head);
    let body = &rows[usize::from(has_head)..];
    let table: Vec<_> =
        body.iter().filter(|row| fit(row)).filter_map(|row| row.cells.as_ref().ok()).collect();
    let is_number = |cell: &String| !cell.contains(char::is_alphabetic);
    let numbers = |index: usize| table.iter().all(|row| is_number(&row[index]));
    // Without a header, a column of numbers distinguishes a table from words separated by commas.
    let words = words.or_else(|| {
        let is_table = width > 1 && fits > 1 && fits * 4 >= rows.len() * 3 && (0..width).any(numbers);
        (0..width).find(|index| is_table && !numbers(*index))
    })?;
    let by_name = severity.filter(|_| has_head);
    let severity =
        by_name.or_else(|| (0..width).find(|index| !has_head && *index != words && few(&table, *index)));
    if separator == NOTHING {
        comments.push(format!("`{}`, the first line, is the name of the column: it is not a word", heads[0]));
    }
    let others = (0..width).filter(|index| *index != words && Some(*index) != severity);
    let mut left: Vec<_> = others
        .filter(|index| table.iter().any(|row| !row[*index].is_empty()))
        .map(|index| {
            (format!("column {} (`{}`)", index + 1, heads[index]), "a rule has no use for it".to_owned())
        })
        .collect();
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Row { line, text, cells } in body {
        let why = match cells {
            Ok(cells) if cells.iter().all(String::is_empty) => continue,
            Ok(cells) if cells.len() != width => {
                let columns = if width == 1 { "1 column".to_owned() } else { format!("{width} columns") };
                format!("the table has {columns}, and this row has {}", cells.len())
            }
            Ok(cells) if cells[words].is_empty() => "it has no word".to_owned(),
            Ok(cells) => {
                let group = severity.map(|index| cells[index].clone()).unwrap_or_default();
                groups.entry(group).or_default().push(cells[words].clone());
                continue;
            }
            Err(Open) => "its quotes are not closed".to_owned(),
        };
        left.push((format!("line {line} (`{text}`)"), why));
    }
    let groups = groups.into_iter().map(|(severity, words)| (severity, unique(words.into_iter()))).collect();
    Some(Words { groups, comments, left })
}

/// A row of a table.
struct Row {
    line: usize,
    text: String,
    cells: Result<Vec<String>, Open>,
}

/// A quote is not closed.
struct Open;

/// The maximum number of lines of a row: more lines in a cell indicate a mistake in the quotes.
const MAX_LINES: usize = 16;

/// Cuts `lines` into rows, and into comments between them.
fn rows(lines: &[&str], separator: u8) -> (Vec<Row>, Vec<String>) {
    let (mut rows, mut comments): (Vec<Row>, Vec<String>) = (Vec::new(), Vec::new());
    let mut start = 0;
    while let Some(line) = lines.get(start) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            start += 1;
            continue;
        }
        if is_comment(trimmed) && !line.starts_with(char::from(separator)) {
            comments.push(said(trimmed));
            start += 1;
            continue;
        }
        let first = rows.first().and_then(|row| row.cells.as_ref().ok());
        let width = first.map(Vec::len);
        // A cell in quotes may continue on the next lines, if the result is a row like the others.
        let goes_on = |end: &usize| {
            let text = lines[start..*end].join("\n");
            let cells = cells(&text, separator)?;
            let is_stray = !text.contains("\"\"") && cells.iter().any(|cell| cell.contains('"'));
            let is_one = *end == start + 1;
            (is_one || Some(cells.len()) == width && !is_stray).then_some((*end, text, cells))
        };
        let last = lines.len().min(start + MAX_LINES);
        let whole = (start + 1..=last).find_map(|end| goes_on(&end));
        let (end, text, cells) = match whole {
            Some((end, text, mut cells)) => {
                while width.is_some_and(|width| cells.len() > width)
                    && cells.last().is_some_and(String::is_empty)
                {
                    cells.pop();
                }
                (end, text, Ok(cells))
            }
            None => (start + 1, (*line).to_owned(), Err(Open)),
        };
        rows.push(Row { line: start + 1, text, cells });
        start = end;
    }
    (rows, comments)
}

/// Cuts the row `text` into cells. Returns `None` if a quote is open at its end.
fn cells(text: &str, separator: u8) -> Option<Vec<String>> {
    // An open quote would swallow the second row.
    let two = format!("{text}\n.");
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(separator).buffer_capacity(two.len());
    let mut reader = reader.from_reader(two.as_bytes());
    let mut records = reader.records();
    let (row, second) = (records.next()?.ok()?, records.next()?.ok()?);
    (second.len() == 1 && &second[0] == ".").then(|| row.iter().map(unquoted).collect())
}

/// Returns whether a column has few different values, as a column of severities does.
fn few(table: &[&Vec<String>], index: usize) -> bool {
    let values: std::collections::BTreeSet<_> = table.iter().map(|row| &row[index]).collect();
    values.len() <= 5 && values.len() < table.len()
}

/// Cuts `row` at its commas, where they are not inside quotes.
fn between_commas(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in row.chars() {
        quoted ^= c == '"';
        if c == ',' && !quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    cells.iter().map(|cell| unquoted(cell)).collect()
}

fn unquoted(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches([',', ';']);
    if let Some(inner) = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
        return inner.replace("\"\"", "\"").trim().to_owned();
    }
    let inner = [('\'', '\''), ('“', '”'), ('`', '`')]
        .into_iter()
        .find_map(|(open, close)| cell.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(cell).trim().to_owned()
}

/// Returns each of `words` once, in their order, without empty ones.
fn unique(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    words.filter(|word| !word.is_empty() && seen.insert(word.to_lowercase())).collect()
}

/// Returns the severity in the rules language that `severity` stands for.
fn known_severity(severity: &str) -> Option<&'static str> {
    let number: Option<f64> = severity.parse().ok();
    match &*severity.to_lowercase() {
        "low" | "mild" | "minor" => Some("low"),
        "medium" | "moderate" => Some("medium"),
        "high" | "strong" | "severe" => Some("high"),
        "critical" | "extreme" => Some("critical"),
        _ if number == Some(1.0) => Some("low"),
        _ if number == Some(2.0) => Some("medium"),
        _ if number == Some(3.0) => Some("high"),
        _ if number.is_some_and(|number| (4.0..=5.0).contains(&number)) => Some("critical"),
        _ => None,
    }
}

/// Returns the words that `text` lists, for tests.
#[cfg(test)]
fn words(text: &str) -> Vec<(String, Vec<String>)> {
    read(text).unwrap().groups.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_people_write_them() {
        let one = |words: &[&str]| {
            vec![(String::new(), words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())]
        };
        for (text, expected) in [
            ("heron\n# birds\nblue tit\nHeron\n", one(&["heron", "blue tit"])),
            ("heron, blue tit,wren", one(&["heron", "blue tit", "wren"])),
            ("\"heron\",\n\"blue tit\",\n", one(&["heron", "blue tit"])),
            ("[\"heron\", \"wren\"]", one(&["heron", "wren"])),
            ("yes, sir\nheron\nwren\nowl", one(&["yes, sir", "heron", "wren", "owl"])),
            (
                "1,heron\n2,wren\n3,owl\n4,jay\n5,tit\n6,kite\n",
                one(&["heron", "wren", "owl", "jay", "tit", "kite"]),
            ),
            ("a,b\nc,d\ne,f", one(&["a", "b", "c", "d", "e", "f"])),
            ("#metoo\n# birds\n#\u{e9}t\u{e9}\n", one(&["#metoo", "#\u{e9}t\u{e9}"])),
            ("a\"\"b\nheron\n", one(&["a\"\"b", "heron"])),
            (
                "word\nheron\n\"blue, tit\"\nyes, sir\n\"jay\nbird\"\n",
                one(&["heron", "blue, tit", "yes, sir", "jay\nbird"]),
            ),
            ("[x\nheron\n", one(&["[x", "heron"])),
            (
                "word, heron\nwren, owl, jay\ntit, kite, nest\n",
                one(&["word", "heron", "wren", "owl", "jay", "tit", "kite", "nest"]),
            ),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        let by_severity = words("text,category,severity\nheron,bird,1\n\"wren, jenny\",bird,2\nowl,bird,1\n");
        let expected = [("1", vec!["heron", "owl"]), ("2", vec!["wren, jenny"])];
        assert_eq!(by_severity.len(), 2);
        for ((severity, words), (expected, listed)) in by_severity.iter().zip(expected) {
            assert_eq!(
                (&**severity, words.iter().map(|word| &**word).collect::<Vec<_>>()),
                (expected, listed)
            );
        }
    }

    #[test]
    fn odd_rows_of_a_table_are_told() {
        const HEAD: &str = "word,severity\nheron,1\n";
        for (rows, words, left) in [
            ("adder\n", vec!["heron"], vec!["line 3 (`adder`): the table has 2 columns, and this row has 1"]),
            (
                "adder,1,x\nowl,1,\n",
                vec!["heron", "owl"],
                vec!["line 3 (`adder,1,x`): the table has 2 columns, and this row has 3"],
            ),
            ("\"blue\n# tit\",1\n", vec!["heron", "blue\n# tit"], vec![]),
            ("\"a\"\"b\",1\n", vec!["heron", "a\"b"], vec![]),
            (
                "\"adder,1\nowl,1\n",
                vec!["heron", "owl"],
                vec!["line 3 (`\"adder,1`): its quotes are not closed"],
            ),
            (
                "\"adder,1\n\"owl\",1\n",
                vec!["heron", "owl"],
                vec!["line 3 (`\"adder,1`): its quotes are not closed"],
            ),
            (",1\n\n,\n# x\nowl,1\n", vec!["heron", "owl"], vec!["line 3 (`,1`): it has no word"]),
        ] {
            let read = read(&format!("{HEAD}{rows}")).unwrap();
            let omitted: Vec<_> = read.left.iter().map(|(what, why)| format!("{what}: {why}")).collect();
            assert_eq!(omitted, left, "{rows}");
            assert_eq!(read.groups.into_values().flatten().collect::<Vec<_>>(), words, "{rows}");
        }
        let read = read("1,heron\n2,wren\n3,owl\n4\n").unwrap();
        assert_eq!((read.groups[""].len(), read.left.len()), (3, 2));
    }
}
