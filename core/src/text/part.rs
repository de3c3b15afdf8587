//! [`Part`]: one readable string of a field, and the edits made to it.

use std::ops::Range;

use super::characters::{is_blank, is_unseen};
use super::layer::Step;
use super::mask::mask;
use super::offsets::Offsets;
use super::view::View;
use crate::order;

/// One readable string of a field: all of it, or one string in its JSON.
#[derive(Debug)]
pub(crate) struct Part {
    /// JSON pointer of the string; empty for the whole field.
    pointer: String,
    /// Whether people read it, and not only their clients.
    is_shown: bool,
    /// The steps back to the bytes of the field, innermost first.
    steps: Vec<Step>,
    view: View,
    /// The decoded text and the offset map from the view to it, after the first edit.
    edited: Option<(String, Offsets)>,
}

impl Part {
    pub(super) fn new(pointer: String, text: String, is_shown: bool, steps: Vec<Step>) -> Self {
        Self { pointer, is_shown, steps, view: View::new(text), edited: None }
    }

    /// Returns the JSON pointer of the string in the field; empty if the part is the whole field.
    pub(crate) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what detectors see: the decoded text, as edited so far.
    pub(crate) fn view(&self) -> &View {
        &self.view
    }

    /// Returns whether people read it, and not only their clients.
    pub(crate) fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// Returns whether it contains nothing visible.
    pub(super) fn is_blank(&self) -> bool {
        self.view.text().chars().all(|c| is_blank(c) || is_unseen(c))
    }

    /// Returns whether an edit changed the text.
    pub(crate) fn is_edited(&self) -> bool {
        self.edited.is_some()
    }

    /// Returns whether any of `range` of the view was received rather than written by an edit, and whether all of it was.
    pub(crate) fn is_received(&self, range: &Range<usize>) -> (bool, bool) {
        let Some((decoded, offsets)) = &self.edited else { return (true, true) };
        let (mut any, mut all) = (false, true);
        let touched = |view: &Range<usize>| view.start < range.end && range.start < view.end;
        for (_, origin, copied) in offsets.segments().filter(|(view, ..)| touched(view)) {
            // An edit may keep a part of what it replaces.
            any |= copied || decoded[origin].contains(&self.view.text()[range.clone()]);
            all &= copied;
        }
        (any, all)
    }

    /// Returns the byte range of the field as received that `range` of the view corresponds to.
    pub(crate) fn raw_range(&self, range: Range<usize>) -> Range<usize> {
        let decoded = match &self.edited {
            Some((_, offsets)) => offsets.to_origin(range),
            None => range,
        };
        self.raw_of_decoded(decoded)
    }

    fn raw_of_decoded(&self, range: Range<usize>) -> Range<usize> {
        self.steps.iter().fold(range, |range, step| step.out(range))
    }

    /// Replaces ranges of the view. The ranges must be in order, disjoint and on character boundaries. Returns whether this changed
    /// anything.
    pub(crate) fn edit(&mut self, swaps: &[(Range<usize>, String)]) -> bool {
        let old = self.view.text();
        let changes = |(range, with): &&(Range<usize>, String)| old[range.clone()] != **with;
        let swaps: Vec<_> = swaps.iter().filter(changes).collect();
        if swaps.is_empty() {
            return false;
        }
        let identity;
        let offsets = if let Some((_, offsets)) = &self.edited {
            offsets
        } else {
            identity = Offsets::identity(old.len());
            &identity
        };

        // Everything that differs from the decoded text: earlier and new replacements. Those that touch are merged.
        let mut dirty: Vec<Range<usize>> =
            offsets.segments().filter(|(.., copied)| !copied).map(|(derived, ..)| derived).collect();
        dirty.extend(swaps.iter().map(|(range, _)| range.clone()));
        order::by(&mut dirty, |range| (range.start, range.end));
        let groups = merge_touching(dirty);

        let (mut text, mut map, mut at, mut decoded_at) =
            (String::with_capacity(old.len()), Offsets::default(), 0, 0);
        let mut swaps = swaps.into_iter().peekable();
        for group in groups {
            text.push_str(&old[at..group.start]);
            map.copy(group.start - at);
            decoded_at += group.start - at;
            let (begin, mut inner) = (text.len(), group.start);
            while let Some((range, with)) = swaps.next_if(|(range, _)| range.end <= group.end) {
                text.push_str(&old[inner..range.start]);
                text.push_str(with);
                inner = range.end;
            }
            text.push_str(&old[inner..group.end]);
            // A group of replacements ends where unchanged text follows, so the offset is exact. At the end of the text, the group includes the text
            // that was deleted there.
            let rest = group.end == old.len();
            let decoded_end = if rest { offsets.origin_len() } else { offsets.start_of(group.end) };
            map.swap(text.len() - begin, decoded_end - decoded_at);
            (at, decoded_at) = (group.end, decoded_end);
        }
        text.push_str(&old[at..]);
        map.copy(old.len() - at);

        let decoded = match self.edited.take() {
            Some((decoded, _)) => decoded,
            None => old.to_owned(),
        };
        self.edited = Some((decoded, map));
        self.view = View::new(text);
        true
    }

    /// Returns the replacements for the field as received: ranges in order, with text in the field's own encoding. With `hidden`, it
    /// masks the edited text instead, which never makes the field longer.
    pub(super) fn raw_swaps(&self, hidden: Option<char>) -> Vec<(Range<usize>, String)> {
        let Some((decoded, offsets)) = &self.edited else { return Vec::new() };
        let swapped = offsets.segments().filter(|(.., copied)| !copied);
        let swap = |(view, origin, _): (Range<usize>, Range<usize>, bool)| {
            let text = match hidden {
                Some(with) => mask(&decoded[origin.clone()], with),
                None => self.view.text()[view].to_owned(),
            };
            let encoded = self.steps.iter().fold(text, |text, step| step.layer.encode(&text));
            (self.raw_of_decoded(origin), encoded)
        };
        swapped.map(swap).collect()
    }
}

fn merge_touching(sorted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
