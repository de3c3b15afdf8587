//! Links, mentions and addresses: exactly the labelled pieces of a text must be found.

use super::score::{RowResult, Score};
use crate::Failure;
use crate::file::File;
use crate::finder::Finder;
use crate::row::{Expected, Subject};

/// Returns the result of every row of files about pieces.
pub(crate) fn measure(files: &[File]) -> Result<Vec<RowResult<'_>>, Failure> {
    let mut all = Vec::new();
    for file in files {
        let find = match file.subject {
            Subject::Links => "links = 'all'",
            Subject::Mentions => "mentions = 'all'",
            Subject::Emails => "pii = ['email']",
            _ => continue,
        };
        let finder = Finder::new(find)?;
        for row in &file.rows {
            let Expected::Pieces(expected) = &row.expected else { continue };
            let finding = finder.find(&row.text);
            let piece = |range: &std::ops::Range<usize>| {
                let piece = &row.text[range.clone()];
                let name = || piece.trim_start_matches(['@', '＠']);
                if file.subject == Subject::Mentions { name() } else { piece }
            };
            let found: Vec<_> = finding.spans.iter().map(|span| piece(&span.range)).collect();
            let score = score(expected, &found);
            all.push(RowResult {
                group: file.title().to_owned(),
                row,
                score,
                found: finding.show(&row.text),
            });
        }
    }
    Ok(all)
}

/// Compares pieces as texts, because labels do not contain their positions. Each piece counts once.
fn score(expected: &[String], found: &[&str]) -> Score {
    let mut left = found.to_vec();
    let mut take = |fits: &dyn Fn(&str) -> bool| {
        left.iter().position(|found| fits(found)).map(|at| left.remove(at)).is_some()
    };
    let rest: Vec<_> = expected.iter().filter(|expected| !take(&|found| found == **expected)).collect();
    let part = |expected: &&&String| take(&|found| found.contains(&***expected) || expected.contains(found));
    let partly = rest.iter().filter(part).count();
    let right = expected.len() - rest.len();
    Score { right, partly, missed: rest.len() - partly, beside: left.len() }
}
