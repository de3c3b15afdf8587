//! Applies the edits of actions.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

use super::search::find_twice;
use super::{Located, Pipeline, Run};
use crate::detect::{Budget, Context};
use crate::message::Message;
use crate::rule::{Action, Mode, Rule};
use crate::text::{Draft, Encoding, Format, View, is_blank, is_unseen, keep_last, mask};

/// Cached results of replacements that contain `{kind}`, by rule, detector and kind.
#[derive(Debug, Default)]
pub(crate) struct Replacements(Mutex<BTreeMap<(usize, &'static str, &'static str), String>>);

impl Run<'_> {
    /// Edits all of `finds` of the rule at `position`, which must be in order. Returns whether this changed anything.
    pub(super) fn edit(&mut self, position: usize, action: &Action, finds: &[Located]) -> bool {
        let rule = &self.pipeline.rules[position];
        let lent = self.budgets.acting.lend(Budget::RULE);
        let mut cx = Context { message: &self.message, budget: lent };
        let mut changed = false;
        for group in finds.chunk_by(|a, b| (a.text, a.part) == (b.text, b.part)) {
            let part = &mut self.draft.texts_mut()[group[0].text].parts_mut()[group[0].part];
            let text = part.view().text();
            let mut swaps = Vec::new();
            for find in merged(text, group, action) {
                let range = find.range.clone();
                let found = &text[range.clone()];
                swaps.push(match action {
                    Action::Deny | Action::Pass | Action::Annotate(_) => continue,
                    Action::Mask(with) => (range, mask(found, *with)),
                    Action::Strip => {
                        let spare = with_spare_spaces(text, range);
                        // Two findings may share the spaces between them.
                        let last_end = swaps.last().map_or(0, |(last, _): &(Range<usize>, _)| last.end);
                        (spare.start.max(last_end)..spare.end, String::new())
                    }
                    Action::KeepLast(keep, with) => {
                        let kept = keep_last(found, *keep, *with);
                        let hidden = leaves_a_finding(rule, &kept, &mut cx);
                        (range, if hidden { mask(found, *with) } else { kept })
                    }
                    Action::Replace(template) => {
                        let with = self.pipeline.replacement(position, template, &find);
                        if stands_around(text, &range, &with) {
                            continue;
                        }
                        (range, with)
                    }
                });
            }
            changed |= part.edit(&swaps);
        }
        self.budgets.acting.take_back(Budget::RULE, cx.budget);
        if changed {
            self.rounds.edited(position, self.pipeline.rules.len());
            // A later rule may find the replacement.
            self.sift_again();
            self.foresight.forget();
        }
        changed
    }
}

impl Pipeline {
    /// Returns the text that the rule at `position`, whose replacement is `template`, writes in place of `find`.
    ///
    /// If rules would find the name of the kind, such as `sexual`, this uses the name of the detector or a mask instead, so that a
    /// message that is sent again is not edited again.
    fn replacement(&self, position: usize, template: &str, find: &Located) -> String {
        if !template.contains("{kind}") {
            return template.to_owned();
        }
        let key = (position, find.detector, find.kind);
        if let Some(known) = self.replacements.0.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let words = [find.kind.to_owned(), find.detector.to_owned(), mask(find.kind, self.mask)];
        let texts = words.map(|word| template.replace("{kind}", &word));
        let text = texts.iter().min_by_key(|text| self.count_edits(text)).unwrap_or(&texts[0]);
        if let Ok(mut known) = self.replacements.0.lock() {
            known.insert(key, text.clone());
        }
        text.clone()
    }

    /// Returns how many rules would edit or deny `text`.
    fn count_edits(&self, text: &str) -> usize {
        let message = Message { content: text.to_owned(), ..Message::default() };
        let draft = Draft::new(&message, &Format { encoding: Encoding::Plain, json: Vec::new() });
        let candidates = self.sieve.as_ref().map(|sieve| sieve.candidates(&draft));
        let edits = |(position, rule): &(usize, &Rule)| {
            rule.mode == Mode::Enforce
                && !matches!(rule.action, None | Some(Action::Pass | Action::Annotate(_)))
                && candidates.as_ref().is_none_or(|candidates| candidates.next(*position) == *position)
                && rule.finds(text).is_ok_and(|found| !found.is_empty())
        };
        self.rules.iter().enumerate().filter(edits).count()
    }
}

/// Returns whether `rule` finds a word, a number or the like in `kept`, or cannot judge it.
fn leaves_a_finding(rule: &Rule, kept: &str, cx: &mut Context<'_>) -> bool {
    let view = View::new(kept);
    let mut finders = rule.find.iter().filter(|finder| finder.looks_again());
    finders.any(|finder| {
        let detector = finder.without_max().unwrap_or(&*finder.detector);
        find_twice(detector, &view, cx).map_or(true, |found| !found.is_empty())
    })
}

/// Returns whether `range` of `text` is already part of `with`.
fn stands_around(text: &str, range: &Range<usize>, with: &str) -> bool {
    let first = range.end.saturating_sub(with.len());
    (first..=range.start).any(|start| text.as_bytes()[start..].starts_with(with.as_bytes()))
}

/// Merges `finds`, which must be in order, into the pieces that `action` edits. Overlapping findings become one, with the kind of the
/// longest. Findings that are cut out are also merged if only spaces separate them.
fn merged(text: &str, finds: &[Located], action: &Action) -> Vec<Located> {
    let seen = |range: Range<usize>| !text[range].chars().all(|c| is_unseen(c) || is_blank(c));
    let cut_as_one = |last: &Range<usize>, next: &Range<usize>| {
        let between = &text[last.end..next.start];
        between.is_empty() || between.chars().all(is_space) && seen(last.clone()) && seen(next.clone())
    };
    let (mut merged, mut longest): (Vec<Located>, usize) = (Vec::new(), 0);
    for find in finds {
        let len = find.range.len();
        match merged.last_mut() {
            Some(last)
                if find.range.start < last.range.end
                    || *action == Action::Strip && cut_as_one(&last.range, &find.range) =>
            {
                last.range.end = last.range.end.max(find.range.end);
                if len > longest {
                    (last.kind, last.detector, longest) = (find.kind, find.detector, len);
                }
            }
            _ => {
                merged.push(find.clone());
                longest = len;
            }
        }
    }
    merged
}

/// Extends `range` by the spaces on one side, if cutting it out would leave adjacent spaces, or a space at the start or end of a line. Line
/// breaks stay.
fn with_spare_spaces(text: &str, range: Range<usize>) -> Range<usize> {
    if text[range.clone()].chars().all(is_unseen) {
        // A space next to invisible characters was intentional.
        return range;
    }
    let before = text[..range.start].trim_end_matches(is_space);
    let after = text[range.end..].trim_start_matches(is_space);
    let (first, last) = (before.len(), text.len() - after.len());
    let starts_line = before.is_empty() || before.ends_with(is_line_end);
    let ends_line = after.is_empty() || after.starts_with(is_line_end);
    let (spaces_before, spaces_after) = (range.start - first, last - range.end);
    if ends_line {
        first..range.end
    } else if starts_line || spaces_after >= spaces_before && spaces_before > 0 {
        range.start..last
    } else if spaces_after > 0 {
        first..range.end
    } else {
        range
    }
}

/// Returns whether `c` is white space within a line.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_end(c)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
