//! Compares what is found with what people marked, character by character.

use std::collections::BTreeSet;

use super::judged::ProfanityJudgements;
use crate::row::Subject;
use crate::table::{Section, Share};

/// Returns precision and recall of each judge that reports ranges.
pub(crate) fn section(judged: &ProfanityJudgements<'_>) -> Section {
    let title = "Characters that people marked as toxic: precision / recall, in percent";
    let mut section = judged.section("toxic-spans", title, &["", "rows"]);
    for file in judged.about(Subject::ToxicSpans) {
        let cells = file.judgements.iter().map(|judgements| {
            let (mut precision, mut recall) = (Share::default(), Share::default());
            for (row, judgement) in file.file.rows.iter().zip(judgements) {
                let Some(spans) = &judgement.spans else { return "-".to_owned() };
                let found: BTreeSet<usize> = spans.iter().cloned().flatten().collect();
                let marked: BTreeSet<usize> = row.chars.iter().flatten().copied().collect();
                let both = found.intersection(&marked).count();
                precision.hits += both;
                precision.of += found.len();
                recall.hits += both;
                recall.of += marked.len();
            }
            format!("{} / {}", precision.show(1), recall.show(1))
        });
        section
            .row([file.file.title().to_owned(), file.file.rows.len().to_string()].into_iter().chain(cells));
    }
    section
}
