//! Personal data: each kind alone on texts about it, and all of them on sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kinds::{Kinds, all};
use super::score::{RowResult, Score, section};
use crate::Failure;
use crate::file::File;
use crate::offsets::{bytes, overlap};
use crate::peer::Peer;
use crate::row::{Labelled, Row, Subject};
use crate::table::Section;

/// Measures texts about one kind each with that kind alone. Also returns the entities without a kind.
pub(crate) fn entities<'f>(files: &'f [File], kinds: &mut Kinds) -> (Vec<RowResult<'f>>, BTreeSet<String>) {
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
        let score = match (expected(row), row.expected_len) {
            (_, Some(0)) => Score::of_ranges(&[], &found),
            // The row lacks its spans.
            (expected, Some(1..)) if expected.is_empty() => Score::of(true, !found.is_empty()),
            (expected, _) => Score::of_ranges(&expected, &found),
        };
        let found = finding.show(&row.text);
        measured.push(RowResult { group: format!("{} ({entity})", kind.name), row, score, found });
    }
    (measured, unknown)
}

/// Returns the kind that `row` is about, by its labels or by the name of its test.
fn entity(row: &Row) -> Option<String> {
    let Some(first) = row.entity.first() else {
        let name = row.file.strip_prefix("test_")?.strip_suffix("_recognizer.py")?;
        return Some(name.to_uppercase());
    };
    row.entity.iter().all(|entity| entity == first).then(|| first.clone())
}

fn expected(row: &Row) -> Vec<Range<usize>> {
    row.spans.iter().flatten().map(|span| bytes(&row.text, &span.chars)).collect()
}

/// The findings in a sentence: their ranges in bytes, and the names of their kinds.
type Spans = Vec<(Range<usize>, String)>;

/// Measures sentences, in which `find` finds all kinds at once. Labels whose names are not kinds are ignored.
pub(crate) fn sentences<'f>(
    files: &'f [File],
    kinds: &mut Kinds,
    find: &mut dyn FnMut(&str, &mut Kinds) -> Result<Spans, Failure>,
) -> Result<Vec<RowResult<'f>>, Failure> {
    let mut measured = Vec::new();
    let rows = files.iter().filter(|file| file.subject == Subject::Sentences).flat_map(|file| &file.rows);
    for row in rows {
        let labelled = expected(row);
        let mut expected: Spans = Vec::new();
        for (span, range) in row.spans.iter().flatten().zip(&labelled) {
            if let Some(kind) = span.entity.as_deref().and_then(|entity| kinds.of(entity)) {
                expected.push((range.clone(), kind.name.clone()));
            }
        }
        let found = find(&row.text, kinds)?;
        let is_beside = |range: &Range<usize>| !labelled.iter().any(|labelled| overlap(labelled, range));
        let beside: Vec<_> =
            found.iter().filter(|(range, _)| is_beside(range)).map(|(_, kind)| &**kind).collect();
        let groups: BTreeSet<&str> = expected.iter().map(|(_, kind)| &**kind).chain(beside.clone()).collect();
        let all: Vec<_> = found.iter().map(|(range, _)| range.clone()).collect();
        for group in groups {
            let beside = beside.iter().filter(|kind| **kind == group).count();
            let mut score = Score { beside, ..Score::default() };
            for (range, kind) in expected.iter().filter(|(_, kind)| kind == group) {
                let one = Score::of_ranges(std::slice::from_ref(range), &all);
                // A finding of another kind counts as found in part: the text is masked, but under another name.
                let right = one.right == 1 && found.contains(&(range.clone(), kind.clone()));
                score.right += usize::from(right);
                score.partly += usize::from(!right && one.missed == 0);
                score.missed += one.missed;
            }
            let show =
                |(range, kind): &(Range<usize>, String)| format!("{} ({kind})", &row.text[range.clone()]);
            let found = found.iter().map(show).collect();
            measured.push(RowResult { group: group.to_owned(), row, score, found });
        }
    }
    Ok(measured)
}

/// Returns a function that finds with Chimeflow.
pub(crate) fn by_chimeflow() -> Result<impl FnMut(&str, &mut Kinds) -> Result<Spans, Failure>, Failure> {
    let finder = all()?;
    Ok(move |text: &str, _: &mut Kinds| {
        let spans = finder.find(text).spans.into_iter();
        Ok(spans.map(|span| (span.range, span.kind.to_owned())).collect())
    })
}

/// Returns a function that finds with `peer`; what is not a kind here is ignored.
pub(crate) fn by_peer(peer: &mut Peer) -> impl FnMut(&str, &mut Kinds) -> Result<Spans, Failure> {
    move |text: &str, kinds: &mut Kinds| {
        let span = |span: Labelled| Some((bytes(text, &span.chars), kinds.of(&span.entity?)?.name.clone()));
        Ok(peer.find(text)?.into_iter().filter_map(span).collect())
    }
}

/// Returns the tables of both, and that of another program on the same sentences.
pub(crate) fn sections(
    files: &[File],
    kinds: &mut Kinds,
    peer: Option<&mut Peer>,
) -> Result<Vec<Section>, Failure> {
    let (measured, unknown) = entities(files, kinds);
    let title = "Personal data by kind: texts about one kind each, searched for that kind";
    let mut entities = section("entities", title, &measured);
    if !unknown.is_empty() {
        let names: Vec<_> = unknown.into_iter().collect();
        entities.notes.push(format!("No kind here, and not counted: {}.", names.join(", ")));
    }
    let measured = sentences(files, kinds, &mut by_chimeflow()?)?;
    let title = "Personal data in sentences, searched for all kinds at once";
    let mut ours = section("sentences", title, &measured);
    let texts = files.iter().filter(|file| file.subject == Subject::Sentences).map(|file| file.rows.len());
    let texts: usize = texts.sum();
    ours.notes.push(format!("{texts} sentences; a line counts those in which its kind is, or was found."));
    let mut all = vec![entities, ours];
    if let Some(peer) = peer {
        let measured = sentences(files, kinds, &mut by_peer(peer))?;
        all.push(section(
            "sentences-presidio",
            "The same sentences, searched by Presidio's patterns",
            &measured,
        ));
    }
    Ok(all)
}
