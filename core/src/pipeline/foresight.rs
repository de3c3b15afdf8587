//! Runs detectors ahead of their turn: this may be done for many messages at the same time, while counting must be done in order.

use super::Run;
use super::search::{Budgets, Search};
use crate::detect::Budget;
use crate::rule::{Action, Mode, Rule};

/// What detectors found ahead of their turn, by the indices of their rules and of themselves. It holds until a rule edits a text.
#[derive(Debug, Default)]
pub(super) struct Foresight(Vec<((usize, usize), Search)>);

impl Foresight {
    /// Returns what the detector at `place` found, if it would find the same within `budget`.
    pub(super) fn take(&mut self, place: (usize, usize), budget: Budget) -> Option<Search> {
        let at = self.0.iter().position(|(known, _)| *known == place)?;
        Some(self.0.swap_remove(at).1).filter(|search| search.fits(budget))
    }

    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

impl Run<'_> {
    /// Runs the detectors of the current rule and of those after it, up to one that edits a text. A detector that fails is left to its turn.
    pub(super) fn foresee(&mut self) {
        let rules = &self.pipeline.rules;
        let (mut budgets, mut has_ended) = (self.budgets, self.ended.is_some());
        let mut position = self.position;
        loop {
            position = self.candidates.as_ref().map_or(position, |candidates| candidates.next(position));
            let Some(rule) = rules.get(position) else { return };
            let is_over = has_ended && rule.mode == Mode::Enforce;
            // What a condition says is known at the rule's turn. Few rules with one have detectors that take long.
            if !is_over && rule.when.is_none() && rule.scope.excludes(&self.message).is_none() {
                let hits = self.foresee_rule(position, rule, &mut budgets);
                match &rule.action {
                    Some(Action::Deny | Action::Pass) => has_ended |= hits,
                    None | Some(Action::Annotate(_)) => {}
                    Some(_) if hits => return,
                    Some(_) => {}
                }
            }
            position += 1;
        }
    }

    /// Returns whether `rule`, at index `position`, acts whatever was counted.
    fn foresee_rule(&mut self, position: usize, rule: &Rule, budgets: &mut Budgets) -> bool {
        let mut acts = rule.mode == Mode::Enforce;
        for (at, finder) in rule.find.iter().enumerate() {
            if finder.counter().is_some() {
                acts = false;
                continue;
            }
            let Ok(search) = self.look(rule, finder, budgets) else { return false };
            let is_found = search.is_found;
            self.foresight.0.push(((position, at), search));
            if !is_found {
                return false;
            }
        }
        acts
    }
}
