//! Texts in which something or nothing must be found: secrets, addresses, phone numbers, keywords.

use std::ops::Range;

use super::score::{RowResult, Score};
use crate::Failure;
use crate::file::File;
use crate::finder::{Finder, Finding};
use crate::offsets::bytes;
use crate::row::{Expected, Row, Subject};

/// Cases of libphonenumber's that are not numbers one can call.
const NO_NUMBER: &[&str] = &["IMPOSSIBLE_CASES", "POSSIBLE_ONLY_CASES"];

/// Returns the result of every row of such files.
pub(crate) fn measure(files: &[File]) -> Result<Vec<RowResult<'_>>, Failure> {
    let mut all = Vec::new();
    for file in files {
        for row in &file.rows {
            let Some((finding, score)) = one(file.subject, row)? else { continue };
            let found = finding.show(&row.text);
            all.push(RowResult { group: file.title().to_owned(), row, score, found });
        }
    }
    Ok(all)
}

fn one(subject: Subject, row: &Row) -> Result<Option<(Finding, Score)>, Failure> {
    let is_expected = row.expected == Expected::Something(true);
    let find = match subject {
        Subject::Secrets => "secrets = 'all'".to_owned(),
        Subject::Address => "pii = ['email']".to_owned(),
        Subject::Phone => {
            let region = row.region.as_deref().unwrap_or_default();
            format!("pii = {{ kinds = ['phone'], region = '{region}' }}")
        }
        // A JSON string is also a valid TOML string.
        Subject::Keyword => format!("words = [{}]", serde_json::to_string(&row.keyword)?),
        _ => return Ok(None),
    };
    let finding = Finder::new(&find)?.find(&row.text);
    let found = finding.spans.iter().map(|span| span.range.clone());
    let score = match subject {
        Subject::Secrets => {
            let spans = row.spans.iter().flatten().map(|span| bytes(&row.text, &span.chars));
            let (spans, found): (Vec<_>, Vec<Range<usize>>) = (spans.collect(), found.collect());
            if spans.is_empty() {
                Score::of(is_expected, finding.is_hit())
            } else {
                Score::of_ranges(&spans, &found)
            }
        }
        Subject::Address => {
            let whole = 0..row.text.len();
            Score::of(is_expected, found.into_iter().any(|range| range == whole))
        }
        Subject::Phone => Score::of(!NO_NUMBER.contains(&&*row.group), finding.is_hit()),
        _ => Score::of(is_expected, finding.is_hit()),
    };
    Ok(Some((finding, score)))
}
