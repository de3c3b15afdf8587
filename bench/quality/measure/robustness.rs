//! Texts that break programs: the rules must judge every one of them.

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::rules::{self, Source};

use crate::Failure;
use crate::file::File;
use crate::row::Subject;
use crate::table::{Section, Share};

/// Returns the table of how many texts the default rules can judge.
pub(crate) fn section(files: &[File]) -> Result<Section, Failure> {
    let source = Source::alone("embedded", rules::DEFAULT);
    let pipeline = rules::load(&source, &Detectors::builtin()).map_err(|report| report.to_string())?;
    let mut section = Section::new(
        "robustness",
        "Texts that break programs",
        &["", "texts", "judged by every default rule"],
    );
    for file in files.iter().filter(|file| file.subject == Subject::Robustness) {
        let judged = Share::of(file.rows.iter().map(|row| {
            let outcome = pipeline.explain(Message { content: row.text.clone(), ..Message::default() });
            !outcome.trace.iter().any(|step| matches!(step.result, StepResult::Failed(_)))
        }));
        section.row([file.title().to_owned(), judged.of.to_string(), judged.hits.to_string()]);
    }
    Ok(section)
}
