//! Tests the program on its own sample: a dozen rows of each kind.

use std::path::Path;

use super::*;
use crate::measure::score::{RowResult, Score};
use crate::row::{Expected, Row, Subject};
use crate::table::Share;

/// Returns the files of the sample.
fn sample() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/quality/sample");
    File::all(&folder, usize::MAX).unwrap()
}

/// Returns all measurements except those of profanity.
fn measured(files: &[File]) -> Vec<RowResult<'_>> {
    let mut kinds = Kinds::default();
    let (mut all, unknown) = entities::entities(files, &mut kinds);
    assert!(unknown.is_empty(), "{unknown:?}");
    all.extend(entities::sentences(files, &mut kinds, &mut entities::by_chimeflow().unwrap()).unwrap());
    all.extend(pieces::measure(files).unwrap());
    all.extend(something::measure(files).unwrap());
    all
}

/// Returns the percentages of `strict` in the table called `name`, from top to bottom.
fn strict(files: &[File], name: &str) -> Vec<String> {
    let mut judges = [Judge::chimeflow("strict").unwrap()];
    let sections = measure(files, &mut judges, None, &[]).unwrap();
    let section = sections.into_iter().find(|section| section.name == name).unwrap();
    section.rows.into_iter().map(|row| row.last().unwrap().clone()).collect()
}

#[test]
fn what_a_file_measures_shows_in_its_rows() {
    let subjects: Vec<_> = sample().into_iter().map(|file| (file.name, file.subject)).collect();
    for (name, subject) in [
        ("profanity/suite.jsonl", Subject::Suite),
        ("profanity/disguised.jsonl", Subject::Disguises),
        ("profanity/chat.jsonl", Subject::Labels),
        ("profanity/spans.jsonl", Subject::ToxicSpans),
        ("pii/kinds.jsonl", Subject::Entities),
        ("pii/sentences.jsonl", Subject::Sentences),
        ("secrets/secrets.jsonl", Subject::Secrets),
        ("links/links.jsonl", Subject::Links),
        ("links/mentions.jsonl", Subject::Mentions),
        ("links/emails.jsonl", Subject::Emails),
        ("email/address.jsonl", Subject::Address),
        ("phone/numbers.jsonl", Subject::Phone),
        ("keyword/wildcards.jsonl", Subject::Keyword),
        ("robustness/odd.jsonl", Subject::Robustness),
    ] {
        assert!(subjects.contains(&(name.to_owned(), subject)), "{name}: {subjects:?}");
    }
    assert_eq!(subjects.len(), 14);
}

#[test]
fn chimeflow_gets_the_sample_right() {
    let files = sample();
    let measured = measured(&files);
    assert!(measured.iter().map(|measured| measured.score.right).sum::<usize>() > 30);
    for RowResult { group, row, score, found } in &measured {
        assert_eq!(score.wrong(), None, "{group}: {:?} {found:?}", row.text);
    }
    assert_eq!(strict(&files, "suites"), ["12", "12"]);
    assert_eq!(strict(&files, "found"), ["100.0"]);
    assert_eq!(strict(&files, "flagged"), ["0.00"]);
    assert_eq!(strict(&files, "worst-disguises"), ["100 / 0"; 6]);
    assert_eq!(strict(&files, "toxic-spans"), ["100.0 / 100.0"]);
    assert_eq!(strict(&files, "robustness"), ["10"]);
}

#[test]
fn wrong_labels_are_told() {
    let mut files = sample();
    for row in files.iter_mut().flat_map(|file| &mut file.rows) {
        row.label = row.label.map(|label| 1 - label);
        row.expected = match std::mem::take(&mut row.expected) {
            Expected::Profane(is) => Expected::Profane(!is),
            Expected::Something(is) => Expected::Something(!is),
            Expected::Pieces(pieces) if pieces.is_empty() => Expected::Pieces(vec!["x@y".to_owned()]),
            Expected::Pieces(_) => Expected::Pieces(Vec::new()),
            Expected::Unsaid => Expected::Unsaid,
        };
        row.group = if row.group == "VALID_CASES" { "IMPOSSIBLE_CASES" } else { "VALID_CASES" }.to_owned();
        row.chars = row.chars.as_ref().map(|_| vec![0]);
        for span in row.spans.iter_mut().flatten() {
            span.chars = 0..1;
        }
        row.expected_len = row.expected_len.map(|len| usize::from(len == 0));
    }
    for RowResult { group, row, score, .. } in measured(&files) {
        // A secret is somewhere in the text, but not in its first character; where nothing is expected, nothing is found.
        let nothing = row.spans.as_ref().is_some_and(Vec::is_empty) && row.entity.is_empty();
        assert!(score.wrong().is_some() || nothing, "{group}: {:?}", row.text);
    }
    assert_eq!(strict(&files, "suites"), ["0", "0"]);
    assert_eq!(strict(&files, "found"), ["0.0"]);
    assert_eq!(strict(&files, "flagged"), ["100.00"]);
    assert_eq!(strict(&files, "toxic-spans"), ["0.0 / 0.0"]);
}

#[test]
fn ranges_are_right_partly_or_missed() {
    let score = |right, partly, missed, beside| Score { right, partly, missed, beside };
    let ranges = |pairs: &[[usize; 2]]| pairs.iter().map(|[start, end]| *start..*end).collect::<Vec<_>>();
    for (labels, found, expected) in [
        (&[[0, 4]][..], &[[0, 4]][..], score(1, 0, 0, 0)),
        (&[[0, 4]], &[[1, 9]], score(0, 1, 0, 0)),
        (&[[0, 4], [6, 8]], &[[0, 4]], score(1, 0, 1, 0)),
        (&[], &[[0, 4]], score(0, 0, 0, 1)),
        (&[[0, 4]], &[[4, 8]], score(0, 0, 1, 1)),
    ] {
        assert_eq!(Score::of_ranges(&ranges(labels), &ranges(found)), expected, "{labels:?} {found:?}");
    }
    assert_eq!(offsets::chars("é😀ab", &(6..8)), 2..4);
    assert_eq!(offsets::bytes("é😀ab", &(2..4)), 6..8);
}

#[test]
fn a_page_takes_tables_between_its_marks() {
    let mut section = Section::new("it", "title", &["", "n"]);
    section.row(["row".to_owned(), Share { hits: 1, of: 3 }.show(1)]);
    let page = "a\n<!-- begin it -->\nold\n<!-- end it -->\nb\n";
    let new = page::rewrite(page, &[section.clone()]).unwrap();
    assert_eq!(
        new,
        "a\n<!-- begin it -->\n\n|     |    n |\n|-----|-----:|\n| row | 33.3 |\n\n<!-- end it -->\nb\n"
    );
    assert_eq!(page::rewrite(&new, &[section.clone()]).unwrap(), new);
    let missing = page::rewrite("no marks", &[section]).unwrap_err().to_string();
    assert_eq!(missing, "the page has no place for `it`: expected <!-- begin it -->");
}

#[test]
fn the_page_has_a_place_for_every_table() {
    let mut judges = [Judge::chimeflow("work").unwrap()];
    let sections = measure(&sample(), &mut judges, None, &[]).unwrap();
    page::rewrite(include_str!("../../docs/quality.md"), &sections).unwrap();
    assert!(sections.len() >= 12);
}

#[test]
fn rows_that_make_no_sense_are_told() {
    for (row, message) in [
        (r#"{"text": 7}"#, "expected a string"),
        (r#"{"text": "a", "expected": "maybe"}"#, "expected `profane`, `clean`"),
        (r#"{"text": "a", "spans": [[0]]}"#, "expected a span such as"),
    ] {
        let error = serde_json::from_str::<Row>(row).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}
