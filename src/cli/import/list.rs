//! Lists of words: by lines, by commas, as JSON, or as a table with a column of words.

use std::collections::BTreeMap;

use super::engine::Engine;
use super::page::{Page, Rule};
use super::terms::{NO_TERM, Terms};

/// Writes the words in `text` on `page`, in a rule with the name `name`.
pub(super) fn import(text: &str, name: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let Words { groups, comments, left } = read(text);
    anyhow::ensure!(groups.values().any(|words| !words.is_empty()), "there is no word in this file");
    page.note(&comments.join("\n"));
    for (what, why) in left {
        let note = page.leave(&what, why);
        page.note(&note);
    }
    for (severity, words) in groups {
        let listed = words.len();
        let mut terms = Terms { words, ..Terms::default() };
        let dropped = terms.sort(engine);
        page.take(listed - dropped.len());
        for word in dropped {
            let note = page.leave(&format!("`{word}`"), NO_TERM);
            page.note(&note);
        }
        let id = if severity.is_empty() { name.to_owned() } else { format!("{name} {severity}") };
        let why = (!severity.is_empty()).then(|| format!("Words of severity {severity}"));
        let draft = Rule { id, why, denies: true, severity: known_severity(&severity), ..Rule::default() };
        terms.write(&draft, page, engine);
    }
    Ok(())
}

/// The words of a file, by what stands in its column for severity.
#[derive(Debug, Default)]
struct Words {
    groups: BTreeMap<String, Vec<String>>,
    comments: Vec<String>,
    left: Vec<(String, &'static str)>,
}

fn read(text: &str) -> Words {
    if let Ok(serde_json::Value::Array(items)) = serde_json::from_str(text) {
        let words = items.iter().filter_map(|item| item.as_str().map(|word| word.trim().to_owned()));
        return Words { groups: BTreeMap::from([(String::new(), unique(words))]), ..Words::default() };
    }
    let is_comment = |line: &&str| {
        ["#", "//", "--", "/*", ";"].iter().any(|mark| line.starts_with(mark))
            && line.contains(char::is_alphanumeric)
    };
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let comments = lines()
        .filter(is_comment)
        .map(|line| line.trim_start_matches(['#', '/', '*', ';', '-', ' ']).to_owned())
        .collect();
    let rows: Vec<_> = lines().filter(|line| !is_comment(line)).collect();
    let mut words = table(&rows).unwrap_or_else(|| plain(&rows));
    words.comments = comments;
    words
}

/// Reads rows without columns: a word on each, or several with commas between them.
fn plain(rows: &[&str]) -> Words {
    let by_commas = rows.iter().filter(|row| row.contains(',')).count() * 2 > rows.len();
    let cut = |row: &&str| if by_commas { cells(row, ',') } else { vec![unquoted(row)] };
    let words = rows.iter().flat_map(cut);
    Words { groups: BTreeMap::from([(String::new(), unique(words))]), ..Words::default() }
}

/// Reads a table, if that is what `rows` are: each with as many cells, of which one column has words and another is a number, a
/// severity or a class.
fn table(rows: &[&str]) -> Option<Words> {
    let cut = |separator: char| rows.iter().map(|row| cells(row, separator)).collect::<Vec<_>>();
    let is_table = |table: &Vec<Vec<String>>| {
        let width = table[0].len();
        table.len() > 1 && width > 1 && table.iter().all(|row| row.len() == width)
    };
    let mut table = [',', ';', '\t', '|'].into_iter().filter(|_| !rows.is_empty()).map(cut).find(is_table)?;
    let heads: Vec<_> = table[0].iter().map(|head| head.to_lowercase()).collect();
    let column = |names: &[&str]| heads.iter().position(|head| names.contains(&&**head));
    let words = column(&[
        "word",
        "words",
        "text",
        "term",
        "terms",
        "phrase",
        "keyword",
        "profanity",
        "match",
        "token",
    ]);
    let severity = column(&[
        "severity",
        "severity_rating",
        "severity_description",
        "level",
        "rating",
        "score",
        "weight",
    ]);
    let has_head = words.is_some();
    if has_head {
        table.remove(0);
    }
    let is_number = |cell: &String| !cell.contains(char::is_alphabetic);
    let numbers = |index: usize| table.iter().all(|row| is_number(&row[index]));
    let width = heads.len();
    // Without a head, a column of numbers tells a table from words with commas between them.
    let words = words.or_else(|| {
        let has_numbers = (0..width).any(numbers);
        (0..width).find(|index| has_numbers && !numbers(*index))
    })?;
    let severity =
        severity.or_else(|| (0..width).find(|index| !has_head && *index != words && few(&table, *index)));
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &table {
        let group = severity.map(|index| row[index].clone()).unwrap_or_default();
        groups.entry(group).or_default().push(row[words].clone());
    }
    let groups = groups.into_iter().map(|(severity, words)| (severity, unique(words.into_iter()))).collect();
    let others = (0..width).filter(|index| *index != words && Some(*index) != severity);
    let left = others
        .map(|index| (format!("column {} (`{}`)", index + 1, heads[index]), "a rule has no use for it"));
    Some(Words { groups, left: left.collect(), ..Words::default() })
}

/// Returns whether a column has few different values, as a severity has.
fn few(table: &[Vec<String>], index: usize) -> bool {
    let values: std::collections::BTreeSet<_> = table.iter().map(|row| &row[index]).collect();
    values.len() <= 5 && values.len() < table.len()
}

/// Cuts `row` at `separator`, where it is not inside quotes.
fn cells(row: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in row.chars() {
        quoted ^= c == '"';
        if c == separator && !quoted {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    cells.iter().map(|cell| unquoted(cell)).collect()
}

fn unquoted(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches([',', ';']);
    let inner = [('"', '"'), ('\'', '\''), ('“', '”'), ('`', '`')]
        .into_iter()
        .find_map(|(open, close)| cell.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(cell).replace("\"\"", "\"").trim().to_owned()
}

/// Returns `words` once each, in their order, without empty ones.
fn unique(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    words.filter(|word| !word.is_empty() && seen.insert(word.to_lowercase())).collect()
}

/// Returns the severity of the rules language that `severity` means.
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
    read(text).groups.into_iter().collect()
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
}
