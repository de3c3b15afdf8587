//! Shows the rows with a wrong result, with what was found in them.

use std::io::Write;

use crate::Failure;
use crate::file::File;
use crate::finder::Finder;
use crate::measure::kinds::Kinds;
use crate::measure::score::{RowResult, Score};
use crate::measure::{entities, pieces, something};
use crate::row::Row;

/// The subjects that can be shown.
pub(crate) const SUBJECTS: &str = "work, strict, pii, sentences, pieces, something";

/// Writes the rows of `files` about `subject` with a wrong result. Their texts are those of the folder.
pub(crate) fn show(subject: &str, files: &[File], out: &mut impl Write) -> Result<(), Failure> {
    let measured = match subject {
        "work" | "strict" => profanity(files, subject)?,
        "pii" => entities::entities(files, &mut Kinds::default()).0,
        "sentences" => entities::sentences(files, &mut Kinds::default(), &mut entities::by_chimeflow()?)?,
        "pieces" => pieces::measure(files)?,
        "something" => something::measure(files)?,
        _ => return Err(format!("nothing is called `{subject}`: expected one of {SUBJECTS}").into()),
    };
    for RowResult { group, row, score, found } in measured {
        if let Some(wrong) = score.wrong() {
            writeln!(out, "{wrong:8} {group:16} {:?} {found:?}", row.text)?;
        }
    }
    Ok(())
}

fn profanity<'f>(files: &'f [File], level: &str) -> Result<Vec<RowResult<'f>>, Failure> {
    let finder = Finder::new(&format!("profanity = '{level}'"))?;
    let measured = |row: &'f Row| {
        let finding = finder.find(&row.text);
        let score = Score::of(row.is_profane()?, finding.is_hit());
        Some(RowResult { group: row.cls.clone(), row, score, found: finding.show(&row.text) })
    };
    Ok(files.iter().flat_map(|file| &file.rows).filter_map(measured).collect())
}
