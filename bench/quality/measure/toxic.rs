//! How well what is found fits what people marked, character by character.

use std::collections::BTreeSet;

use super::judged::Judged;
use crate::row::Subject;
use crate::table::{Section, Share};

/// Precision and recall of each judge that says where.
pub(crate) fn section(judged: &Judged<'_>) -> Section {
    let title = "Characters that people marked as toxic: precision / recall, in percent";
    let mut section = judged.section("toxic-spans", title, &["", "rows"]);
    for file in judged.about(Subject::ToxicSpans) {
        let cells = file.says.iter().map(|says| {
            let (mut precision, mut recall) = (Share::default(), Share::default());
            for (row, says) in file.file.rows.iter().zip(says) {
                let Some(spans) = &says.spans else { return "-".to_owned() };
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
