//! Personal data: each kind alone on texts about it, and all of them on sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kinds::{Kinds, all};
use super::score::{Measured, Score, section};
use crate::Failure;
use crate::file::File;
use crate::offsets::{bytes, overlap};
use crate::row::{Row, Subject};
use crate::table::Section;

/// Texts about one kind each, looked at by that kind alone.
pub(crate) fn entities<'f>(files: &'f [File], kinds: &mut Kinds) -> (Vec<Measured<'f>>, BTreeSet<String>) {
    let (mut measured, mut unknown) = (Vec::new(), BTreeSet::new());
    let rows = files.iter().filter(|file| file.subject == Subject::Entities).flat_map(|file| &file.rows);
    for row in rows {
        let Some(entity) = entity(row) else { continue };
        let Some(kind) = kinds.of(&entity) else {
            unknown.insert(entity);
            continue;
        };
        let finding = kind.finder.find(&row.text);
        let found: Vec<_> = finding.spans.iter().map(|span| span.range.clone()).collect();
        let score = match (wanted(row), row.expected_len) {
            (_, Some(0)) => Score::of_ranges(&[], &found),
            // Somebody forgot to say where.
            (wanted, Some(1..)) if wanted.is_empty() => Score::of(true, !found.is_empty()),
            (wanted, _) => Score::of_ranges(&wanted, &found),
        };
        let found = finding.show(&row.text);
        measured.push(Measured { group: format!("{} ({entity})", kind.name), row, score, found });
    }
    (measured, unknown)
}

/// The one kind that `row` is about, by what it says or by the name of the test it is from.
fn entity(row: &Row) -> Option<String> {
    let Some(first) = row.entity.first() else {
        let name = row.file.strip_prefix("test_")?.strip_suffix("_recognizer.py")?;
        return Some(name.to_uppercase());
    };
    row.entity.iter().all(|entity| entity == first).then(|| first.clone())
}

fn wanted(row: &Row) -> Vec<Range<usize>> {
    row.spans.iter().flatten().map(|span| bytes(&row.text, &span.chars)).collect()
}

/// Sentences, looked at by all kinds at once. What the labels call by names that are no kinds is neither right nor wrong.
pub(crate) fn sentences<'f>(files: &'f [File], kinds: &mut Kinds) -> Result<Vec<Measured<'f>>, Failure> {
    let finder = all()?;
    let mut measured = Vec::new();
    let rows = files.iter().filter(|file| file.subject == Subject::Sentences).flat_map(|file| &file.rows);
    for row in rows {
        let finding = finder.find(&row.text);
        let labelled = wanted(row);
        let mut wanted: Vec<(String, Range<usize>)> = Vec::new();
        for (span, range) in row.spans.iter().flatten().zip(&labelled) {
            if let Some(kind) = span.entity.as_deref().and_then(|entity| kinds.of(entity)) {
                wanted.push((kind.name.clone(), range.clone()));
            }
        }
        let beside = finding.spans.iter().filter(|s| !labelled.iter().any(|range| overlap(range, &s.range)));
        let beside: Vec<_> = beside.collect();
        let groups: BTreeSet<&str> =
            wanted.iter().map(|(kind, _)| &**kind).chain(beside.iter().map(|span| span.kind)).collect();
        for group in groups {
            let of_kind = |span: &&crate::finder::Span| span.kind == group;
            let all: Vec<_> = finding.spans.iter().map(|span| span.range.clone()).collect();
            let same: Vec<_> = finding.spans.iter().filter(of_kind).map(|span| span.range.clone()).collect();
            let mut score =
                Score { beside: beside.iter().copied().filter(of_kind).count(), ..Score::default() };
            for (_, range) in wanted.iter().filter(|(kind, _)| kind == group) {
                let one = Score::of_ranges(std::slice::from_ref(range), &all);
                // Found as another kind is found in part: it is hidden, under another name.
                let right = one.right == 1 && same.contains(range);
                score.right += usize::from(right);
                score.partly += usize::from(!right && one.missed == 0);
                score.missed += one.missed;
            }
            let found = finding.show(&row.text);
            measured.push(Measured { group: group.to_owned(), row, score, found });
        }
    }
    Ok(measured)
}

/// The tables of both.
pub(crate) fn sections(files: &[File], kinds: &mut Kinds) -> Result<Vec<Section>, Failure> {
    let (measured, unknown) = entities(files, kinds);
    let mut entities = section(
        "entities",
        "Personal data by kind: texts about one kind each, searched for that kind",
        &measured,
    );
    if !unknown.is_empty() {
        let names: Vec<_> = unknown.into_iter().collect();
        entities.notes.push(format!("No kind here, and not counted: {}.", names.join(", ")));
    }
    let measured = sentences(files, kinds)?;
    let texts = files.iter().filter(|file| file.subject == Subject::Sentences).map(|file| file.rows.len());
    let mut sentences =
        section("sentences", "Personal data in sentences, searched for all kinds at once", &measured);
    let texts: usize = texts.sum();
    sentences
        .notes
        .push(format!("{texts} sentences; a line counts those in which its kind is, or was found."));
    Ok(vec![entities, sentences])
}
