//! Links, mentions and addresses: the pieces of a text that are to be found, all of them and no others.

use super::score::{Measured, Score};
use crate::Failure;
use crate::file::File;
use crate::finder::Finder;
use crate::row::{Expected, Subject};

/// What every row of files about pieces shows.
pub(crate) fn measure(files: &[File]) -> Result<Vec<Measured<'_>>, Failure> {
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
            let Expected::Pieces(wanted) = &row.expected else { continue };
            let finding = finder.find(&row.text);
            let piece = |range: &std::ops::Range<usize>| {
                let piece = &row.text[range.clone()];
                let name = || piece.trim_start_matches(['@', '＠']);
                if file.subject == Subject::Mentions { name() } else { piece }
            };
            let found: Vec<_> = finding.spans.iter().map(|span| piece(&span.range)).collect();
            let score = score(wanted, &found);
            all.push(Measured { group: file.title().to_owned(), row, score, found: finding.show(&row.text) });
        }
    }
    Ok(all)
}

/// Labels say what is to be found and not where, so pieces are compared as text; each is found once.
fn score(wanted: &[String], found: &[&str]) -> Score {
    let mut left = found.to_vec();
    let mut take = |fits: &dyn Fn(&str) -> bool| {
        left.iter().position(|found| fits(found)).map(|at| left.remove(at)).is_some()
    };
    let rest: Vec<_> = wanted.iter().filter(|wanted| !take(&|found| found == **wanted)).collect();
    let part = |wanted: &&&String| take(&|found| found.contains(&***wanted) || wanted.contains(found));
    let partly = rest.iter().filter(part).count();
    let right = wanted.len() - rest.len();
    Score { right, partly, missed: rest.len() - partly, beside: left.len() }
}
