//! Runs rules again over what edits left, because a finding may hide another.
//!
//! A number may be part of what is found as a word; a word that is cut out may have parted another; a rule that comes first has not seen
//! what the later ones edit. The detectors find most of what is hidden in this way by themselves, but each of them knows only its own
//! findings. So after an edit, the rules that have not searched the text as it is now do so, until nothing more is found. A message
//! without findings is read once.
//!
//! Rules that judge a text as a whole, such as `caps`, are not run again: they judge what was written, not what edits left of it.

use std::ops::Range;

use super::{Current, Ended, Located, Run};
use crate::detect::Budget;
use crate::outcome::{Denial, Effect, Span, Step, StepResult};
use crate::rule::{Action, Mode, Rule};
use crate::text::Text;

/// How many times the rules are run again. Most messages need one, in which nothing is found.
const ROUNDS: usize = 3;

/// The maximum length of the texts of a message that is searched again, in bytes. Longer ones are searched once, so that the message
/// that costs most costs no more.
const LONGEST: usize = 2_000;

/// The rules that have not searched the text as it is now.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// The end of the rules up to the last one that edited the text since this round began; 0 if none did.
    end: usize,
    /// The rules that are left in this round.
    left: Range<usize>,
    /// The number of rounds that have begun; the first run of the rules is none.
    begun: usize,
}

impl Rounds {
    /// Records that the rule at `position`, one of `count` rules, edited the text.
    pub(super) fn edited(&mut self, position: usize, count: usize) {
        self.end = position + 1;
        if self.begun > 0 {
            self.left.end = count;
        }
    }

    /// Returns the position of the next rule.
    fn next(&mut self) -> Option<usize> {
        if self.left.is_empty() {
            if self.begun >= ROUNDS {
                return None;
            }
            self.begun += 1;
            self.left = 0..std::mem::take(&mut self.end);
        }
        self.left.next()
    }
}

impl Run<'_> {
    /// Runs the next rule that has not searched the text as it is now. Returns whether there was one.
    pub(super) fn run_again(&mut self) -> bool {
        if self.decided.is_some() || self.ended.as_ref().is_some_and(|ended| ended.denial.is_some()) {
            return false;
        }
        let is_first = self.rounds.begun == 0;
        let Some(position) = self.rounds.next() else { return false };
        if is_first {
            if self.len() > LONGEST {
                return false;
            }
            self.budgets.acting = self.budgets.acting.lend(Budget::AGAIN);
        }
        let rule = &self.pipeline.rules[position];
        if self.may_find_more(position, rule)
            && let Some(action) = &rule.action
            && let Some(finds) = self.find_again(rule, action)
        {
            self.act_again(position, action, &finds);
        }
        true
    }

    /// Returns the length of all texts as they are now, in bytes.
    fn len(&self) -> usize {
        self.draft.texts().iter().flat_map(Text::parts).map(|part| part.view().text().len()).sum()
    }

    /// Returns whether `rule`, at `position`, edits or denies what it finds, was run, and may find something now.
    fn may_find_more(&self, position: usize, rule: &Rule) -> bool {
        let is_candidate =
            self.candidates.as_ref().is_none_or(|candidates| candidates.next(position) == position);
        let acts = rule.mode == Mode::Enforce
            && !matches!(rule.action, None | Some(Action::Pass | Action::Annotate(_)))
            && rule.find.iter().all(|finder| finder.looks_again());
        is_candidate && acts && rule.scope.excludes(&self.message).is_none() && self.was_run(position, rule)
    }

    /// Returns whether `rule`, at `position`, was neither kept from running by its condition nor by an earlier rule.
    fn was_run(&self, position: usize, rule: &Rule) -> bool {
        let end = self.ended.as_ref().and_then(|ended| self.position_of(&ended.by));
        let has_hit = || self.acting.rules.contains(&position);
        end.is_none_or(|end| position < end) && (rule.when.is_none() || has_hit())
    }

    fn position_of(&self, id: &str) -> Option<usize> {
        self.pipeline.rules.iter().position(|rule| *rule.id == *id)
    }

    /// Returns what `rule` finds in the text as it is now, if all of its detectors find something. What edits wrote is not judged: `action`
    /// needs findings of which something was received, and a denial those that were received as they are.
    fn find_again(&mut self, rule: &Rule, action: &Action) -> Option<Vec<Located>> {
        let all = rule.find.iter().all(|finder| self.search(rule, finder) == Ok(true));
        let Current { mut finds, .. } = std::mem::take(&mut self.current);
        finds.retain(|find| {
            let part = &self.draft.texts()[find.text].parts()[find.part];
            let (any, all) = part.is_received(&find.range);
            if *action == Action::Deny { all } else { any }
        });
        finds.sort_by_key(Located::order);
        (all && !finds.is_empty()).then_some(finds)
    }

    /// Performs `action` of the rule at `position` on `finds`, and adds them to the trace if that changes anything.
    fn act_again(&mut self, position: usize, action: &Action, finds: &[Located]) {
        let rule = &self.pipeline.rules[position];
        let spans = self.spans(finds);
        if *action == Action::Deny {
            self.ended = Some(Ended { by: rule.id.clone(), denial: Some(Denial::Rule(rule.id.clone())) });
            self.add_to_trace(position, rule, spans, Effect::Denied);
        } else if self.edit(position, action, finds) {
            self.add_to_trace(position, rule, spans, Effect::Edited);
        }
    }

    /// Adds `spans` and `effect` to the step of `rule`, at `position`.
    fn add_to_trace(&mut self, position: usize, rule: &Rule, more: Vec<Span>, effect: Effect) {
        let known = self.trace.iter().position(|step| step.rule == rule.id);
        let at = known.unwrap_or_else(|| {
            let comes_later = |step: &Step| self.position_of(&step.rule).is_some_and(|at| at > position);
            let at = self.trace.iter().position(comes_later).unwrap_or(self.trace.len());
            let step = Step { rule: rule.id.clone(), mode: rule.mode, result: StepResult::Miss, points: 0 };
            self.trace.insert(at, step);
            at
        });
        let step = &mut self.trace[at];
        let result = std::mem::replace(&mut step.result, StepResult::Miss);
        let mut spans = if let StepResult::Hit { spans, .. } = result {
            spans
        } else {
            self.counts.strikes = self.counts.strikes.saturating_add(rule.strikes);
            Vec::new()
        };
        let new: Vec<_> = more.into_iter().filter(|span| !spans.contains(span)).collect();
        spans.extend(new);
        spans.sort_by_key(|span| (span.field, span.range.start, span.range.end));
        let points = rule.points.of(&spans);
        let added = points.saturating_sub(step.points);
        (step.result, step.points) = (StepResult::Hit { spans, effect }, points);
        self.acting.add(position, rule, added);
        self.all.add(position, rule, added);
    }
}
